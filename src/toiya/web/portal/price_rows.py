"""The seller's price list (A196): the rules of the cards that hold for it, and the list prices where none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from toiya.domain.assembly import queries as assembly
from toiya.domain.carriers.queries import services
from toiya.domain.inbound import queries as inbound
from toiya.domain.inbound.rules import Asked, fee_entries
from toiya.domain.members.models import Seller
from toiya.domain.outbound.models import PackagingBox
from toiya.domain.pricing import card_rules, queries
from toiya.domain.pricing.rules import Card, Entry, Facts, Kind, Period, Rate, rate
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.shared import price_words
from toiya.web.shared.price_words import PriceRow
from toiya.web.shared.reader import Request


@dataclass(frozen=True, slots=True)
class Prices:
    """Two tables in the reader's words, and where the zones are that they name."""

    own: list[PriceRow]
    listed: list[PriceRow]
    on: date
    zones: list[tuple[str, str]]


def prices_of(request: Request, seller: Seller, warehouse: Warehouse, language: str) -> Prices:
    """The prices of today in a warehouse (a constant number of statements)."""
    on = request.at.astimezone(calendar_of(warehouse).zone).date()
    card = queries.card_for(seller, warehouse, on)
    own = price_words.rows_of(card_rules.visible(card), card.currency, language)
    listed = [
        price_words.row_of(rule, card.currency, language, words)
        for rule, words in _listed(card, warehouse, request, on)
    ]
    zones = [(name, " ".join(card.zones[name])) for name in sorted(card.zones)]
    return Prices(own, listed, on, zones)


def _listed(card: Card, warehouse: Warehouse, request: Request, on: date) -> Iterator[tuple[Rate, str]]:
    """List prices that no rule of the card replaces, with words of what they are for."""
    for entry, words in [*_services(warehouse, on), *_boxes(warehouse, on), *_work(warehouse, request, on)]:
        if entry.list_price_minor is None or _has_rule(card, entry):
            continue
        yield price_words.listed_rate(entry, card.currency), words


def _has_rule(card: Card, entry: Entry) -> bool:
    lines = rate(card, [entry], Period.day(entry.on))
    return bool(lines and lines[0].card)


def _facts(warehouse: Warehouse, **more: str) -> Facts:
    return {"warehouse": warehouse.code, **more}


def _services(warehouse: Warehouse, on: date) -> Iterator[tuple[Entry, str]]:
    for service in services():
        yield (
            Entry(Kind.SHIPPING, on, "", 1, _facts(warehouse, service=service.code), service.price_minor),
            service.name,
        )


def _boxes(warehouse: Warehouse, on: date) -> Iterator[tuple[Entry, str]]:
    boxes = PackagingBox.objects.filter(warehouse=warehouse, is_active=True, price_minor__gt=0)
    for box in boxes.order_by("price_minor", "code"):
        yield Entry(Kind.PACKAGING, on, "", 1, _facts(warehouse, box=box.code), box.price_minor), box.name


def _work(warehouse: Warehouse, request: Request, on: date) -> Iterator[tuple[Entry, str]]:
    fees = inbound.fees_of(warehouse.pk)
    asked = Asked(1, 1, wants_check=True, wants_labels=True, is_express=True)
    for entry in fee_entries(fees, asked, subject="", on=on, facts=_facts(warehouse)):
        yield entry, ""
    piece = assembly.prices_at([warehouse], request.at)[warehouse.pk]
    yield Entry(Kind.ASSEMBLY_PIECE, on, "", 1, _facts(warehouse), piece.minor), ""
