"""The way of one Smart Delivery order in words: its steps, the sentence of its state, and what waits for the seller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core.actor import Actor, Permission
from toiya.domain.allocation.rules import Owner
from toiya.domain.outbound.models import Parcel
from toiya.web.shared import formats, waiting
from toiya.web.shared.statuses import ORDER

if TYPE_CHECKING:
    from toiya.web.portal.order_page import OrderPage


def _parcel(page: OrderPage) -> Parcel | None:
    return next((each for each in page.parcels if page.hand_in and each.pk == page.hand_in.pk), None)


def _reached(page: OrderPage) -> int:
    """How many of the steps lie behind."""
    parcel = _parcel(page)
    if parcel is None or parcel.status == Parcel.Status.SEALED:
        return 0
    told = any(told.status == "accepted" for told in page.write_backs)
    behind = {Parcel.Status.AWAITED: 1, Parcel.Status.LABELLED: 2, Parcel.Status.SHIPPED: 3}
    return 4 if told else behind.get(Parcel.Status(parcel.status), 0)


def steps(page: OrderPage) -> Sequence[Mapping[str, Any]]:
    """Label, hand-in, truck, sales site; none for an order that we pack."""
    if not page.is_own:
        return ()
    words = [_("Label"), _("Hand in"), _("On the truck"), _("Tracking number at the sales site")]
    words = words if page.order.shop_code else words[:3]
    done = _reached(page)
    return [
        {"label": word, "url": "", "state": "done" if place < done else "here" if place == done else "ahead"}
        for place, word in enumerate(words)
    ]


def sentence(page: OrderPage) -> str:
    """Where an order that is to be handed in stands."""
    parcel = _parcel(page)
    if parcel is None:
        return _("You pack it. Make its label, pack, and hand it in.")
    if parcel.status == Parcel.Status.SEALED:
        return _("Its label is being made.")
    return _("Its label is there. Print it, stick it on the parcel and hand the parcel in.")


def card(page: OrderPage, actor: Actor) -> list[dict[str, Any]]:
    """What waits for the seller: make the label, or print it and bring the parcel. While it is made, nothing."""
    parcel = _parcel(page)
    if parcel is not None and parcel.status == Parcel.Status.SEALED:
        return []
    place = reverse("portal:smart-delivery")
    if parcel is None:
        fact, status = _("You pack this order yourself: it needs its label"), ORDER["to_hand_in"]
        cures = [{"label": _("Make the label"), "url": f"{place}?view=label"}]
        cures = cures if actor.may(Permission.EDIT_ORDERS) else []
    else:
        fact, status = _("Print the label, pack, and hand the parcel in"), ORDER["label_to_print"]
        label = reverse("portal:label", args=[page.order.code, parcel.code])
        cures = [
            {"label": _("Print the label"), "url": label},
            {"label": _("Hand-in list"), "url": f"{place}?view=bring"},
        ]
    zone = page.clock.calendar.zone if page.clock.calendar else None
    truck = page.truck_at
    return [
        {
            "id": "hand-in",
            "reason_code": "to_hand_in",
            "status": status,
            "fact": fact,
            "owner": "you",
            "owner_word": waiting.OWNER_WORDS[Owner.SELLER],
            "since": parcel.opened_at if parcel else page.order.placed_at,
            "until": truck,
            "until_word": _("to make the %(time)s truck") % {"time": formats.clock(truck, zone)}
            if truck and zone
            else "",
            "otherwise": _("Waits until the parcel is scanned in at the collection centre."),
            "cures": cures,
            "trace": [],
        }
    ]
