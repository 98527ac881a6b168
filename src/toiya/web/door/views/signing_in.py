"""Signing in: by password or passkey, the second step, proving oneself again; and signing out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from toiya.core.actor import Actor, ActorKind
from toiya.core.limits import TooManyTries
from toiya.domain.members.actions.factors import PasskeyRefused, WrongFactorCode, use_code, use_passkey
from toiya.domain.members.actions.sessions import record_failure
from toiya.domain.members.models import Factor, SignedIn, User
from toiya.domain.members.queries import actor_of
from toiya.web.door import brake
from toiya.web.door.sign_in_forms import CodeForm, SignInForm, person_with
from toiya.web.shared import devices, passkeys
from toiya.web.shared.access import open_to_all
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import begin_sign_in, half_in, own_address, second_step_done

STRANGER = Actor(kind=ActorKind.PERSON, id="0", name="?")


@open_to_all("the door")
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    """The sign-in page; in the demo one press signs in as one of the people shown."""
    logins = _demo_logins()
    next_address = own_address(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST" and "as" in request.POST:
        chosen = next((each for each in logins if each["email"] == request.POST["as"]), None)
        user = person_with(chosen["email"], chosen["password"]) if chosen else None
        if user is not None:
            return begin_sign_in(request, user, next_address=next_address)
    form = SignInForm(request.POST if request.method == "POST" and "as" not in request.POST else None)
    if form.is_bound and form.is_valid():
        user = _judged(request, form)
        if user is not None:
            return begin_sign_in(request, user, next_address=next_address)
    context = {"form": form, "logins": logins, "next": next_address}
    return render(request, "door/sign_in.html", context, status=422 if form.is_bound else 200)


def _judged(request: Request, form: SignInForm) -> User | None:
    """Who that is; else the form says why not, in the same words whether the account exists or not."""
    account, password = form.cleaned_data["email"], form.cleaned_data["password"]
    try:
        brake.before_password(request, account, request.at)
    except TooManyTries as refusal:
        put_refusal(form, refusal)
        return None
    user = person_with(account, password)
    if user is None:
        if not devices.known_as(request, account):
            subject = f"ACC-{devices.account_mark(account)}"
            record_failure(subject=subject, device=devices.name_of(request), actor=STRANGER, at=request.at)
        form.add_error(None, _("Account and password do not belong together. Check both."))
        return None
    brake.after_password(request, account)
    return _with_role(request, form, user)


def _with_role(request: Request, form: Any, user: User) -> User | None:
    if actor_of(user, at=request.at) is None:
        form.add_error(None, _("This account has no role yet. Ask the owner of your shop, or your lead, for one."))
        return None
    return user


@open_to_all("the door: what a passkey has to sign")
@never_cache
@require_POST
def passkey_options(request: Request) -> HttpResponse:
    """A fresh challenge: for the person between the two steps or signed in, else for whoever holds a passkey."""
    return JsonResponse(passkeys.signing_options(request, _whose_passkey(request)))


def _whose_passkey(request: Request) -> User | None:
    if request.user.is_authenticated:
        return User.objects.get(pk=request.user.pk)
    kept = half_in(request)
    return User.objects.filter(pk=kept["user"], is_active=True).first() if kept else None


@open_to_all("the door: by passkey instead of a password")
@never_cache
@require_POST
def passkey(request: Request) -> HttpResponse:
    """Sign in with a passkey: it is both steps in one."""
    next_address = own_address(request, request.POST.get("next", ""))
    try:
        factor, counter = passkeys.signed(request, request.POST.get("credential", ""), None)
        person = _actor_of(factor.user)
        use_passkey(factor_id=factor.pk, counter=counter, actor=person, at=request.at)
    except PasskeyRefused as refusal:
        return _sign_in_page(request, str(refusal), next_address)
    if actor_of(factor.user, at=request.at) is None:
        words = _("This account has no role yet. Ask the owner of your shop, or your lead, for one.")
        return _sign_in_page(request, words, next_address)
    return begin_sign_in(request, factor.user, way="passkey", next_address=next_address)


def _sign_in_page(request: Request, words: str, next_address: str) -> HttpResponse:
    form = SignInForm()
    context = {"form": form, "logins": _demo_logins(), "next": next_address, "words": words}
    return render(request, "door/sign_in.html", context, status=422)


@open_to_all("the door: between the two steps")
@never_cache
@sensitive_post_parameters("code")
def second_step(request: Request) -> HttpResponse:
    """The code of the app, a recovery code or a passkey, for whoever has shown the password."""
    kept = half_in(request)
    user = User.objects.filter(pk=kept["user"], is_active=True).first() if kept else None
    if kept is None or user is None:
        return HttpResponseRedirect(settings.LOGIN_URL)
    form = CodeForm(request.POST if request.method == "POST" and "credential" not in request.POST else None)
    words = ""
    if request.method == "POST":
        try:
            way = _second_way(request, form, user)
        except (TooManyTries, WrongFactorCode, PasskeyRefused) as refusal:
            words = str(refusal)
        else:
            if way:
                return second_step_done(request, user, kept, way)
    kinds = set(Factor.objects.filter(user=user).values_list("kind", flat=True))
    context = {"form": form, "words": words, "has_passkey": Factor.Kind.PASSKEY in kinds, "kinds": kinds}
    return render(request, "door/second_step.html", context, status=422 if words or form.errors else 200)


def _second_way(request: Request, form: CodeForm, user: User) -> str:
    """How the second step was done; empty when the form is not filled. :raises TooManyTries, WrongFactorCode"""
    if form.is_bound and not form.is_valid():
        return ""
    brake.before_factor(request, user.pk, request.at)
    if form.is_bound:
        return use_code(user_id=user.pk, code=form.cleaned_data["code"], actor=_actor_of(user), at=request.at)
    factor, counter = passkeys.signed(request, request.POST["credential"], user)
    use_passkey(factor_id=factor.pk, counter=counter, actor=_actor_of(user), at=request.at)
    return "passkey"


@open_to_all("leaving is never refused")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here."""
    SignedIn.objects.filter(key=request.session.session_key or "").delete()
    logout(request)
    return HttpResponseRedirect(reverse("door:sign-in"))


def _actor_of(user: User) -> Actor:
    return Actor(kind=ActorKind.PERSON, id=str(user.pk), name=user.name)


def _demo_logins() -> list[dict[str, str]]:
    return list(getattr(settings, "DEMO_LOGINS", [])) if getattr(settings, "DEMO", False) else []
