"""Proving again who one is, before something that matters: factor, password, keys, members."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from toiya.core.limits import TooManyTries
from toiya.domain.members.actions.factors import PasskeyRefused, WrongFactorCode, use_code, use_passkey
from toiya.domain.members.actions.passwords import OldPasswordWrong
from toiya.domain.members.models import Factor, User
from toiya.web.door import brake
from toiya.web.door.sign_in_forms import AgainForm
from toiya.web.shared import passkeys
from toiya.web.shared.access import signed_in
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import landing, own_address, prove_again


@signed_in("everybody who is signed in proves it")
@never_cache
@sensitive_post_parameters("proof")
def again(request: Request) -> HttpResponse:
    """Password, code or passkey once more; then back to what was wanted."""
    user = User.objects.get(pk=int(request.actor.id))
    next_address = own_address(request, request.POST.get("next") or request.GET.get("next") or "")
    form = AgainForm(request.POST if request.method == "POST" and "credential" not in request.POST else None)
    words = ""
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            _prove(request, user, form)
        except (TooManyTries, OldPasswordWrong, WrongFactorCode, PasskeyRefused) as refusal:
            words = str(refusal)
        else:
            prove_again(request)
            return HttpResponseRedirect(next_address or landing(user, request.at))
    has_passkey = Factor.objects.filter(user=user, kind=Factor.Kind.PASSKEY).exists()
    context = {"form": form, "words": words, "has_passkey": has_passkey, "next": next_address}
    return render(request, "door/again.html", context, status=422 if words or form.errors else 200)


def _prove(request: Request, user: User, form: AgainForm) -> None:
    brake.before_factor(request, user.pk, request.at)
    if not form.is_bound:
        factor, counter = passkeys.signed(request, request.POST["credential"], user)
        use_passkey(factor_id=factor.pk, counter=counter, actor=request.actor, at=request.at)
        return
    proof = form.cleaned_data["proof"]
    if user.check_password(proof):
        return
    if not Factor.objects.filter(user=user).exists():
        raise OldPasswordWrong()
    use_code(user_id=user.pk, code=proof, actor=request.actor, at=request.at)
