"""Verifying a mailbox: its state, another letter, another address, a code instead, and the link in the mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.hashers import check_password
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.errors import Refusal
from toiya.core.limits import TooManyTries
from toiya.domain.members import proving
from toiya.domain.members.actions.asking import NothingToProve, ask_for_proof
from toiya.domain.members.actions.verifying import Proven, verify_email_by_code, verify_email_by_link
from toiya.domain.members.models import User
from toiya.domain.members.proving import Purpose
from toiya.domain.members.queries import is_kept_out
from toiya.domain.members.rules.proofs import Verdict, days_left
from toiya.web.door import brakes
from toiya.web.door.proof_forms import CodeForm, MailboxForm
from toiya.web.door.signed_in import acting, person_of, signed_in
from toiya.web.shared.access import open_to_all
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.mailbox_words import words_on
from toiya.web.shared.reader import Request

GONE = 410


@open_to_all("whoever did not verify in time has only this page; strangers are sent to sign in")
@never_cache
@signed_in
@require_safe
def verify(request: Request) -> HttpResponse:
    """What waits to be verified, and every way to do it."""
    return _page(request, CodeForm())


def _page(request: Request, form: CodeForm, status: int = 200) -> HttpResponse:
    user = person_of(request)
    mailbox = proving.mailbox_to_prove(user)
    under_way = proving.open_proof(user, Purpose.EMAIL_CODE)
    context = {
        "user": user,
        "mailbox": mailbox,
        "is_new_mailbox": mailbox not in ("", user.email),
        "is_kept_out": is_kept_out(user, request.at),
        "days": days_left(user.verify_by, request.at) if user.verify_by else None,
        "has_code": under_way is not None and proving.verdict_on(under_way, request.at) is Verdict.GOOD,
        "advice": words_on(mailbox),
        "form": form,
    }
    return render(request, "door/verify.html", context, status=status)


@open_to_all("whoever did not verify in time must be able to; strangers are sent to sign in")
@signed_in
@require_POST
def again(request: Request) -> HttpResponse:
    """Another letter, with a link or a code; it replaces the one before."""
    user = person_of(request)
    purpose = Purpose.EMAIL_CODE if request.POST.get("way") == "code" else Purpose.EMAIL_LINK
    _send(request, user, purpose)
    return HttpResponseRedirect(reverse("door:verify"))


def _send(request: Request, user: User, purpose: str, mailbox: str = "") -> None:
    """
    :raises TooManyTries:
    :raises NothingToProve:
    """
    target = mailbox or proving.mailbox_to_prove(user)
    brakes.before_mail(user.pk, target, request.at)
    sent = ask_for_proof(user_id=user.pk, purpose=purpose, target=target, actor=acting(request), at=request.at)
    words = _("A mail is on its way to %(mailbox)s. It comes within a minute; look into the spam folder too.")
    messages.success(request, words % {"mailbox": sent.target})


@open_to_all("whoever did not verify in time must be able to; strangers are sent to sign in")
@never_cache
@signed_in
@require_POST
def code(request: Request) -> HttpResponse:
    """The six digits from the mail (A049)."""
    user = person_of(request)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            brakes.before_code(user.pk, request.at)
            proven = verify_email_by_code(
                user_id=user.pk, code=form.cleaned_data["code"], actor=acting(request), at=request.at
            )
        except Refusal as refusal:
            put_refusal(form, refusal, {refusal.code: "code"})
        else:
            return _welcome(request, proven)
    return _page(request, form, 422)


@open_to_all("a mistyped address must be mendable by whoever is kept out; strangers are sent to sign in")
@never_cache
@sensitive_post_parameters("password")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: Request) -> HttpResponse:
    """Another mailbox: the registered one stays until the new one was proven, and is told (S33)."""
    user = person_of(request)
    is_asked = user.email_verified_at is not None and user.has_usable_password()
    form = MailboxForm(request.POST if request.method == "POST" else None, is_asked=is_asked)
    if form.is_bound and form.is_valid() and is_own(request, user, form):
        try:
            _send(request, user, Purpose.EMAIL_LINK, form.cleaned_data["email"])
        except (NothingToProve, TooManyTries) as refusal:
            put_refusal(form, refusal, {"nothing_to_prove": "email"})
        else:
            return HttpResponseRedirect(reverse("door:verify"))
    context = {"form": form, "user": user, "advice": words_on(form["email"].value() or "")}
    return render(request, "door/address.html", context, status=422 if form.errors else 200)


def is_own(request: Request, user: User, form: Any) -> bool:
    """Whether the password fits, where one is asked for; the form says so if not."""
    if "password" not in form.fields:
        return True
    try:
        brakes.before_password(user.pk, request.at)
    except TooManyTries as refusal:
        put_refusal(form, refusal)
        return False
    if not check_password(form.cleaned_data["password"], user.password):
        form.add_error("password", _("That is not your password. Enter the one you sign in with."))
        return False
    return True


@open_to_all("a link from a mail, pressed in any browser")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Request, token: str) -> HttpResponse:
    """
    The link in the mail. Looking at it uses nothing up, so a mail scanner does no harm: only [Verify] counts.
    """
    if request.method == "POST":
        brakes.before_link(request, request.at)
        try:
            proven = verify_email_by_link(token=token, actor=acting(request), at=request.at)
        except Refusal as refusal:
            return _no_link(request, refusal)
        return _welcome(request, proven)
    found = proving.held(token, Purpose.EMAIL_LINK, request.at)
    context = {"held": found, "verdict": str(found.verdict) if found else "unknown"}
    status = 404 if found is None else 200 if found.verdict is Verdict.GOOD else GONE
    return unseen(render(request, "door/verify_link.html", context, status=status))


def _no_link(request: Request, refusal: Refusal) -> HttpResponse:
    verdict = refusal.code.removeprefix("proof_")
    context = {"held": None, "verdict": verdict, "words": str(refusal)}
    return unseen(render(request, "door/verify_link.html", context, status=GONE))


def unseen(response: HttpResponse) -> HttpResponse:
    """
    The address holds a secret: no page it leads to learns it, and no search engine keeps it.

    With no-referrer browsers would send the form with the origin "null", which is refused.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _welcome(request: Request, proven: Proven) -> HttpResponse:
    words = _("%(mailbox)s is verified. Everything is open to you.") % {"mailbox": proven.target}
    if request.user.is_authenticated and request.user.pk == proven.user.pk:
        messages.success(request, words)
        return HttpResponseRedirect("/")
    return unseen(render(request, "door/verified.html", {"words": words}))
