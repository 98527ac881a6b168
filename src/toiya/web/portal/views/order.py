"""One order: why it waits, what is in it, where it is, what it cost, what happened; and its labels."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from toiya.core.actor import Actor, Permission
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel
from toiya.web.portal import order_page, own_steps, why_cards
from toiya.web.portal.access import for_sellers
from toiya.web.portal.order_page import OrderPage
from toiya.web.shared import timeline
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request

GROUPS = ("goods", "money", "messages")


def order_of(actor: Actor, code: str) -> Order:
    """:raises Http404: no such order for this reader"""
    all_of = Order.objects.visible_to(actor).select_related(
        "address", "seller", "managed", "wish", "split_off__source", "merged_away__into"
    )
    found: Order | None = all_of.filter(code=code).first()
    if found is None:
        raise Http404
    return found


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def order(request: Request, code: str) -> HttpResponse:
    """The page of one order; asked by htmx only its body, so that a button redraws it in place."""
    group = request.GET.get("show", "")
    group = group if group in GROUPS else ""
    page = order_page.read(order_of(request.actor, code), request.actor, request.at, group)
    context = {
        "page": page,
        "order": page.order,
        "whys": why_cards.cards(page, request.actor),
        "sub": _sentence(page),
        "groups": _groups(group),
        "channel": timeline.channel_word(page.order.channel),
        "warehouse": page.clock.warehouse,
        "may_edit": request.actor.may(Permission.EDIT_ORDERS),
        "had": ", ".join(str(segment.word) for segment in page.segments),
        "fee": sum(parcel.reservation.amount_minor for parcel in page.parcels if parcel.reservation),
    }
    return render(request, "portal/order.html#body" if request.htmx else "portal/order.html", context)


def _sentence(page: OrderPage) -> str:
    """The state in one sentence."""
    told = {
        "received": _("Came in just now and is about to be judged."),
        "allocated": _("Its pieces are promised. The warehouse releases it in time for the truck."),
        "picking": _("Somebody walks the shelves for it."),
        "packing": _("It is on a packing table."),
        "ready": _("Packed and labelled; waits for the truck."),
        "to_hand_in": own_steps.sentence(page),
        "handed_in": _("Received at the collection centre; waits for the truck."),
        "shipped": _("On its way to the receiver."),
        "delivered": _("Delivered."),
        "cancelled": _("Cancelled; nothing is promised or set aside for it any more."),
    }
    if page.holds and page.is_open:
        return _("Stopped by a hold until somebody lifts it.")
    return told.get(page.order.status, _("Waits; the reason and the way out stand below."))


def _groups(chosen: str) -> list[dict[str, object]]:
    words = {"": _("All"), "goods": _("Goods"), "money": _("Money"), "messages": _("Messages")}
    return [
        {"label": word, "url": f"?show={name}" if name else "?", "current": name == chosen, "count": None}
        for name, word in words.items()
    ]


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def label(request: Request, code: str, parcel: str) -> HttpResponse:
    """The label of one parcel as the carrier made it, PDF 100 × 150 mm."""
    found = (
        Parcel.objects.visible_to(request.actor)
        .filter(order__code=code, code=parcel)
        .exclude(label=None)
        .select_related("label")
        .first()
    )
    if found is None or not found.label.document:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{found.code}.pdf"'}
    return HttpResponse(bytes(found.label.document), content_type="application/pdf", headers=headers)
