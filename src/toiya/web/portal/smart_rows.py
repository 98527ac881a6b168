"""Rows of the Smart Delivery page: orders that want a label, and parcels on their way to us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.domain.carriers.models import Label, Service
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Hold, Line, Order
from toiya.domain.outbound.models import HandIn, Parcel
from toiya.domain.outbound.rules import fitting_size, wished_service
from toiya.web.portal.wishes import LABEL, PARCEL
from toiya.web.shared import waiting
from toiya.web.shared.statuses import Status


@dataclass(frozen=True, slots=True)
class LabelRow:
    """An order to pack: what is in it, what it weighs by our books (0: unknown), and what was typed so far."""

    order: Order
    first: str
    more: int
    pieces: int
    expected_g: int
    service: str
    hold: waiting.Reason | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


def label_rows(orders: Sequence[Order], services: Sequence[Service], typed: Mapping[str, str]) -> list[LabelRow]:
    """The rows of one page; three queries however many orders."""
    ids = [order.pk for order in orders]
    lines: dict[int, list[Line]] = {}
    for line in Line.objects.filter(order_id__in=ids, is_cancelled=False).order_by("pk"):
        lines.setdefault(line.order_id, []).append(line)
    known = {line.sku_id for found in lines.values() for line in found if line.sku_id is not None}
    skus = Sku.objects.filter(pk__in=known).in_bulk()
    held = dict(Hold.objects.filter(order_id__in=ids, lifted_at=None).order_by("-pk").values_list("order_id", "code"))
    return [_label_row(order, lines.get(order.pk, []), skus, services, held.get(order.pk), typed) for order in orders]


def _label_row(
    order: Order,
    lines: Sequence[Line],
    skus: Mapping[int, Sku],
    services: Sequence[Service],
    hold: str | None,
    typed: Mapping[str, str],
) -> LabelRow:
    goods = [(skus.get(line.sku_id or 0), line.pieces) for line in lines]
    each = [sku.weight_g * pieces if sku else 0 for sku, pieces in goods]
    expected_g = sum(each) if all(each) else 0
    fitting = _fitting([sku for sku, _pieces in goods if sku], services, expected_g)
    own = {name: typed.get(f"{name}-{order.code}", "") for name in ("weight", "size", "service")}
    return LabelRow(
        order=order,
        first=lines[0].title if lines else "–",
        more=max(0, len(lines) - 1),
        pieces=sum(line.pieces for line in lines),
        expected_g=expected_g,
        service=own["service"] or (fitting.code if fitting else ""),
        hold=waiting.hold_reason(hold) if hold else None,
        typed=own,
    )


def _fitting(skus: Sequence[Sku], services: Sequence[Service], expected_g: int) -> Service | None:
    """
    The service all the SKUs wish for if it takes them, else the cheapest that does: by weight, and by the sides of the
    largest piece, for the seller's own boxes are not known to us (L29, A166).
    """
    largest_cm = max((-(-(sku.length_mm + sku.width_mm + sku.height_mm) // 10) for sku in skus), default=0)
    taking = [
        service
        for service in services
        if service.max_weight_g >= expected_g and fitting_size(largest_cm, service.max_size_cm)
    ]
    wish = wished_service([sku.preferred_service for sku in skus])
    wished = next((service for service in taking if service.code == wish), None)
    return wished or next(iter(taking), None)


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel with its label's state, and what stands in the way of it."""

    hand_in: HandIn
    parcel: Parcel
    status: Status
    why: str = ""
    cure: str = ""
    cure_url: str = ""

    @property
    def may_print(self) -> bool:
        """Whether its label is made."""
        return self.parcel.label is not None and self.parcel.label.status == Label.Status.BOUGHT

    @property
    def may_cancel(self) -> bool:
        """Whether its label may still be given up."""
        return self.parcel.status in (Parcel.Status.SEALED, Parcel.Status.AWAITED)


def parcel_rows(hand_ins: Sequence[HandIn]) -> list[ParcelRow]:
    """The rows of one page; one query however many parcels."""
    ids = [hand_in.order_id for hand_in in hand_ins]
    holds = {hold.order_id: hold for hold in Hold.objects.filter(order_id__in=ids, lifted_at=None).order_by("-pk")}
    return [_parcel_row(hand_in, holds.get(hand_in.order_id)) for hand_in in hand_ins]


def _parcel_row(hand_in: HandIn, hold: Hold | None) -> ParcelRow:
    parcel = hand_in.parcel
    if hold is not None:
        reason = waiting.hold_reason(hold.code)
        why: Any = waiting.filled(reason.short, {"code": hold.code, **hold.details})
        if hold.code == "wallet_too_low":
            return ParcelRow(hand_in, parcel, reason.status, why, _("Top up"), reverse("portal:top-up"))
        return ParcelRow(
            hand_in, parcel, reason.status, why, _("See why"), reverse("portal:order", args=[hand_in.order.code])
        )
    if parcel.status == Parcel.Status.SEALED:
        return ParcelRow(hand_in, parcel, LABEL[parcel.label.status] if parcel.label else LABEL["wanted"])
    return ParcelRow(hand_in, parcel, PARCEL[parcel.status])
