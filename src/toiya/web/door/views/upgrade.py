"""A basic member becomes a business member: the steps of the firm, then it is one (A001)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.core.limits import TooManyTries
from toiya.domain.members.actions.drafts import begin_draft
from toiya.domain.members.actions.signing_up import BusinessIncomplete, become_business
from toiya.domain.members.models import Seller
from toiya.domain.members.queries import seller_of
from toiya.domain.members.rules import documents
from toiya.web.door.reading import business_of
from toiya.web.door.road import Road, draft_of
from toiya.web.door.summary import summary_of
from toiya.web.door.views import steps
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

SESSION_KEY = "upgrade"
STEPS = ("business", "questions", "review")
LAYOUT = "toiya/shell.html"


def _road(request: Request) -> Road | HttpResponse:
    """The road of this member's seller, begun when needed; who has no need of it goes to the company page."""
    seller = seller_of(request.actor)
    if seller is None or seller.kind != Seller.Kind.BASIC:
        return HttpResponseRedirect(reverse("portal:company") if seller else "/")
    draft = draft_of(request, SESSION_KEY)
    if draft is None or draft.answers.get("seller") != seller.code:
        answers = {"kind": "business", "seller": seller.code}
        draft = begin_draft(answers=answers, actor=request.actor, at=request.at)
        request.session[SESSION_KEY] = draft.key
    return Road(draft, "upgrade", STEPS, LAYOUT, seller.country)


@needs(Permission.EDIT_COMPANY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def business(request: Request) -> HttpResponse:
    """The firm and its certificate."""
    road = _road(request)
    return steps.business(request, road) if isinstance(road, Road) else road


@needs(Permission.EDIT_COMPANY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: Request) -> HttpResponse:
    """Sites, goods, parcels, service, payment."""
    road = _road(request)
    return steps.answered(request, road, "questions") if isinstance(road, Road) else road


@needs(Permission.EDIT_COMPANY)
@never_cache
@require_safe
def kept(request: Request) -> HttpResponse:
    """Everything is kept; how to go on."""
    road = _road(request)
    if not isinstance(road, Road):
        return road
    context = {"layout": LAYOUT, "url": road.url(road.first_gap()), "draft": road.draft}
    return render(request, "door/kept.html", context)


@needs(Permission.EDIT_COMPANY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request) -> HttpResponse:
    """All answers with Change links, the agreements, and the button."""
    road = _road(request)
    if not isinstance(road, Road):
        return road
    gap = road.first_gap()
    if gap != "review":
        return HttpResponseRedirect(road.url(gap))
    form = road.form("review", request)
    if request.method != "POST":
        form.initial["seen"] = form.current()
        return steps.page(request, road, "review", form, groups=summary_of(road))
    gone = steps.elsewhere(request, road)
    if gone is not None:
        return gone
    if form.is_valid() and (answer := _made(request, road, form)):
        return answer
    return steps.page(request, road, "review", form, groups=summary_of(road))


def _made(request: Request, road: Road, form: Any) -> HttpResponse | None:
    assert request.actor.seller_id is not None
    try:
        seller = become_business(
            draft_key=road.draft.key,
            seller_id=request.actor.seller_id,
            business=business_of(road),
            agreed=documents.VERSIONS,
            actor=request.actor,
            at=request.at,
        )
    except (BusinessIncomplete, TooManyTries) as refusal:
        put_refusal(form, refusal)
        return None
    del request.session[SESSION_KEY]
    messages.success(request, _("%(seller)s is a business member now.") % {"seller": seller.name})
    return HttpResponseRedirect(reverse("portal:company"))
