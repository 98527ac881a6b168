"""What claimed pieces are worth by our data, and what a carrier's service pays for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from toiya.domain.carriers.models import CarrierScan, ServiceTerms
from toiya.domain.catalog.models import Sku
from toiya.domain.claims import rules
from toiya.domain.claims.models import ClaimLine, FilingTerms
from toiya.domain.orders.models import Line
from toiya.domain.outbound.models import Content, Parcel
from toiya.domain.warehouses.models import Warehouse

Basis = ClaimLine.Basis


@dataclass(frozen=True, slots=True)
class Valued:
    """Pieces of a SKU and what one of them is worth."""

    sku: Sku
    quantity: int
    unit_value_minor: int
    basis: str

    @property
    def value_minor(self) -> int:
        return self.quantity * self.unit_value_minor


def valued(sku: Sku, quantity: int, currency: str, sold: Mapping[int, int] = {}) -> Valued:
    """
    Pieces of a SKU by the item's price and the option's surcharge, else by what the buyer paid for a piece.

    A value in another currency than the claim's is not known; a person says it.

    :param sold: by SKU, what a piece was sold for
    """
    price = (sku.item.price_minor or 0) + sku.surcharge_minor if sku.item.currency == currency else 0
    if price > 0:
        return Valued(sku, quantity, price, Basis.PRICE)
    if sold.get(sku.pk):
        return Valued(sku, quantity, sold[sku.pk], Basis.SOLD)
    return Valued(sku, quantity, 0, Basis.UNKNOWN)


def contents_of(parcel: Parcel, currency: str) -> list[Valued]:
    """What lies in a parcel, each SKU once; of one that its seller packed, what was ordered."""
    order = parcel.order
    lines = list(Line.objects.filter(order_id=order.pk, is_cancelled=False).order_by("pk"))
    found: dict[int, int] = {}
    rows = list(Content.objects.filter(parcel_id=parcel.pk).values_list("sku_id", "quantity"))
    for sku_id, quantity in rows or [(line.sku_id, line.pieces) for line in lines if line.sku_id]:
        found[sku_id] = found.get(sku_id, 0) + quantity
    sold = {}
    if order.currency == currency:
        sold = {line.sku_id: line.unit_price_minor // line.pieces_each for line in lines if line.sku_id}
    skus = Sku.objects.filter(seller_id=parcel.seller_id, pk__in=found).select_related("item").order_by("pk")
    return [valued(sku, found[sku.pk], currency, sold) for sku in skus]


def cap_of(parcel: Parcel) -> int:
    """What the parcel's service pays at most, by its terms of the day it left (A187); 0 when none are told."""
    if parcel.service_id is None or parcel.shipped_at is None:
        return 0
    day = local_day(parcel.shipped_at, parcel.warehouse)
    terms = ServiceTerms.objects.filter(service_id=parcel.service_id, starts_on__lte=day).order_by("-starts_on").first()
    return terms.compensation_minor if terms else 0


def filing_terms_of(carrier: str, day: date) -> FilingTerms | None:
    """By which terms of that day it is to be told; None: nobody entered any."""
    found: FilingTerms | None = (
        FilingTerms.objects.filter(carrier=carrier, starts_on__lte=day).order_by("-starts_on").first()
    )
    return found


def days_to_file(carrier: str, terms: FilingTerms | None) -> int:
    """Within how many days it is to be told."""
    return terms.within_days if terms else (rules.DEFAULT_DAYS if carrier else rules.OWN_DAYS)


def local_day(at: datetime, house: Warehouse) -> date:
    """The day it was at the warehouse."""
    return at.astimezone(ZoneInfo(house.time_zone)).date()


def last_seen(parcel: Parcel) -> datetime | None:
    """When its carrier scanned it last, or when it left."""
    scan = CarrierScan.objects.filter(label=parcel.label).order_by("-happened_at").first()
    return scan.happened_at if scan else parcel.shipped_at


def facts_of(parcel: Parcel) -> dict[str, Any]:
    """The records of a parcel that left, without its buyer; instants as text."""
    scans = CarrierScan.objects.filter(label=parcel.label).order_by("happened_at", "pk")
    return {
        "parcel": parcel.code,
        "order": parcel.order.code,
        "site_number": parcel.order.external_id,
        "tracking_number": parcel.label.tracking_number if parcel.label else "",
        "service": parcel.service.name if parcel.service else "",
        "weight_g": parcel.weight_g,
        "sealed_at": _told(parcel.sealed_at),
        "shipped_at": _told(parcel.shipped_at),
        "scans": [[scan.state, _told(scan.happened_at)] for scan in scans],
    }


def total(lines: Sequence[Valued]) -> int:
    """What they are worth together."""
    return sum(line.value_minor for line in lines)


def _told(at: datetime | None) -> str:
    return at.isoformat() if at else ""
