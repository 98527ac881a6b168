"""Smart Delivery: orders to pack oneself, their labels, the list of a hand-in, and what has come in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Actor, Permission
from toiya.core.errors import Refusal
from toiya.domain.carriers.queries import services
from toiya.domain.orders.models import Order
from toiya.domain.outbound import hand_ins
from toiya.domain.outbound.actions.announcing import Packed, cancel_label, make_hand_in_list, make_labels
from toiya.domain.outbound.models import HandIn, HandInList, Parcel
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal import smart_papers, smart_rows
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.order_rows import Clockwork, clockwork
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import number_typed, whole_number

VIEWS = ("label", "bring", "came")
MOST_AT_ONCE = 200


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def page(request: Request) -> HttpResponse:
    """The three steps as tabs: orders to label, parcels to hand in, parcels that came in."""
    return _page(request)


def _page(request: Request, *, problem: Any = "", status: int = 200) -> HttpResponse:
    actor = request.actor
    asked = "label" if problem else request.GET.get("view", "")
    counts = {"label": hand_ins.orders_to_label(actor).count(), "bring": hand_ins.on_their_way(actor).count()}
    view = asked if asked in VIEWS else next((name for name in ("label", "bring") if counts[name]), "label")
    clock = clockwork()
    context: dict[str, Any] = {
        "view": view,
        "tabs": _tabs(view, counts),
        "problem": problem,
        "uses_it": shop_of(request).uses_smart_delivery,
        "may_edit": actor.may(Permission.EDIT_ORDERS),
        "warehouse": clock.warehouse,
        "truck": _next_truck(actor, clock, request.at),
        "may_top_up": actor.may(Permission.TOP_UP),
    }
    context |= {"label": _to_label, "bring": _to_bring, "came": _came}[view](request)
    return render(request, "portal/smart_delivery.html", context, status=status)


def _next_truck(actor: Actor, clock: Clockwork, at: datetime) -> datetime | None:
    """The earliest truck that one of the orders still to be handed in can make."""
    waiting = Order.objects.visible_to(actor).filter(status=Order.Status.TO_HAND_IN).order_by()
    trucks = [clock.cut_off(channel, at) for channel in waiting.values_list("channel", flat=True).distinct()]
    return min((truck for truck in trucks if truck is not None), default=clock.cut_off("", at))


def _tabs(view: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    words = {"label": _("To label"), "bring": _("To hand in"), "came": _("Handed in")}
    return [
        {"label": words[name], "url": f"?view={name}", "count": counts.get(name), "current": name == view}
        for name in VIEWS
    ]


def _to_label(request: Request) -> dict[str, Any]:
    found = page_of(hand_ins.orders_to_label(request.actor).select_related("address"), request.GET, ("id",))
    offered = services()
    return {
        "page": found,
        "rows": smart_rows.label_rows(list(found.rows), offered, request.POST.dict()),
        "chosen": set(request.POST.getlist("selected")),
        "services": offered,
        "centres": list(Warehouse.objects.order_by("pk")),
    }


def _to_bring(request: Request) -> dict[str, Any]:
    found = page_of(hand_ins.on_their_way(request.actor), request.GET, ("parcel_id",))
    unlisted = hand_ins.on_their_way(request.actor).filter(list=None, parcel__status=Parcel.Status.AWAITED)
    centres = Warehouse.objects.filter(pk__in=unlisted.order_by().values("parcel__warehouse_id")).order_by("pk")
    return {
        "page": found,
        "rows": smart_rows.parcel_rows(list(found.rows)),
        "unlisted": unlisted.order_by().count(),
        "list_centres": list(centres),
        "lists": hand_ins.lists_of(request.actor, most=8),
    }


def _came(request: Request) -> dict[str, Any]:
    found = page_of(hand_ins.with_us(request.actor), request.GET, ("-handed_in_at", "-parcel_id"))
    return {"page": found, "rows": smart_rows.parcel_rows(list(found.rows))}


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def labels(request: Request) -> HttpResponse:
    """Make the labels of the chosen orders; what was typed stays when something does not fit."""
    chosen = list(dict.fromkeys(request.POST.getlist("selected")))[:MOST_AT_ONCE]
    if not chosen:
        return _page(
            request, problem=_("No order is chosen. Tick the orders you packed, then make their labels."), status=422
        )
    centre = whole_number(request.POST.get("centre", "")) or 0
    try:
        packed = [_packed(request, code) for code in chosen]
        made = make_labels(
            seller_id=shop_of(request).pk, warehouse_id=centre, packed=packed, actor=request.actor, at=request.at
        )
    except Refusal as refusal:
        return _page(request, problem=refusal, status=409)
    count = len(made.parcels)
    told = ngettext("%(count)s label is being made.", "%(count)s labels are being made.", count)
    messages.success(request, told % {"count": count})
    return _to_tab("bring")


def _packed(request: Request, code: str) -> Packed:
    """What was typed about one order; the action declines 0 with words of its own."""
    return Packed(
        order_code=code,
        weight_g=number_typed(request.POST.get(f"weight-{code}", ""), code, nothing=0),
        service_code=request.POST.get(f"service-{code}", "")[:30],
        size_cm=number_typed(request.POST.get(f"size-{code}", ""), code, nothing=0),
    )


def _to_tab(view: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('portal:smart-delivery')}?view={view}")


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: Request) -> HttpResponse:
    """The chosen labels in one PDF, or all that are to be handed in: for a label printer or four on A4."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = asked.getlist("selected")[:MOST_AT_ONCE]
    if not chosen:
        waiting = hand_ins.on_their_way(request.actor).filter(parcel__status=Parcel.Status.AWAITED)
        chosen = list(waiting.values_list("parcel__code", flat=True)[:MOST_AT_ONCE])
    made = hand_ins.documents_of(request.actor, chosen)
    if not made:
        messages.warning(
            request, _("There is no label to print yet. Labels appear here when the carrier has made them.")
        )
        return _to_tab("bring")
    draw = smart_papers.four_on_a_page if asked.get("paper") == "a4" else smart_papers.one_by_one
    return _pdf(draw(list(made.values())), "labels.pdf")


def _pdf(document: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def cancellation(request: Request, parcel: str) -> HttpResponse:
    """Give up one label before its parcel is handed in."""
    if not HandIn.objects.visible_to(request.actor).filter(parcel__code=parcel).exists():
        raise Http404
    cancel_label(parcel_code=parcel, actor=request.actor, at=request.at)
    words = _("The label of %(parcel)s is cancelled and its fee is free again. Do not use a printed copy.")
    messages.success(request, words % {"parcel": parcel})
    return _to_tab("bring")


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def lists(request: Request) -> HttpResponse:
    """Put every label that is on no list yet on one, and show its paper among the lists."""
    centre = whole_number(request.POST.get("centre", "")) or 0
    made = make_hand_in_list(seller_id=shop_of(request).pk, warehouse_id=centre, actor=request.actor, at=request.at)
    messages.success(
        request, _("Hand-in list %(code)s is made. Print it and bring it with the parcels.") % {"code": made.code}
    )
    return _to_tab("bring")


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def list_paper(request: Request, bundle: str) -> HttpResponse:
    """The list of one hand-in, to print."""
    found = (
        HandInList.objects.visible_to(request.actor).filter(code=bundle).select_related("warehouse", "seller").first()
    )
    if found is None:
        raise Http404
    document = smart_papers.hand_in_list(found, hand_ins.parcels_on(found), found.seller.name, request.LANGUAGE_CODE)
    return _pdf(document, f"{found.code}.pdf")
