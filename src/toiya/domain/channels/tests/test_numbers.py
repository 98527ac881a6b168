"""The number a site is told: by rule, of what is neither sold nor kept back nor too old (L05)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from tests.bundles_world import a_bundle
from tests.links_world import an_offer, linked, offered
from tests.world import NOON, WORLD, a_seller, a_shop, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.domain.allocation.actions.policies import Policy, set_allocation_rules, set_sku_buffer, shut_warehouse
from toiya.domain.catalog.models import Sku
from toiya.domain.channels import telling_queries
from toiya.domain.channels.actions.numbers import NumberRuleOutOfRange, set_listing_rules, set_shop_rules
from toiya.domain.channels.models import Connection, Listing, ListingRules, ShopRules
from toiya.domain.channels.number_rules import PLAIN, Cause, NumberRule, cause_of, number_to_show
from toiya.domain.channels.sql import shelf
from toiya.domain.orders.models import Order
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Warehouse

TABLE = [
    # there, pieces in one, rule, shown
    (7, 1, PLAIN, 7),
    (0, 1, PLAIN, 0),
    (7, 3, PLAIN, 2),
    (7, 1, NumberRule(buffer_pieces=2), 5),
    (7, 1, NumberRule(buffer_pieces=9), 0),
    (7, 3, NumberRule(buffer_pieces=2), 1),
    (7, 1, NumberRule(share_percent=50), 3),
    (7, 2, NumberRule(share_percent=50), 1),
    (9, 1, NumberRule(buffer_pieces=1, share_percent=25), 2),
    (7, 1, NumberRule(most_shown=5), 5),
    (3, 1, NumberRule(most_shown=5), 3),
    (7, 1, NumberRule(most_shown=0), 0),
    (2, 1, NumberRule(closed_below=3), 0),
    (3, 1, NumberRule(closed_below=3), 3),
    (7, 1, NumberRule(most_shown=2, closed_below=3), 0),
    (9, 2, NumberRule(1, 50, 3, 2), 2),
]


@pytest.mark.parametrize(("there", "pieces", "rule", "shown"), TABLE)
def test_a_number_follows_buffer_share_cap_and_closing(there: int, pieces: int, rule: NumberRule, shown: int) -> None:
    assert number_to_show(there, pieces, rule) == shown


@pytest.mark.parametrize(
    ("site", "told", "status", "cause"),
    [
        (5, None, "", Cause.NOT_TOLD),
        (5, 5, "waiting", Cause.ON_ITS_WAY),
        (5, None, "rejected", Cause.NOT_TAKEN),
        (5, 3, "given_up", Cause.NOT_TAKEN),
        (2, 3, "accepted", Cause.SOLD_MEANWHILE),
        (9, 3, "accepted", Cause.CHANGED_AT_SITE),
    ],
)
def test_a_difference_has_one_likely_cause(site: int, told: int | None, status: str, cause: Cause) -> None:
    assert cause_of(site, told, status) is cause


@pytest.fixture
def shop(db: None) -> Connection:
    return a_shop(a_seller(), at=NOON - timedelta(hours=1))


@pytest.fixture
def sku(shop: Connection) -> Sku:
    return a_sku(shop.seller)


@pytest.fixture
def warehouse(sku: Sku) -> Warehouse:
    warehouse = a_warehouse()
    stock_of(sku, warehouse, 7)
    return warehouse


def due(shop: Connection) -> dict[str, int]:
    numbers = shelf.numbers_of_shop(shop.seller_id, shop.pk, NOON)
    names = dict(Listing.objects.values_list("pk", "external_id"))
    return {names[number.listing_id]: number.due for number in numbers}


def test_the_database_counts_as_the_rule_does(shop: Connection) -> None:
    warehouse = a_warehouse()
    skus = {there: a_sku(shop.seller, f"S-{there}") for there in {row[0] for row in TABLE}}
    for there, sku in skus.items():
        if there:
            stock_of(sku, warehouse, there)
    listings = offered(shop, *(an_offer(f"{place:02}") for place in range(len(TABLE))))
    for listing, (there, pieces, rule, _shown) in zip(listings, TABLE, strict=True):
        linked(listing, skus[there], pieces)
        set_listing_rules(listing_ids=[listing.pk], rule=rule, actor=WORLD, at=NOON)

    assert due(shop) == {f"{place:02}": row[3] for place, row in enumerate(TABLE)}


@pytest.mark.seed("L05")
def test_a_listings_own_rule_counts_before_the_shops(shop: Connection, sku: Sku, warehouse: Warehouse) -> None:
    one, two = offered(shop, an_offer("1"), an_offer("2"))
    linked(one, sku), linked(two, sku)
    seller = acting_for(shop.seller)

    set_shop_rules(connection_code=shop.code, rule=NumberRule(most_shown=4), actor=seller, at=NOON)
    set_listing_rules(listing_ids=[two.pk], rule=NumberRule(buffer_pieces=1), actor=seller, at=NOON)
    assert due(shop) == {"1": 4, "2": 6}
    assert telling_queries.rules_of([one, two]) == {one.pk: NumberRule(most_shown=4), two.pk: NumberRule(1)}

    set_listing_rules(listing_ids=[two.pk], rule=None, actor=seller, at=NOON)
    assert due(shop) == {"1": 4, "2": 4}


@pytest.mark.parametrize(
    "rule", [NumberRule(share_percent=0), NumberRule(share_percent=101), NumberRule(most_shown=1_000_001)]
)
def test_a_number_that_no_shop_means_changes_nothing(shop: Connection, rule: NumberRule) -> None:
    (one,) = offered(shop, an_offer("1"))
    with pytest.raises(NumberRuleOutOfRange), transaction.atomic():
        set_shop_rules(connection_code=shop.code, rule=rule, actor=WORLD, at=NOON)
    with pytest.raises(NumberRuleOutOfRange), transaction.atomic():
        set_listing_rules(listing_ids=[one.pk], rule=rule, actor=WORLD, at=NOON)
    assert not ShopRules.objects.exists()
    assert not ListingRules.objects.exists()


def test_nobody_sets_the_numbers_of_another_seller(shop: Connection) -> None:
    (one,) = offered(shop, an_offer("1"))
    stranger = acting_for(a_seller("Other"))
    with pytest.raises(NotFound):
        set_shop_rules(connection_code=shop.code, rule=PLAIN, actor=stranger, at=NOON)
    with pytest.raises(NotFound):
        set_listing_rules(listing_ids=[one.pk], rule=PLAIN, actor=stranger, at=NOON)
    with pytest.raises(NotFound):
        set_listing_rules(listing_ids=[], rule=PLAIN, actor=stranger, at=NOON)


@pytest.mark.seed("L05", "L07")
def test_what_was_sold_is_not_offered_again_before_it_is_promised(
    shop: Connection, sku: Sku, warehouse: Warehouse
) -> None:
    linked(offered(shop, an_offer("1"))[0], sku)
    waits = an_order(shop.seller, {"LT-NVM": 3})
    assert due(shop) == {"1": 4}

    judged(waits)
    assert due(shop) == {"1": 4}
    judged(an_order(shop.seller, {"LT-NVM": 9}))
    assert due(shop) == {"1": 0}


def test_an_unpaid_order_whose_promise_ended_gives_its_pieces_back(
    shop: Connection, sku: Sku, warehouse: Warehouse
) -> None:
    linked(offered(shop, an_offer("1"))[0], sku)
    order = an_order(shop.seller, {"LT-NVM": 3})
    Order.objects.filter(pk=order.pk).update(status="waiting", waiting_reason="promise_expired", paid_at=None)
    assert due(shop) == {"1": 7}


def test_what_the_seller_keeps_back_is_not_offered(shop: Connection, sku: Sku, warehouse: Warehouse) -> None:
    linked(offered(shop, an_offer("1"))[0], sku)
    set_allocation_rules(seller_id=shop.seller_id, policy=Policy(buffer_pieces=2), actor=WORLD, at=NOON)
    assert due(shop) == {"1": 5}
    set_sku_buffer(sku_code=sku.code, pieces=6, actor=WORLD, at=NOON)
    assert due(shop) == {"1": 1}


def test_what_expires_too_soon_or_lies_in_a_shut_warehouse_is_not_offered(
    shop: Connection, sku: Sku, warehouse: Warehouse
) -> None:
    linked(offered(shop, an_offer("1"))[0], sku)
    stock_of(sku, a_warehouse("OSA", "Osaka"), 5)
    assert due(shop) == {"1": 12}

    BinStock.objects.filter(warehouse=warehouse).update(expires_on=date(2026, 12, 1))
    set_allocation_rules(seller_id=shop.seller_id, policy=Policy(expiry_days=30), actor=WORLD, at=NOON)
    assert due(shop) == {"1": 5}
    shut_warehouse(warehouse_code="OSA", is_shut=True, actor=WORLD, at=NOON)
    assert due(shop) == {"1": 0}


def test_a_bundle_is_offered_as_often_as_its_scarcest_part_allows(
    shop: Connection, sku: Sku, warehouse: Warehouse
) -> None:
    stock_of(a_sku(shop.seller, "TIN"), warehouse, 9)
    gift = a_bundle(shop.seller, "GIFT", {"LT-NVM": 2, "TIN": 1})
    linked(offered(shop, an_offer("1"))[0], gift)
    assert due(shop) == {"1": 3}

    an_order(shop.seller, {"LT-NVM": 2})
    assert due(shop) == {"1": 2}
    an_order(shop.seller, {"GIFT": 1})
    assert due(shop) == {"1": 1}
    set_sku_buffer(sku_code=sku.code, pieces=3, actor=WORLD, at=NOON)
    assert due(shop) == {"1": 0}
