"""Deliveries at the office: what to approve, the line, taking out, rules and the dock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound import queries, rules
from toiya.domain.inbound.actions.approving import approve_bundle, reject_bundle
from toiya.domain.inbound.actions.house_rules import set_receiving_rules
from toiya.domain.inbound.actions.slots import Opening, make_slots, remove_slot
from toiya.domain.inbound.models import CargoBundle, CartonLine, DockSlot
from toiya.domain.inbound.rules import Step
from toiya.domain.warehouses.models import Warehouse
from toiya.web.office.access import building, desk
from toiya.web.office.inbound_forms import RulesForm, SlotsForm
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import BUNDLE

S = CargoBundle.Status
VIEWS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "requested": (gettext_lazy("To approve"), (S.REQUESTED,)),
    "confirmed": (gettext_lazy("Confirmed"), (S.CONFIRMED,)),
    "shipped": (gettext_lazy("On the way"), (S.SHIPPED,)),
    "arrived": (gettext_lazy("In line"), (S.ARRIVED,)),
    "over": (gettext_lazy("Over"), (S.COMPLETED, S.REJECTED)),
}


@desk(Permission.APPROVE_INBOUND)
@require_safe
def bundles(request: Request) -> HttpResponse:
    """Deliveries of this building by state; those to approve first, the oldest on top."""
    warehouse = building(request)
    view = request.GET.get("view", "requested")
    view = view if view in VIEWS else "requested"
    own = CargoBundle.objects.visible_to(request.actor).filter(warehouse=warehouse)
    counts = queries.counts_by_status(own)
    found = own.filter(status__in=VIEWS[view][1]).select_related("seller").annotate(pieces=Sum("lines__told"))
    page = page_of(found, request.GET, ("-id",) if view == "over" else ("created_at", "id"))
    places = queries.queue_of(warehouse.pk, request.at) if view == "arrived" else {}
    context = {
        "page": page,
        "rows": [{"bundle": row, "status": BUNDLE[row.status], "place": places.get(row.code)} for row in page.rows],
        "warehouse": warehouse,
        "view": view,
        "tabs": [
            {
                "label": label,
                "url": f"?view={name}",
                "count": sum(counts.get(state, 0) for state in states) if name != "over" else None,
                "current": name == view,
            }
            for name, (label, states) in VIEWS.items()
        ],
    }
    return render(request, "office/inbound.html", context)


def _read(request: Request, code: str) -> CargoBundle:
    rows = CargoBundle.objects.visible_to(request.actor).filter(code=code).select_related("warehouse", "seller")
    found: CargoBundle | None = rows.first()
    if found is None:
        raise NotFound(kind=_("cargo bundle"), code=code[:20])
    return found


def _page(request: Request, code: str, typed: str = "", trouble: str = "") -> HttpResponse:
    found = _read(request, code)
    delivery, limits = queries.delivery_of(found), queries.limits_of(found.warehouse_id)
    lines = found.lines.select_related("sku").order_by("sku__code")
    contents = CartonLine.objects.filter(carton__bundle=found).select_related("sku", "carton")
    context = {
        "bundle": found,
        "status": BUNDLE[found.status],
        "lines": lines,
        "contents": contents.order_by("carton__number", "sku__code"),
        "pieces": delivery.pieces,
        "is_large": rules.is_large(limits, delivery),
        "breach": rules.judge_delivery(limits, delivery),
        "slot": DockSlot.objects.filter(bundle=found).first(),
        "lacks_slot": Step.DOCK_SLOT in rules.missing_steps(limits, delivery),
        "open_pieces": queries.open_pieces(found.seller_id).get(found.warehouse_id, 0),
        "place": queries.place_of(found, request.at),
        "typed": typed,
        "trouble": trouble,
        "may_approve": found.status == S.REQUESTED,
        "may_reject": found.status in {S.REQUESTED, S.CONFIRMED, S.SHIPPED},
    }
    return render(request, "office/inbound_bundle.html", context, status=422 if trouble else 200)


@desk(Permission.APPROVE_INBOUND)
@require_safe
def bundle(request: Request, code: str) -> HttpResponse:
    """One delivery: what comes, what the rules say of it, and the ways to decide."""
    return _page(request, code)


@desk(Permission.APPROVE_INBOUND)
@require_POST
def approval(request: Request, code: str) -> HttpResponse:
    """Say yes."""
    approve_bundle(bundle_code=code, actor=request.actor, at=request.at)
    messages.success(request, _("%(code)s is confirmed. The seller is told by mail.") % {"code": code})
    return redirect("office:inbound")


@desk(Permission.APPROVE_INBOUND)
@require_POST
def rejection(request: Request, code: str) -> HttpResponse:
    """Say no, with a reason."""
    text = request.POST.get("reason", "")
    try:
        reject_bundle(bundle_code=code, reason=text, actor=request.actor, at=request.at)
    except Refusal as refusal:
        if refusal.code not in {"nothing_written", "text_too_long", "unseen_characters"}:
            raise
        return _page(request, code, text, str(refusal))
    messages.success(request, _("%(code)s is rejected. The seller reads your reason.") % {"code": code})
    return redirect("office:inbound")


@desk(Permission.APPROVE_INBOUND)
@require_http_methods(["GET", "HEAD", "POST"])
def house_rules(request: Request) -> HttpResponse:
    """What this building takes in and for what fee; a POST puts it in force (A136-A139)."""
    warehouse = building(request)
    limits, fees = queries.limits_of(warehouse.pk), queries.fees_of(warehouse.pk)
    form = RulesForm(request.POST) if request.method == "POST" else RulesForm.of(limits, fees)
    if form.is_bound and form.is_valid():
        try:
            set_receiving_rules(
                warehouse_id=warehouse.pk,
                limits=form.limits(),
                fees=form.fees(fees.currency),
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("In force for what is asked from now on."))
            return redirect("office:inbound-rules")
    context = {"form": form, "warehouse": warehouse, "currency": fees.currency}
    return render(request, "office/inbound_rules.html", context, status=422 if form.errors else 200)


@desk(Permission.APPROVE_INBOUND)
@require_http_methods(["GET", "HEAD", "POST"])
def slots(request: Request) -> HttpResponse:
    """The times at the dock from today on; a POST opens more (L15)."""
    warehouse = building(request)
    form = SlotsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = _open(request, warehouse, form)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("%(number)s times opened.") % {"number": made})
            return redirect("office:inbound-slots")
    coming = DockSlot.objects.filter(warehouse=warehouse, ends_at__gt=request.at).select_related("bundle__seller")
    context = {
        "form": form,
        "warehouse": warehouse,
        "slots": coming.order_by("starts_at", "dock")[:200],
    }
    return render(request, "office/inbound_slots.html", context, status=422 if form.errors else 200)


def _open(request: Request, warehouse: Warehouse, form: SlotsForm) -> int:
    return make_slots(
        warehouse_id=warehouse.pk, opening=Opening(**form.cleaned_data), actor=request.actor, at=request.at
    )


@desk(Permission.APPROVE_INBOUND)
@require_POST
def slot_removal(request: Request, slot: int) -> HttpResponse:
    """Close a free time."""
    remove_slot(slot_id=slot, actor=request.actor, at=request.at)
    messages.success(request, _("The time is closed."))
    return redirect("office:inbound-slots")
