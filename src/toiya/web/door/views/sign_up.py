"""Signing up, step by step (A001-A018); at the end everything is made at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core import limits
from toiya.domain.members.actions.drafts import begin_draft, keep_answers
from toiya.domain.members.actions.signing_up import BusinessIncomplete, EmailTaken, sign_up
from toiya.web.door import emails
from toiya.web.door.forms import KindForm
from toiya.web.door.reading import form_of
from toiya.web.door.road import STRANGER, Road, draft_of
from toiya.web.door.summary import summary_of
from toiya.web.door.views import steps
from toiya.web.shared.access import open_to_all
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import enter

SESSION_KEY = "sign_up"
STEPS = {"basic": ("account", "review"), "business": ("account", "business", "questions", "review")}
LAYOUT = "toiya/door.html"
SIGN_UPS = limits.Limit("sign-up", 10, timedelta(hours=1))


@open_to_all("signing up")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request) -> HttpResponse:
    """Basic or business; a sign-up under way goes on where it stopped."""
    if request.user.is_authenticated:
        return HttpResponseRedirect("/")
    draft = _open_draft(request)
    kind = draft.answers.get("kind", "") if draft else request.GET.get("kind", "")
    form = KindForm(request.POST if request.method == "POST" else None, initial={"kind": kind or "business"})
    if form.is_bound and form.is_valid():
        answers = {"kind": form.cleaned_data["kind"]}
        if draft is None:
            draft = begin_draft(answers=answers, actor=STRANGER, at=request.at)
            request.session[SESSION_KEY] = draft.key
        else:
            draft = keep_answers(key=draft.key, answers=answers, actor=STRANGER, at=request.at)
        return HttpResponseRedirect(reverse("door:sign-up-account"))
    going_on = _road(draft).url(_road(draft).first_gap()) if draft else ""
    context = {"form": form, "going_on": going_on, "layout": LAYOUT}
    return render(request, "door/choose.html", context, status=422 if form.errors else 200)


def _open_draft(request: Request) -> Any:
    draft = draft_of(request, SESSION_KEY)
    return draft if draft is not None and draft.seller_id is None else None


def _road(draft: Any) -> Road:
    return Road(draft, "sign-up", STEPS[draft.answers.get("kind", "basic")], LAYOUT)


def _on_the_road(request: Request, step: str) -> Road | HttpResponse:
    """The road when that step is on it; else the way to where one should be."""
    draft = _open_draft(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect("/")
    if draft is None or step not in _road(draft).steps:
        return HttpResponseRedirect(reverse("door:sign-up"))
    return _road(draft)


@open_to_all("signing up")
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request) -> HttpResponse:
    """Step 1: e-mail, password, name, phone."""
    road = _on_the_road(request, "account")
    return steps.account(request, road) if isinstance(road, Road) else road


@open_to_all("signing up")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def business(request: Request) -> HttpResponse:
    """Step 2 of a business: firm and certificate."""
    road = _on_the_road(request, "business")
    return steps.business(request, road) if isinstance(road, Road) else road


@open_to_all("signing up")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: Request) -> HttpResponse:
    """Step 3 of a business: sites, goods, parcels, service, payment."""
    road = _on_the_road(request, "questions")
    return steps.answered(request, road, "questions") if isinstance(road, Road) else road


@open_to_all("signing up")
@never_cache
@require_safe
def kept(request: Request) -> HttpResponse:
    """Everything is kept; how to go on."""
    draft = _open_draft(request)
    if draft is None:
        return HttpResponseRedirect(reverse("door:sign-up"))
    road = _road(draft)
    return render(request, "door/kept.html", {"layout": LAYOUT, "url": road.url(road.first_gap()), "draft": draft})


@open_to_all("signing up")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request) -> HttpResponse:
    """All answers with Change links, the agreements, and the button that makes the account."""
    finished = draft_of(request, SESSION_KEY)
    if request.method == "POST" and finished is not None and finished.seller_id is not None:
        return HttpResponseRedirect("/")  # the button was pressed twice; the first press made the account
    road = _on_the_road(request, "review")
    if not isinstance(road, Road):
        return road
    gap = road.first_gap()
    if gap != "review":
        messages.warning(request, _("Something is still missing here."))
        return HttpResponseRedirect(road.url(gap))
    form = road.form("review", request)
    if request.method == "POST":
        gone = steps.elsewhere(request, road)
        if gone is not None:
            return gone
        if form.is_valid() and (answer := _made(request, road, form)):
            return answer
    else:
        form.initial["seen"] = form.current()
    return steps.page(request, road, "review", form, groups=summary_of(road))


def _made(request: Request, road: Road, form: Any) -> HttpResponse | None:
    """The account, its person signed in; None when it was refused and the form says why."""
    wanted = form_of(road, get_language() or "en")
    try:
        limits.take(SIGN_UPS, request.META.get("REMOTE_ADDR", ""), at=request.at)
        emails.brake(request, wanted.account.email)
        user = sign_up(draft_key=road.draft.key, form=wanted, actor=STRANGER, at=request.at)
    except (EmailTaken, BusinessIncomplete, limits.TooManyTries) as refusal:
        put_refusal(form, refusal)
        return None
    response = enter(request, user, way="password", next_address="/")
    words = _("Welcome, %(name)s. We sent a mail to %(email)s: verify it with what stands there.")
    messages.success(request, words % {"name": user.name, "email": user.email})
    return response
