"""Past months with another card (D-02): the same facts, other prices; the actual card changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.pricing_world import TODAY, a_card, a_rate, in_force
from tests.world import NOON, a_seller, a_warehouse
from toiya.domain.members.models import Seller
from toiya.domain.pricing import queries
from toiya.domain.pricing.actions.charging import price, quoted, write_charges
from toiya.domain.pricing.models import CardVersion
from toiya.domain.pricing.rules import Entry, Kind, Period
from toiya.domain.pricing.what_if import Asked, Pair, charges_anew, quote_card
from toiya.domain.warehouses.models import Warehouse

NOVEMBER = Period.month(2026, 11)
MUG, PEN = "300000000001-00001", "300000000002-00001"


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


@pytest.fixture
def house(seller: Seller) -> Warehouse:
    return a_warehouse()


def charged(seller: Seller, house: Warehouse, source: str, *entries: Entry, on: date = TODAY) -> None:
    dated = [entry._replace(on=on) for entry in entries]
    write_charges(
        seller_id=seller.pk,
        source=source,
        quote=price(seller=seller, warehouse=house, entries=dated, on=on),
        at=NOON,
    )


def a_month(seller: Seller, house: Warehouse) -> None:
    """A delivery in the express lane, two parcels, and the storage of two SKUs."""
    inbound = [
        Entry(Kind.INBOUND_EXPRESS, TODAY, "CB-1", 1, {}, 50),
        Entry(Kind.INBOUND_PIECE, TODAY, "CB-1", 100, {}, 5),
    ]
    charged(seller, house, "CB-1", *inbound)
    for parcel in ("PCL-1", "PCL-2"):
        facts = {"service": "post"}
        charged(
            seller, house, parcel,
            Entry(Kind.SHIPPING, TODAY, parcel, 1, facts, 310), Entry(Kind.PICK_MORE, TODAY, parcel, 3, facts),
        )  # fmt: skip
    for sku, left in ((MUG, 20), (PEN, 4)):
        charged(seller, house, f"STG-{sku}", Entry(Kind.STORAGE_MONTH, TODAY, sku, left, {"sku": sku, "shipped": 5}))


def test_the_actual_card_gives_the_actual_total(seller: Seller, house: Warehouse) -> None:
    in_force(a_rate(Kind.STORAGE_MONTH, "30", shipped_under=10), a_rate(Kind.SHIPPING, "295", service="post"))
    a_month(seller, house)
    card = queries.card_for(seller, house, TODAY)

    found = charges_anew(seller, NOVEMBER, Asked(card))

    assert (found.total.actual_minor, found.total.quoted_minor) == (2060, 2060)  # 500 + 250, 2 × 295, 24 × 30
    assert all(pair.difference_minor == 0 for pair in [*found.by_kind.values(), *found.by_sku.values()])


def test_another_card_says_the_difference_by_kind_and_by_sku(
    seller: Seller, house: Warehouse, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Facts without a price are in it: nobody paid for picking yet."""
    in_force(a_rate(Kind.STORAGE_MONTH, "30", shipped_under=10))
    a_month(seller, house)
    other = a_card(
        a_rate(Kind.PICK_MORE, "8"), a_rate(Kind.STORAGE_MONTH, "0"), a_rate(Kind.INBOUND_PIECE, "4"), name="Offer"
    )
    card = quote_card(CardVersion.objects.get(card=other), TODAY)

    with django_assert_num_queries(1):
        found = charges_anew(seller, NOVEMBER, Asked(card))

    assert found.total == Pair(2090, 500 - 100 + 200 + 2 * (310 + 24))
    assert dict(found.by_kind) == {
        Kind.INBOUND_PIECE: Pair(500, 400),
        Kind.INBOUND_EXPRESS: Pair(250, 200),
        Kind.SHIPPING: Pair(620, 620),
        Kind.PICK_MORE: Pair(0, 48),
        Kind.STORAGE_MONTH: Pair(720, 0),
    }
    assert dict(found.by_sku) == {MUG: Pair(600, 0), PEN: Pair(120, 0)}


def test_what_the_offer_does_not_name_costs_what_everybody_pays(seller: Seller, house: Warehouse) -> None:
    in_force(a_rate(Kind.STORAGE_MONTH, "30", shipped_under=10))
    a_month(seller, house)
    offer = a_card(a_rate(Kind.SHIPPING, "300"), name="Offer")
    found = charges_anew(seller, NOVEMBER, Asked(quote_card(CardVersion.objects.get(card=offer), TODAY)))
    assert found.by_kind[Kind.STORAGE_MONTH] == Pair(720, 720)
    assert found.total.difference_minor == -20


def test_other_days_other_sellers_and_money_given_back_are_left_out(seller: Seller, house: Warehouse) -> None:
    charged(seller, house, "PCL-1", Entry(Kind.SHIPPING, TODAY, "PCL-1", 1, {}, 310))
    charged(seller, house, "PCL-2", Entry(Kind.SHIPPING, TODAY, "PCL-2", 1, {}, 310), on=TODAY + timedelta(days=20))
    charged(seller, house, "PCL-3", Entry(Kind.SHIPPING, TODAY, "PCL-3", 1, {}, 310))
    charged(a_seller("Kaede"), house, "PCL-4", Entry(Kind.SHIPPING, TODAY, "PCL-4", 1, {}, 310))
    found = charges_anew(seller, NOVEMBER, Asked(queries.card_for(seller, house, TODAY), without=["PCL-3"]))
    assert found.total == Pair(310, 310)


AMOUNTS = st.lists(
    st.tuples(st.sampled_from(list(Kind)), st.integers(1, 500), st.none() | st.integers(0, 900)), max_size=8
)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(AMOUNTS)
def test_any_month_under_its_own_card_is_what_it_was(facts: list[tuple[Kind, int, int | None]]) -> None:
    seller = a_seller()
    entries = [Entry(kind, TODAY, "CB-1", quantity, {}, listed) for kind, quantity, listed in facts]
    card = queries.card_for(seller, None, TODAY)
    quote = quoted(card, entries)
    write_charges(seller_id=seller.pk, source="CB-1", quote=quote, at=NOON)
    assert charges_anew(seller, NOVEMBER, Asked(card)).total == Pair(quote.total_minor, quote.total_minor)
