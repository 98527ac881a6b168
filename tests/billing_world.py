"""Bills in the tests: a rate card for slow goods, goods that come and are sold on chosen days, fees that are taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.world import WORLD
from toiya.core.actor import Actor, system_actor
from toiya.domain.billing.actions.closing import close_statement, open_statement
from toiya.domain.billing.actions.issuing import Firm, set_issuer
from toiya.domain.billing.actions.noting import Giving
from toiya.domain.billing.models import Invoice, Issuer, Statement
from toiya.domain.catalog.models import Sku
from toiya.domain.dues.actions.crediting import issue_credit_note
from toiya.domain.members.models import Seller
from toiya.domain.pricing.actions.cards import For, approve_version, assign_card, draft_card
from toiya.domain.pricing.actions.charging import price, write_charges
from toiya.domain.pricing.models import RateCard
from toiya.domain.pricing.rules import NO_ZONES, Entry, Facts, Kind, Rate, Zones
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger as stock
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.wallet.actions import ledger as wallet
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.models import Warehouse

NOVEMBER = date(2026, 11, 1)
BEFORE = datetime(2026, 10, 31, 3, 0, tzinfo=UTC)
MIDDLE = datetime(2026, 12, 15, 3, 0, tzinfo=UTC)  # noon of the day on which November is closed
NOTED = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)
# Each piece left of a SKU with fewer than 10 shipped costs 30 yen, but not in its first month (A069, A171).
SLOW = [Rate(Kind.STORAGE_MONTH, Decimal(30), {"shipped_under": 10, "is_first_month": 0})]
OTHER_PERSON = system_actor("second person")
T_NUMBER = "T7000012050002"


def on_day(month: int, day: int, hour: int = 3) -> datetime:
    """A moment of 2026 in UTC; 3 o'clock is noon in Japan."""
    return datetime(2026, month, day, hour, 0, tzinfo=UTC)


def a_card(
    rates: Sequence[Rate] = SLOW, *, from_on: date = NOVEMBER, at: datetime = BEFORE, zones: Zones = NO_ZONES
) -> RateCard:
    """A card in force from that day on for everybody."""
    name = f"Card {RateCard.objects.count() + 1}"
    card = draft_card(name=name, rates=rates, from_on=from_on, zones=zones, actor=WORLD, at=at)
    approve_version(card_code=card.code, number=1, actor=OTHER_PERSON, at=at)
    assign_card(card_code=card.code, to=For(), from_on=from_on, actor=WORLD, at=at)
    return card


def sold(sku: Sku, warehouse: Warehouse, pieces: int, at: datetime, *, bin_code: str = "A01-01-1") -> None:
    """Pieces that left for a buyer."""
    sql.lock_balances(sku.seller_id, [warehouse.pk], [sku.pk])
    book = Book(sku.seller_id, warehouse.pk, WORLD.name, at)
    stock.allocate(book, [Post(sku.pk, pieces, "ORD-TEST")])
    stock.ship(book, [Post(sku.pk, pieces, "ORD-TEST", warehouse.bins.get(code=bin_code).pk)])


def fee(
    seller: Seller,
    warehouse: Warehouse,
    source: str,
    minor: int,
    at: datetime,
    *,
    kind: Kind = Kind.SHIPPING,
    **facts: str | int,
) -> None:
    """A fee of the list, set aside and taken with its charge."""
    told: Facts = {"warehouse": warehouse.code, "service": "nekopos", **facts}
    entry = Entry(kind, at.date(), source, 1, told, minor)
    quote = price(seller=seller, warehouse=warehouse, entries=[entry], on=at.date())
    purse = Purse(seller.pk, seller.currency, WORLD.name, at)
    wallet.reserve(purse, {source: quote.total_minor})
    write_charges(seller_id=seller.pk, source=source, quote=quote, at=at)
    wallet.capture(purse, [source])


def a_bill(seller: Seller, month: date = NOVEMBER, at: datetime = BEFORE) -> Statement:
    """A running bill."""
    return open_statement(seller_id=seller.pk, month=month, actor=WORLD, at=at)


def a_closed_bill(seller: Seller, month: date = NOVEMBER, at: datetime = MIDDLE) -> Statement:
    """The month's bill, closed."""
    return close_statement(code=a_bill(seller, month).code, actor=WORLD, at=at)


def noted(
    invoice: Invoice,
    amount: int,
    *,
    reason: str = "charged twice",
    token: str = "",
    line: int = 0,
    actor: Actor = WORLD,
    at: datetime = NOTED,
) -> Invoice:
    """A part of an invoice given back by credit note, of its lines in their order or of one."""
    giving = Giving(invoice.number, 10, amount, reason, token, line)
    return issue_credit_note(giving=giving, actor=actor, at=at)


def an_issuer(**more: str | bool) -> Issuer:
    """The operator as it stands on invoices."""
    told = {"name": "株式会社問屋", "address": "千葉県船橋市浜町2-1-1", "registration_number": T_NUMBER, **more}
    return set_issuer(firm=Firm(**told), actor=WORLD, at=BEFORE)  # type: ignore[arg-type]
