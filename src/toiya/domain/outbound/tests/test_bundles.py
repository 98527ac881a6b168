"""A bundle from its bins to the truck: its parts are picked, scanned, weighed and shipped."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.bundles_world import a_bundle, in_packs_of, own_sku
from tests.floor_world import acting_as, labelled, on_the_floor, packed, released, walked
from tests.world import NOON, WORLD, an_order, judged, stock_of
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.packing import open_tote, pack_piece, packing_of
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.models import Content, PickTask
from toiya.domain.outbound.rules import wished_service
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift(seller: Seller, warehouse: Warehouse) -> Sku:
    """GIFT: two cups and a tin, ten of each in bins of their own."""
    gift = a_bundle(seller, "GIFT", {"CUP": 2, "TIN": 1})
    stock_of(own_sku(seller, "CUP"), warehouse, 10)
    stock_of(own_sku(seller, "TIN"), warehouse, 10, bin_code="A01-02-1")
    return gift


@pytest.mark.seed("L11")
def test_the_parts_of_a_bundle_are_picked_packed_and_shipped(
    gift: Sku, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    release, _ = on_the_floor(gift.seller, warehouse, {"GIFT": 1})
    assert sorted(PickTask.objects.values_list("sku__seller_code", "quantity")) == [("CUP", 2), ("TIN", 1)]
    walked(release.pick_lists[0].code, picker)
    parcel = labelled(packed("T-001", picker, service))
    assert parcel.weight_g == 3 * 300 + 20

    ship_parcels(seller_id=gift.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)

    shipped = Movement.objects.filter(kind=Movement.Kind.SHIP)
    assert sorted(shipped.values_list("sku_id", "quantity")) == sorted(
        [(own_sku(gift.seller, "CUP").pk, 2), (own_sku(gift.seller, "TIN").pk, 1)]
    )
    assert not Balance.objects.exclude(allocated=0).exists()
    assert findings() == []
    a_bundle(gift.seller, "GIFT", {"TIN": 3})
    assert findings() == []


def test_packing_asks_for_the_pieces_of_each_thing_bought(gift: Sku, warehouse: Warehouse, picker: Staff) -> None:
    (order,) = judged(in_packs_of(an_order(gift.seller, {"TIN": 1}), 3))
    walked(released(warehouse, order).pick_lists[0].code, picker)
    parcel = open_tote(warehouse_id=warehouse.pk, scan="T-001", actor=acting_as(picker), at=NOON)
    packing = packing_of(parcel_code=parcel.code, actor=acting_as(picker), at=NOON)
    assert (packing.pieces, packing.expected_g) == (3, 900)
    for _ in range(3):
        packing = pack_piece(parcel_code=parcel.code, scan="TIN", actor=acting_as(picker), at=NOON)
    assert packing.is_complete
    assert Content.objects.get().quantity == 3
    assert findings() == []


def test_a_cancelled_bundle_gives_its_parts_back_from_the_tote(gift: Sku, warehouse: Warehouse, picker: Staff) -> None:
    release, (order,) = on_the_floor(gift.seller, warehouse, {"GIFT": 2})
    walked(release.pick_lists[0].code, picker)
    cancel_order(order_code=order.code, reason="by_seller", actor=WORLD, at=NOON)
    assert sorted(Balance.objects.values_list("on_hand", "allocated")) == [(10, 0), (10, 0)]
    assert findings() == []


def test_the_packer_sees_the_sellers_wishes(gift: Sku, warehouse: Warehouse, picker: Staff) -> None:
    box = own_sku(gift.seller, "BOX")
    Sku.objects.filter(pk=gift.pk).update(packing_note="Ribbon on top", packaging=box, preferred_service="compact")
    Sku.objects.filter(seller_code="CUP").update(packing_note="Wrap in paper", preferred_service="nekopos")
    release, _ = on_the_floor(gift.seller, warehouse, {"GIFT": 1})
    walked(release.pick_lists[0].code, picker)
    parcel = open_tote(warehouse_id=warehouse.pk, scan="T-001", actor=acting_as(picker), at=NOON)
    packing = packing_of(parcel_code=parcel.code, actor=acting_as(picker), at=NOON)
    told = [(line.packing_note, line.own_packaging, line.preferred_service) for line in packing.lines]
    assert told == [
        ("Wrap in paper Ribbon on top", "Thing BOX option BOX", "compact"),
        ("Ribbon on top", "Thing BOX option BOX", "compact"),
    ]


def test_wishes_that_differ_are_no_wish() -> None:
    assert wished_service(["", "a", "a"]) == "a"
    assert wished_service(["a", "b"]) == ""
    assert wished_service([]) == ""
