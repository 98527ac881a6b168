"""The seller's application: where it stands, answering a question, applying again or for the other service."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.members import policy, queue
from toiya.domain.members.actions.reapplying import answer_question, apply_for_service
from toiya.domain.members.models import Application, Seller
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal import approval
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.application_forms import AnswerForm, ApplicationForm
from toiya.web.shared import timeline
from toiya.web.shared.access import needs
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import APPLICATION

_FIELDS = {
    "too_many_sites": "sites",
    "deliveries_out_of_range": "deliveries_a_month",
    "no_such_service": "service",
    "text_too_long": "goods",
    "nothing_written": "goods",
}


def _page(request: Request, form: AnswerForm) -> HttpResponse:
    found = queue.latest_of(request.actor)
    seller = shop_of(request)
    context: dict[str, Any] = {"application": found, "seller": seller, "form": form}
    if found is not None:
        events: Any = EventRow.objects.visible_to(request.actor).filter(subject=found.code).order_by("-id")[:100]
        warehouse = Warehouse.objects.filter(pk=found.warehouse_id or 0).first()
        context |= {
            "status": APPLICATION[found.status],
            "sentence": approval.standing(found, request.LANGUAGE_CODE),
            "days": timeline.by_day(timeline.entries(events), HOME_ZONE),
            "desk": policy.desk_for(seller.country),
            "wished_warehouse": warehouse.name if warehouse else "",
            "may_edit": request.actor.may(Permission.EDIT_COMPANY),
        }
    return render(request, "portal/application.html", context, status=422 if form.errors else 200)


@needs(Permission.SEE_COMPANY)
@for_sellers
@require_safe
def application(request: Request) -> HttpResponse:
    """Where the newest application stands: what, who, how long."""
    return _page(request, AnswerForm())


@needs(Permission.EDIT_COMPANY)
@for_sellers
@require_POST
def answer(request: Request, code: str) -> HttpResponse:
    """Answer what the operator asked."""
    if not Application.objects.visible_to(request.actor).filter(code=code).exists():
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        answer_question(application_code=code, answer=form.cleaned_data["answer"], actor=request.actor, at=request.at)
    except NotFound:
        raise
    except Refusal as refusal:
        put_refusal(form, refusal, {refusal.code: "answer"})
        return _page(request, form)
    messages.success(request, _("Your answer is with our desk."))
    return HttpResponseRedirect(reverse("portal:application"))


@needs(Permission.EDIT_COMPANY)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Request) -> HttpResponse:
    """The questionnaire: again after a refusal, or for the other service and its warehouse (A034, L41)."""
    warehouses = list(Warehouse.objects.order_by("name"))
    form = ApplicationForm(request.POST or None, warehouses=warehouses, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and _apply(request, form):
        return HttpResponseRedirect(reverse("portal:application"))
    seller = shop_of(request)
    context = {
        "form": form,
        "is_active": seller.status == Seller.Status.ACTIVE,
        "is_at_once": seller.status == Seller.Status.ACTIVE and not policy.needs_approval(seller.country),
    }
    return render(request, "portal/apply.html", context, status=422 if form.errors else 200)


def _apply(request: Request, form: ApplicationForm) -> bool:
    seller = shop_of(request)
    try:
        made = apply_for_service(
            seller_id=seller.pk,
            answers=form.answers(),
            warehouse_id=form.warehouse_id(),
            actor=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        put_refusal(form, refusal, _FIELDS)
        return False
    is_granted = made.status == Application.Status.APPROVED
    messages.success(request, _("You may use it now.") if is_granted else _("Your application is with our desk."))
    return True


def _initial(request: Request) -> dict[str, Any]:
    """What was told the last time, so that nothing is typed twice; for an active seller the service it lacks."""
    last = queue.latest_of(request.actor)
    seller = shop_of(request)
    known: dict[str, Any] = {}
    if last is not None:
        known = {
            "sites": "\n".join(last.sites),
            "goods": last.goods,
            "deliveries_a_month": last.deliveries_a_month,
            "service": last.service,
        }
    if seller.status == Seller.Status.ACTIVE:
        known["service"] = "smart_delivery" if seller.uses_fulfilment else "fulfilment"
    asked = request.GET.get("service", "")
    return known | ({"service": asked} if asked in Application.Service.values else {})
