"""Security of oneself: what one proves oneself with, and where one is signed in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.domain.members.actions.passwords import OldPasswordWrong, change_password
from toiya.domain.members.actions.sessions import end_other_sessions, end_session, follow
from toiya.domain.members.models import Factor, RecoveryCode, SignedIn
from toiya.domain.members.queries import needs_factor
from toiya.web.shared.access import freshly_proved
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.oneself.face import about_oneself, address, person, show
from toiya.web.shared.oneself.forms import PasswordForm
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import FACTOR_DUE


@about_oneself
@require_safe
def security(request: Request) -> HttpResponse:
    """Everything at a glance."""
    user = person(request)
    factors = list(Factor.objects.filter(user=user).order_by("kind", "pk"))
    due = request.session.get(FACTOR_DUE)
    context = {
        "person": user,
        "factors": factors,
        "has_app": any(factor.kind == Factor.Kind.APP for factor in factors),
        "codes_left": RecoveryCode.objects.filter(user=user, used_at=None).count(),
        "sessions": list(SignedIn.objects.filter(user=user).order_by("-seen_at", "-pk")),
        "this_key": request.session.session_key,
        "is_needed": needs_factor(user),
        "is_off_here": not settings.FACTORS_REQUIRED,
        "due": datetime.fromisoformat(due) if due and not factors else None,
        "is_overdue": due is not None and datetime.fromisoformat(due) <= request.at,
    }
    return show(request, "toiya/people/security.html", context)


@about_oneself
@freshly_proved
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Request) -> HttpResponse:
    """A new password; every other session ends."""
    user = person(request)
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        key = request.session.session_key or ""
        try:
            changed = change_password(
                user_id=user.pk,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                keep=key,
                actor=request.actor,
                at=request.at,
            )
        except OldPasswordWrong as refusal:
            put_refusal(form, refusal, {refusal.code: "old"})
        else:
            update_session_auth_hash(request, changed)
            follow(key, request.session.session_key or "")
            messages.success(request, _("The password is changed. Everywhere else you are signed out."))
            return HttpResponseRedirect(address(request, "security"))
    context = {"form": form, "title": _("Change password"), "save": _("Change password")}
    return show(request, "toiya/people/form.html", context, 422 if form.errors else 200)


@about_oneself
@require_POST
def end_one(request: Request, session_id: int) -> HttpResponse:
    """End one of one's own sessions."""
    if not end_session(session_id=session_id, user_id=int(request.actor.id), actor=request.actor, at=request.at):
        raise Http404
    messages.success(request, _("That session is over."))
    return HttpResponseRedirect(address(request, "security"))


@about_oneself
@require_POST
def end_others(request: Request) -> HttpResponse:
    """End all of one's sessions but this one."""
    ended = end_other_sessions(
        user_id=int(request.actor.id), but=request.session.session_key or "", actor=request.actor, at=request.at
    )
    words = ngettext("%(n)d other session is over.", "%(n)d other sessions are over.", ended)
    messages.success(request, words % {"n": ended})
    return HttpResponseRedirect(address(request, "security"))
