"""Items and SKUs as lists and grids show them, with stock and links: as many queries for one row as for fifty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict

from toiya.core.actor import Actor
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.catalog.queries import items_listed, items_with_words
from toiya.domain.channels.models import Listing
from toiya.domain.stock.models import Balance
from toiya.web.portal.amounts import shown_amount
from toiya.web.portal.sku_rows import with_stock

SHOWN_ZONE = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of items is narrowed to (A073)."""

    words: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        """From the address; what cannot be read is left out."""
        state = query.get("state", "")
        return cls(
            words=query.get("q", "")[:100],
            state=state if state in ("on", "off") else "",
            since=_day(query.get("since", "")),
            until=_day(query.get("until", "")),
        )

    @property
    def is_any(self) -> bool:
        return bool(self.words.strip() or self.state or self.since or self.until)


def items_found(actor: Actor, filters: Filters) -> QuerySet[Any]:
    """The actor's items, narrowed, with options, own quantity and pieces on hand."""
    found = items_with_words(items_listed(actor), filters.words)
    if filters.state:
        found = found.filter(is_active=filters.state == "on")
    if filters.since:
        found = found.filter(registered_at__gte=_midnight(filters.since))
    if filters.until:
        found = found.filter(registered_at__lt=_midnight(filters.until + timedelta(days=1)))
    balances = Balance.objects.filter(seller_id=OuterRef("seller_id"), sku__item=OuterRef("pk")).order_by()
    pieces = balances.values("sku__item").annotate(sum=Sum("on_hand")).values("sum")
    counted: QuerySet[Any] = found.annotate(on_hand=Coalesce(Subquery(pieces), 0))
    return counted


@dataclass(frozen=True, slots=True)
class GridRow:
    """One SKU in the item's grid (A086, A102)."""

    sku: Any
    price: str
    surcharge: str
    links: int


def grid_of(item: InventoryItem, skus: QuerySet[Sku]) -> QuerySet[Any]:
    """The SKUs of an item with stock and number of linked listings, in the order of their codes."""
    listings = Listing.objects.filter(seller_id=item.seller_id, sku=OuterRef("pk"), is_gone=False).order_by()
    counted = listings.values("sku").annotate(each=Count("pk")).values("each")
    grid: QuerySet[Any] = with_stock(skus.filter(item=item)).annotate(
        links=Coalesce(Subquery(counted), 0), price_minor=F("surcharge_minor") + item.price_minor
    )
    return grid


def grid_rows(item: InventoryItem, skus: Sequence[Any]) -> list[GridRow]:
    """The rows of the grid with their amounts as text."""
    return [
        GridRow(
            sku=sku,
            price=shown_amount(sku.price_minor, item.currency),
            surcharge=shown_amount(sku.surcharge_minor, item.currency),
            links=sku.links,
        )
        for sku in skus
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHOWN_ZONE)
