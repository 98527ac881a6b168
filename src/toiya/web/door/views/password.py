"""A new password by a link: asking for it tells nobody whether an account exists; setting it changes only Toiya's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.errors import Refusal
from toiya.core.limits import TooManyTries
from toiya.domain.members import proving
from toiya.domain.members.actions.asking import ask_for_reset
from toiya.domain.members.actions.verifying import set_password_by_link
from toiya.domain.members.proving import Held, Purpose
from toiya.domain.members.rules.proofs import Verdict
from toiya.web.door import brakes
from toiya.web.door.proof_forms import AskForm, NewPasswordForm
from toiya.web.door.signed_in import acting
from toiya.web.door.views.verification import GONE, unseen
from toiya.web.shared.access import open_to_all
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


@open_to_all("somebody who cannot sign in")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Whose password; the same answer and the same work for every name, known or not."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data["name"]
        try:
            brakes.before_reset(request, asked, request.at)
        except TooManyTries as refusal:
            put_refusal(form, refusal)
        else:
            language = get_language() or "en"
            ask_for_reset(asked=asked, language=language, actor=acting(request), at=request.at)
            return HttpResponseRedirect(reverse("door:password-asked"))
    return render(request, "door/password_ask.html", {"form": form}, status=422 if form.errors else 200)


@open_to_all("somebody who cannot sign in")
@require_safe
def asked(request: Request) -> HttpResponse:
    """What happens now, whoever was named."""
    return render(request, "door/password_asked.html")


@open_to_all("a link from a mail, pressed in any browser")
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, token: str) -> HttpResponse:
    """
    The new password. It signs nobody in: what follows is the ordinary sign-in, with its second factor.
    """
    if request.method == "POST":
        brakes.before_link(request, request.at)
    found = proving.held(token, Purpose.PASSWORD_RESET, request.at)
    if found is None or found.verdict is not Verdict.GOOD:
        verdict = str(found.verdict) if found else "unknown"
        return unseen(render(request, "door/password_gone.html", {"verdict": verdict}, status=GONE))
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=found.user)
    if form.is_bound and form.is_valid():
        try:
            set_password_by_link(
                token=token, password=form.cleaned_data["password"], actor=acting(request), at=request.at
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            logout(request)
            messages.success(request, _("The new password holds. Sign in with it."))
            return HttpResponseRedirect(reverse("shared:sign-in"))
    return unseen(_new_page(request, form, found))


def _new_page(request: Request, form: NewPasswordForm, found: Held) -> HttpResponse:
    context = {
        "form": form,
        "user": found.user,
        "is_first": not found.user.has_usable_password(),
        "has_console": proving.joined_from_console(found.user),
    }
    return render(request, "door/password_new.html", context, status=422 if form.errors else 200)
