"""What a piece put together costs: the card of the day it is asked for, else the warehouse's own price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from toiya.core.money import Money
from toiya.domain.assembly import queries
from toiya.domain.catalog.models import Sku
from toiya.domain.pricing.actions.charging import price
from toiya.domain.pricing.rules import Entry, Kind
from toiya.domain.warehouses.models import Warehouse


def house_day(warehouse: Warehouse, at: datetime) -> date:
    """The day in the warehouse."""
    return at.astimezone(ZoneInfo(warehouse.time_zone)).date()


def piece_entry(sku: Sku, warehouse: Warehouse, list_price_minor: int, at: datetime) -> Entry:
    """One piece of that bundle put together there on that day."""
    facts = {"warehouse": warehouse.code, "sku": sku.code}
    return Entry(Kind.ASSEMBLY_PIECE, house_day(warehouse, at), sku.code, 1, facts, list_price_minor)


def prices_of(sku: Sku, warehouses: Sequence[Warehouse], at: datetime) -> dict[int, Money]:
    """The same for several warehouses, by id (one statement, and one for each)."""
    listed = queries.prices_at(warehouses, at)
    return {house.pk: _priced(sku, house, listed[house.pk], at) for house in warehouses}


def price_of_piece(sku: Sku, warehouse: Warehouse, at: datetime) -> Money:
    """What one piece costs that is asked for now (two statements)."""
    return _priced(sku, warehouse, queries.prices_at([warehouse], at)[warehouse.pk], at)


def _priced(sku: Sku, warehouse: Warehouse, listed: Money, at: datetime) -> Money:
    entry = piece_entry(sku, warehouse, listed.minor, at)
    quote = price(seller=sku.seller, warehouse=warehouse, entries=[entry], on=entry.on, currency=listed.currency)
    return Money(quote.total_minor, listed.currency)
