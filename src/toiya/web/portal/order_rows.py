"""Rows of the order list: what is shown of each order, read with a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core.actor import Actor
from toiya.domain.allocation.models import WaitReason
from toiya.domain.allocation.rules import Owner
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Connection
from toiya.domain.orders.models import Hold, Line, Order
from toiya.domain.outbound.models import HandIn, Parcel
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.domain.warehouses.rules import Calendar, next_cut_off
from toiya.web.shared import waiting
from toiya.web.shared.statuses import Status
from toiya.web.shared.timeline import channel_word


@dataclass(frozen=True, slots=True)
class WhyLine:
    """The second line under a chip: who must act, the fact, by when."""

    owner_word: Any
    fact: str
    cure: str
    cure_url: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order as a list shows it."""

    order: Order
    status: Status
    shop: str
    due: datetime | None
    why: WhyLine | None


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The warehouse whose time and trucks count, and its calendar."""

    warehouse: Warehouse | None
    calendar: Calendar | None

    def cut_off(self, channel: str, after: datetime) -> datetime | None:
        """The next truck an order of that channel can make."""
        return next_cut_off(self.calendar, channel, after) if self.calendar else None


def clockwork() -> Clockwork:
    """The first serving warehouse; three queries."""
    return clockwork_of(Warehouse.objects.order_by("pk").first())


def clockwork_of(warehouse: Warehouse | None) -> Clockwork:
    """A warehouse that was read before; two queries."""
    return Clockwork(warehouse, calendar_of(warehouse) if warehouse else None)


def with_pieces(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders with address and `pieces`, the sum of the lines that still count."""
    pieces = (
        Line.objects.filter(order=OuterRef("pk"), is_cancelled=False)
        .order_by()
        .values("order")
        .annotate(sum=Sum(F("quantity") * F("pieces_each")))
        .values("sum")
    )
    return orders.select_related("address").annotate(pieces=Coalesce(Subquery(pieces), Value(0)))


def shop_names(actor: Actor) -> dict[str, str]:
    """The reader's shops by code."""
    return dict(Connection.objects.visible_to(actor).order_by("name").values_list("code", "name"))


def rows_of(orders: Sequence[Order], shops: dict[str, str], clock: Clockwork, at: datetime) -> list[OrderRow]:
    """The rows of one page; three queries however many orders."""
    ids = [order.pk for order in orders]
    holds: dict[int, list[Hold]] = {}
    for hold in Hold.objects.filter(order_id__in=ids, lifted_at=None).order_by("pk"):
        holds.setdefault(hold.order_id, []).append(hold)
    reasons: dict[int, WaitReason] = {}
    by_order = {order.pk: order for order in orders}
    for reason in WaitReason.objects.filter(order_id__in=ids).order_by("order_id", "line_id"):
        if reason.code == by_order[reason.order_id].waiting_reason:
            reasons.setdefault(reason.order_id, reason)
    names = sku_names({reason.details.get("sku_id") for reason in reasons.values()})
    rows = [_row(order, holds.get(order.pk, []), reasons.get(order.pk), (shops, clock, names), at) for order in orders]
    return _with_own_parcels(rows)


def _with_own_parcels(rows: list[OrderRow]) -> list[OrderRow]:
    """The seller's next step of orders that it packs itself; one query more when there are any."""
    own = {row.order.pk for row in rows if row.order.status == Order.Status.TO_HAND_IN and row.why is None}
    if not own:
        return rows
    coming = HandIn.objects.filter(order_id__in=own, is_cancelled=False)
    labels = dict(coming.values_list("order_id", "parcel__status"))
    return [replace(row, why=_own_step(labels.get(row.order.pk))) if row.order.pk in own else row for row in rows]


def _own_step(parcel: str | None) -> WhyLine:
    you, place = waiting.OWNER_WORDS[Owner.SELLER], reverse("portal:smart-delivery")
    if parcel is None:
        return WhyLine(you, _("You pack it; it needs its label"), _("Make the label"), f"{place}?view=label")
    if parcel == Parcel.Status.SEALED:
        carrier = waiting.OWNER_WORDS[Owner.CARRIER]
        return WhyLine(carrier, _("Its label is being made"), _("See labels"), f"{place}?view=bring")
    return WhyLine(you, _("Print the label, pack, hand in"), _("Print the label"), f"{place}?view=bring")


def sku_names(ids: set[Any]) -> dict[int, str]:
    """Names with options by SKU id, as people call them."""
    found = Sku.objects.filter(pk__in=ids - {None}).values_list("pk", "name", "option")
    return {key: f"{name}, {option}" if option else name for key, name, option in found}


def _row(
    order: Order,
    holds: Sequence[Hold],
    reason: WaitReason | None,
    known: tuple[dict[str, str], Clockwork, dict[int, str]],
    at: datetime,
) -> OrderRow:
    shops, clock, names = known
    is_open = order.status not in {"shipped", "delivered", "cancelled"}
    due = clock.cut_off(order.channel, at) if is_open else order.shipped_at
    return OrderRow(
        order=order,
        status=waiting.order_status(order.status, order.waiting_reason, tuple(hold.code for hold in holds)),
        shop=shops.get(order.shop_code) or str(channel_word(order.channel)),
        due=due,
        why=_why(order, holds, reason, names) if is_open else None,
    )


def _why(order: Order, holds: Sequence[Hold], reason: WaitReason | None, names: dict[int, str]) -> WhyLine | None:
    cure, url = _("See why"), reverse("portal:order", args=[order.code])
    if holds:
        told = waiting.hold_reason(holds[0].code)
        details = {"code": holds[0].code, **holds[0].details}
        if holds[0].code == "wallet_too_low":
            cure, url = _("Top up"), reverse("portal:top-up")
        elif holds[0].code == "fees_unpaid":
            cure, url = _("Pay"), reverse("portal:payments")
    elif reason is not None:
        told = waiting.line_reason(reason.code, reason.details)
        details = {"thing": names.get(reason.details.get("sku_id"), _("One line")), **reason.details}
        if reason.code == "no_sku":
            cure, url = _("Match a SKU"), reverse("portal:line-sku", args=[order.code, reason.line_id])
    else:
        return None
    return WhyLine(waiting.owner_word(told.owner), waiting.filled(told.short, details), cure, url)
