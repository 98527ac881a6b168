"""The past with another card or by another service, storage of months that nobody charged too (D-02)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.billing_world import BEFORE, NOVEMBER, a_card, fee, on_day, sold
from tests.floor_world import a_service
from tests.packing_world import a_box
from tests.receiving_world import a_delivery, arrived, counted
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.domain.billing.actions.storing import charge_storage
from toiya.domain.billing.switching import switching
from toiya.domain.billing.what_if import not_due, what_if
from toiya.domain.carriers.actions.terms import offer_service
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.members.models import Seller
from toiya.domain.pricing import queries
from toiya.domain.pricing.rules import Card, Kind, Period, Rate
from toiya.domain.pricing.what_if import Asked, Comparison, Pair
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.queries import balances_of
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
BY_VOLUME = Card("RC-V", 1, "JPY", (Rate(Kind.STORAGE_AVERAGE, Decimal(10), {}),))
TODAY = on_day(12, 10)
SINCE_NOVEMBER = Period(NOVEMBER, date(2026, 12, 11))


def compared(seller: Seller, card: Card, period: Period = SINCE_NOVEMBER) -> Comparison:
    return what_if(seller, period, Asked(card), TODAY)


@pytest.mark.seed("L23")
def test_storage_nobody_charged_is_counted_from_the_goods_up_to_today() -> None:
    """November over and not charged, December running: 20 and 18 pieces left; 25 to 20 and 18 on average."""
    a_card()
    seller, house = a_seller(), a_warehouse()
    sku = a_sku(seller)
    stock_of(sku, house, 25, at=on_day(10, 20))
    sold(sku, house, 5, on_day(11, 16))
    sold(sku, house, 2, on_day(12, 1))
    found = compared(seller, BY_VOLUME)
    average = -(-(15 * 25 + 15 * 20) // 30)
    assert found.total == Pair((20 + 18) * 30, (average + 18) * 10)
    assert dict(found.by_sku) == {sku.code: found.total}
    card = queries.card_for(seller, house, date(2026, 12, 10))
    assert compared(seller, card).total == Pair(1140, 1140)
    november = Period(NOVEMBER, date(2026, 12, 1))
    before = compared(seller, BY_VOLUME, november)
    charge_storage(seller_id=seller.pk, warehouse_id=house.pk, month=NOVEMBER, actor=WORLD, at=TODAY)
    after = compared(seller, BY_VOLUME, november)
    assert (after.total, after.by_sku) == (before.total, before.by_sku)


def test_many_months_and_warehouses_cost_as_many_statements_as_one() -> None:
    a_card()
    seller = a_seller()
    sku = a_sku(seller)
    stock_of(sku, a_warehouse(), 25, at=on_day(6, 20))

    def cost(period: Period) -> int:
        with CaptureQueriesContext(connection) as asked:
            compared(seller, BY_VOLUME, period)
        return len(asked)

    few = cost(Period(date(2026, 12, 1), date(2026, 12, 11)))
    stock_of(sku, a_warehouse("KWG", "Kawagoe"), 25, at=on_day(7, 20))
    assert cost(Period(date(2026, 6, 1), date(2026, 12, 11))) == few


@pytest.fixture
def house() -> Warehouse:
    found = a_warehouse()
    a_box(found, "S60", (250, 200, 100))
    a_box(found, "L120", (500, 400, 250))
    return found


def test_another_service_takes_the_parcels_that_fit_and_leaves_the_others(house: Warehouse) -> None:
    """Of four by Nekopos two go as size 60; one is in too large a box, of one nobody knows the box."""
    a_card([Rate(Kind.SHIPPING, Decimal(760), {"service": "HIKYAKU", "size": 60})])
    a_service("nekopos")
    new = offer_service(service_code="HIKYAKU", price_minor=900, actor=WORLD, at=BEFORE)
    seller = a_seller()
    money_in(seller, 10_000, at=BEFORE)
    for number, (box, weight_g) in enumerate([("S60", 800), ("S60", 1_900), ("L999", 500), ("L120", 40_000)]):
        fee(seller, house, f"PCL-{number}", 385, on_day(11, 10), box=box, weight_g=weight_g)
    fee(seller, house, "PCL-9", 1000, on_day(11, 11), service="TAKKYUBIN", box="S60", weight_g=800)
    card = queries.card_for(seller, house, date(2026, 11, 30))
    change = switching("nekopos", new)
    found = what_if(seller, SINCE_NOVEMBER, Asked(card, change.changed), TODAY)
    assert (change.switched, change.stayed) == (2, 2)
    assert found.by_kind[Kind.SHIPPING] == Pair(4 * 385 + 1000, 2 * 760 + 2 * 385 + 1000)


def test_a_delivery_that_was_counted_anew_is_in_it_once() -> None:
    """500 by the estimate, 1,100 by the count: whether the wallet covers that already or not."""
    seller, house = a_seller(), a_warehouse()
    sku = a_sku(seller)
    bundles = [arrived(a_delivery(seller, house, {sku: 80})) for _ in range(2)]
    counted(bundles[0], sku, 200)
    complete_delivery(bundle_id=bundles[0].pk, actor=WORLD, at=NOON)
    free = balances_of(seller.pk, "JPY").free
    ledger.charge(Purse(seller.pk, "JPY", "World", NOON), {"DUE-1": free}, Use.OTHER)
    counted(bundles[1], sku, 200)
    complete_delivery(bundle_id=bundles[1].pk, actor=WORLD, at=NOON)
    asked = Asked(queries.card_for(seller, house, NOON.date()), without=not_due(seller))
    found = what_if(seller, SINCE_NOVEMBER, asked, NOON)
    assert found.by_kind[Kind.INBOUND_PIECE] == Pair(2 * 1_000, 2 * 1_000)
    assert found.by_kind[Kind.INBOUND_CARTON] == Pair(200, 200)
