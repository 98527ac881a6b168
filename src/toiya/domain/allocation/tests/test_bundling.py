"""Virtual bundles: made of parts, promised as their parts, and refused where that cannot be true."""

from __future__ import annotations

import pytest

from tests.books import findings, fingerprint
from tests.bundles_world import a_bundle, in_packs_of, own_sku
from tests.world import NOON, WORLD, a_seller, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.allocation.actions.bundling import BundleHasStock, BundlePromised, make_bundle, unmake_bundle
from toiya.domain.allocation.actions.promising import take_back_allocation
from toiya.domain.allocation.models import Allocation, WaitReason
from toiya.domain.catalog.actions.bundles import (
    BundleIsPart,
    BundleWithoutParts,
    Part,
    PartIsBundle,
    PartQuantityOff,
    PartTwice,
)
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.stock.actions.goods import BundleOfParts
from toiya.domain.stock.bundles import available_bundles
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


@pytest.fixture
def gift(seller: Seller, warehouse: Warehouse) -> Sku:
    """GIFT: two cups and a tin; five cups and nine tins lie there."""
    gift = a_bundle(seller, "GIFT", {"CUP": 2, "TIN": 1})
    stock_of(own_sku(seller, "CUP"), warehouse, 5)
    stock_of(own_sku(seller, "TIN"), warehouse, 9)
    return gift


def promised(order: Order) -> dict[str, int]:
    codes = dict(Sku.objects.values_list("pk", "seller_code"))
    rows = Allocation.objects.filter(order_id=order.pk)
    return {codes[row.sku_id]: row.quantity for row in rows}


def refused(expected: type[Refusal], seller: Seller, code: str, *parts: Part) -> None:
    before = fingerprint("catalog_", "core_event")
    with pytest.raises(expected):
        make_bundle(sku_code=own_sku(seller, code).code, parts=parts, actor=acting_for(seller), at=NOON)
    assert fingerprint("catalog_", "core_event") == before


@pytest.mark.seed("L11")
def test_an_order_of_a_bundle_is_promised_its_parts(gift: Sku) -> None:
    (order,) = judged(an_order(gift.seller, {"GIFT": 2}))
    assert (order.status, promised(order)) == ("allocated", {"CUP": 4, "TIN": 2})
    assert EventRow.objects.get(name="order.allocated").data["pieces"] == 6
    assert findings() == []


def test_the_same_sku_as_part_and_as_line_is_judged_together(gift: Sku) -> None:
    (both,) = judged(an_order(gift.seller, {"GIFT": 2, "CUP": 2}))
    assert (both.status, promised(both)) == ("waiting", {})
    (fits,) = judged(an_order(gift.seller, {"GIFT": 2, "CUP": 1}))
    assert fits.status == "allocated"
    assert sorted(Allocation.objects.filter(order_id=fits.pk).values_list("quantity", flat=True)) == [1, 2, 4]
    assert findings() == []


def test_pieces_of_each_thing_bought_multiply(gift: Sku) -> None:
    (order,) = judged(in_packs_of(an_order(gift.seller, {"GIFT": 1, "TIN": 1}), 2))
    assert sorted(Allocation.objects.values_list("quantity", flat=True)) == [2, 2, 4]
    assert [line.pieces for line in order.lines.order_by("pk")] == [2, 2]
    assert findings() == []


def test_the_reason_names_the_part_that_is_missing(gift: Sku) -> None:
    (order,) = judged(an_order(gift.seller, {"GIFT": 3}))
    reason = WaitReason.objects.get(order_id=order.pk)
    cup = own_sku(gift.seller, "CUP")
    assert reason.code == "not_enough_stock"
    assert reason.details == {"sku_id": cup.pk, "needed": 6, "available": 5, "bundle_id": gift.pk}
    assert not Balance.objects.filter(allocated__gt=0).exists()


def test_an_allocation_taken_back_frees_every_part(gift: Sku) -> None:
    (order,) = judged(an_order(gift.seller, {"GIFT": 2}))
    take_back_allocation(order_code=order.code, actor=WORLD, at=NOON)
    assert not Balance.objects.filter(allocated__gt=0).exists()
    assert findings() == []


@pytest.mark.seed("L11")
def test_a_bundle_is_available_as_often_as_its_parts_are_in_one_warehouse(gift: Sku, warehouse: Warehouse) -> None:
    other = a_warehouse("YKH", "Yokohama")
    stock_of(own_sku(gift.seller, "CUP"), other, 8)
    assert available_bundles(gift.seller_id, [gift.pk]) == {gift.pk: {warehouse.pk: 2, other.pk: 0}}
    judged(an_order(gift.seller, {"CUP": 2}))
    assert available_bundles(gift.seller_id, [gift.pk]) == {gift.pk: {warehouse.pk: 1, other.pk: 0}}


def test_waiting_orders_go_on_with_the_new_parts(gift: Sku) -> None:
    order = an_order(gift.seller, {"GIFT": 3})
    judged(order)
    a_bundle(gift.seller, "GIFT", {"CUP": 1, "TIN": 1})
    (order,) = judged(order)
    assert (order.status, promised(order)) == ("allocated", {"CUP": 3, "TIN": 3})


def test_a_bundle_with_promised_orders_stays_as_it_is(gift: Sku) -> None:
    (order,) = judged(an_order(gift.seller, {"GIFT": 1}))
    refused(BundlePromised, gift.seller, "GIFT", Part(own_sku(gift.seller, "TIN").code, 1))
    with pytest.raises(BundlePromised):
        unmake_bundle(sku_code=gift.code, actor=WORLD, at=NOON)
    take_back_allocation(order_code=order.code, actor=WORLD, at=NOON)
    unmake_bundle(sku_code=gift.code, actor=WORLD, at=NOON)
    gift.refresh_from_db()
    assert (gift.bundle_kind, gift.parts.count(), gift.version) == ("", 0, 2)
    assert findings() == []


def test_what_makes_no_bundle_is_refused_and_changes_nothing(gift: Sku) -> None:
    seller, cup, tin = gift.seller, own_sku(gift.seller, "CUP"), own_sku(gift.seller, "TIN")
    own_sku(seller, "SET")
    refused(BundleWithoutParts, seller, "SET")
    refused(PartTwice, seller, "SET", Part(cup.code, 1), Part(cup.code, 2))
    refused(PartIsBundle, seller, "SET", Part(gift.code, 1))
    refused(PartIsBundle, seller, "SET", Part(own_sku(seller, "SET").code, 1))
    refused(PartQuantityOff, seller, "SET", Part(cup.code, 0))
    refused(BundleIsPart, seller, "CUP", Part(tin.code, 1))
    refused(NotFound, seller, "SET", Part(own_sku(a_seller("Kumo"), "CUP").code, 1))


def test_a_sku_with_pieces_of_its_own_is_no_bundle_and_a_bundle_gets_none(gift: Sku, warehouse: Warehouse) -> None:
    stock_of(own_sku(gift.seller, "BOX"), warehouse, 1)
    refused(BundleHasStock, gift.seller, "BOX", Part(own_sku(gift.seller, "TIN").code, 1))
    with pytest.raises(BundleOfParts):
        stock_of(gift, warehouse, 1)


def test_another_sellers_sku_is_not_found(gift: Sku) -> None:
    stranger = acting_for(a_seller("Kumo"))
    with pytest.raises(NotFound):
        make_bundle(sku_code=gift.code, parts=[], actor=stranger, at=NOON)
    with pytest.raises(NotFound):
        unmake_bundle(sku_code=gift.code, actor=stranger, at=NOON)
