"""Adding and removing authenticator app and passkeys; recovery codes, shown once."""

from __future__ import annotations

import secrets as random

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core import secrets
from toiya.domain.members.actions.factors import (
    AppAlreadyAdded,
    PasskeyRefused,
    TooManyFactors,
    WrongFactorCode,
    add_app,
    add_passkey,
    make_recovery_codes,
    remove_factor,
)
from toiya.domain.members.models import Factor, RecoveryCode
from toiya.domain.members.rules import totp
from toiya.web.shared import devices, passkeys
from toiya.web.shared.access import freshly_proved, to_prove_again
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.oneself.face import about_oneself, address, person, show
from toiya.web.shared.oneself.forms import AppForm
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import FACTOR_DUE, renew_key

NEW_SEED = "new_app_seed"
ISSUER = "Toiya"


@about_oneself
@freshly_proved
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: Request) -> HttpResponse:
    """An authenticator app: the square code, and the app's first code as proof."""
    user = person(request)
    bound = f"new app {user.pk}"
    if NEW_SEED not in request.session:
        seed = totp.seed_from(random.token_bytes(totp.SEED_BYTES))
        request.session[NEW_SEED] = secrets.seal(seed, bound_to=bound)
    seed = secrets.unseal(request.session[NEW_SEED], bound_to=bound)
    form = AppForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            add_app(
                user_id=user.pk,
                seed=seed,
                code=form.cleaned_data["code"],
                name=_("Authenticator app"),
                actor=request.actor,
                at=request.at,
            )
        except (WrongFactorCode, AppAlreadyAdded) as refusal:
            put_refusal(form, refusal, {refusal.code: "code"})
        else:
            del request.session[NEW_SEED]
            return _added(request)
    told = totp.address_for_app(seed, account=user.email, issuer=ISSUER)
    square = segno.make(told, error="m").svg_data_uri(scale=5, border=4, light="#fff")
    spaced = " ".join(seed[place : place + 4] for place in range(0, len(seed), 4))
    context = {"form": form, "square": square, "seed": spaced}
    return show(request, "toiya/people/app.html", context, 422 if form.errors else 200)


@about_oneself
@freshly_proved
@require_POST
def passkey_options(request: Request) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse(passkeys.registration_options(request, person(request)))


@about_oneself
@freshly_proved
@require_POST
def passkey(request: Request) -> HttpResponse:
    """Keep the passkey that the browser made."""
    user = person(request)
    name = request.POST.get("name", "").strip()[:60] or devices.name_of(request)[:60]
    try:
        made = passkeys.registered(request, user, request.POST.get("credential", ""), name)
        add_passkey(user_id=user.pk, passkey=made, actor=request.actor, at=request.at)
    except (PasskeyRefused, TooManyFactors) as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(address(request, "security"))
    return _added(request)


def _added(request: Request) -> HttpResponse:
    """With the first factor come recovery codes; the session gets a new id."""
    request.session.pop(FACTOR_DUE, None)
    renew_key(request)
    messages.success(request, _("The second factor is added. From now on it is asked for when you sign in."))
    if RecoveryCode.objects.filter(user_id=int(request.actor.id), used_at=None).exists():
        return HttpResponseRedirect(address(request, "security"))
    return _shown_codes(request)


@about_oneself
@require_POST
def removal(request: Request, factor_id: int) -> HttpResponse:
    """Take one of one's own factors away."""
    if not Factor.objects.filter(pk=factor_id, user_id=int(request.actor.id)).exists():
        raise Http404
    if away := to_prove_again(request):
        return away
    remove_factor(user_id=int(request.actor.id), factor_id=factor_id, actor=request.actor, at=request.at)
    messages.success(request, _("The second factor is removed."))
    return HttpResponseRedirect(address(request, "security"))


@about_oneself
@freshly_proved
@never_cache
@require_POST
def codes(request: Request) -> HttpResponse:
    """New recovery codes; the old ones are void."""
    if not Factor.objects.filter(user_id=int(request.actor.id)).exists():
        return HttpResponseRedirect(address(request, "security"))
    return _shown_codes(request)


def _shown_codes(request: Request) -> HttpResponse:
    made = make_recovery_codes(user_id=int(request.actor.id), actor=request.actor, at=request.at)
    return show(request, "toiya/people/codes.html", {"codes": made, "all": "\n".join(made)})
