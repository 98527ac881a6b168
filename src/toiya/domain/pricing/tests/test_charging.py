"""The steps that higher packages charge with: a quote, and the same quote written once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.books import findings
from tests.pricing_world import TODAY, a_rate, in_force
from tests.world import NOON, a_seller, a_warehouse
from toiya.domain.members.models import Seller
from toiya.domain.pricing import queries
from toiya.domain.pricing.actions.charging import price, write_charges
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Entry, Kind, Period, rate
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
FACTS = {"service": "post", "warehouse": "FNB"}
ENTRIES = [
    Entry(Kind.SHIPPING, TODAY, "PCL-1", 1, FACTS, 310),
    Entry(Kind.PICK_FIRST, TODAY, "PCL-1", 1, FACTS, None, (11,)),
    Entry(Kind.PICK_MORE, TODAY, "PCL-1", 4, FACTS, None, (11, 12)),
]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


def rows(source: str = "PCL-1") -> list[tuple[str, int, str, str, int]]:
    found = Charge.objects.filter(source=source).order_by("number")
    return [(row.kind, row.amount_minor, row.formula, row.card_code, row.card_version) for row in found]


def test_a_quote_is_priced_by_the_card_else_by_the_list_and_keeps_what_has_no_price(
    seller: Seller, house: Warehouse, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    card = in_force(a_rate(Kind.PICK_MORE, "8"))
    with django_assert_num_queries(1):
        quote = price(seller=seller, warehouse=house, entries=ENTRIES, on=TODAY)
    assert (quote.total_minor, quote.currency) == (342, "JPY")
    with django_assert_num_queries(1):
        write_charges(seller_id=seller.pk, source="PCL-1", quote=quote, at=NOON)
    assert rows() == [
        ("shipping", 310, "1 × 310", "", 0),
        ("pick_more", 32, "4 × 8", card.code, 1),
        ("pick_first", 0, "", "", 0),
    ]
    assert Charge.objects.priced().count() == 2
    assert findings("I08") == []


def test_the_same_source_is_charged_once(seller: Seller, house: Warehouse) -> None:
    quote = price(seller=seller, warehouse=house, entries=ENTRIES, on=TODAY)
    for _ in range(2):
        write_charges(seller_id=seller.pk, source="PCL-1", quote=quote, at=NOON)
    assert len(rows()) == 3


def test_a_charge_replays_from_its_stored_fact_and_card(seller: Seller, house: Warehouse) -> None:
    in_force(a_rate(Kind.PICK_MORE, "8", service="post"))
    quote = price(seller=seller, warehouse=house, entries=ENTRIES, on=TODAY)
    write_charges(seller_id=seller.pk, source="PCL-1", quote=quote, at=NOON)
    for charge in Charge.objects.priced():
        card = queries.version_of(charge.card_code, charge.card_version)
        (line,) = rate(card, [charge.fact], Period.day(TODAY))
        assert (line.amount_minor, line.formula) == (charge.amount_minor, charge.formula)
        assert charge.fact in ENTRIES


def test_tomorrows_prices_do_not_touch_todays_charges(seller: Seller, house: Warehouse) -> None:
    in_force(a_rate(Kind.SHIPPING, "999"), from_on=TODAY + timedelta(days=1))
    assert price(seller=seller, warehouse=house, entries=ENTRIES, on=TODAY).total_minor == 310


def test_a_wallet_in_another_currency_is_priced_by_its_own_cards_only(seller: Seller, house: Warehouse) -> None:
    in_force(a_rate(Kind.SHIPPING, "999"))
    quote = price(seller=seller, warehouse=house, entries=ENTRIES, on=TODAY, currency="USD")
    assert (quote.total_minor, quote.currency, quote.lines[0].formula) == (310, "USD", "1 × 3.1")


def test_a_charge_is_never_changed(seller: Seller, house: Warehouse) -> None:
    quote = price(seller=seller, warehouse=house, entries=ENTRIES, on=TODAY)
    write_charges(seller_id=seller.pk, source="PCL-1", quote=quote, at=NOON)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE pricing_charge SET amount_minor = 1")
