"""Pick bins: picks go there first, and they are refilled before a wave needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.floor_world import a_coded_sku, in_bin, on_the_floor
from tests.stock_world import spot_of
from tests.waves_world import a_pick_face
from tests.world import NOON, WORLD, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.picking import WrongBin
from toiya.domain.outbound.actions.refilling import (
    Limits,
    NotAPickBin,
    WrongLimits,
    choose_pick_face,
    give_up_pick_face,
    refill_face,
)
from toiya.domain.outbound.models import PickFace, PickTask
from toiya.domain.outbound.refill_rules import Face, refills
from toiya.domain.outbound.refills import refills_of
from toiya.domain.outbound.rules import BinOffer
from toiya.domain.stock.actions.spots import MovedMeanwhile
from toiya.domain.warehouses.models import Warehouse

FACE, OTHER_FACE = Face(1, 10, 1, minimum=5, maximum=20), Face(2, 11, 1, minimum=5, maximum=20)


def lies(bin_id: int, free: int, *, until: date | None = None, at_dock: bool = False) -> BinOffer:
    return BinOffer(bin_id, 1, "", until, bin_id, free, is_dock=at_dock)


@pytest.mark.parametrize(
    ("faces", "offers", "waiting", "told"),
    [
        ([FACE], [lies(10, 4), lies(30, 50)], {}, [(10, 30, 16)]),
        ([FACE], [lies(10, 5), lies(30, 50)], {}, []),
        ([FACE], [lies(10, 5), lies(30, 50)], {1: 6}, [(10, 30, 15)]),  # orders wait for more than lies there
        ([FACE], [lies(10, 20), lies(30, 50)], {1: 90}, []),  # it is full
        ([FACE], [lies(30, 7)], {}, [(10, 30, 7)]),
        ([FACE], [lies(30, 7), lies(31, 9, until=date(2027, 1, 1))], {}, [(10, 31, 9)]),  # first expired goes first
        ([FACE], [lies(30, 9, at_dock=True)], {}, []),
        ([FACE, OTHER_FACE], [lies(10, 2), lies(30, 25)], {}, [(11, 30, 20), (10, 30, 5)]),  # no piece twice
        ([FACE, OTHER_FACE], [lies(10, 2), lies(11, 19)], {}, []),  # a pick bin is nobody's reserve
    ],
)
def test_a_pick_bin_is_filled_up_before_it_is_empty(
    faces: list[Face], offers: list[BinOffer], waiting: Mapping[int, int], told: list[tuple[int, int, int]]
) -> None:
    found = refills(faces, offers, waiting)
    assert [(each.face.bin_id, each.source.bin_id, each.quantity) for each in found] == told


@pytest.mark.django_db
def test_picks_go_to_the_pick_bin_first_and_to_the_reserve_for_the_rest(seller: Seller, warehouse: Warehouse) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 9, bin_code="A01-01-1")
    stock_of(sku, warehouse, 2, bin_code="A01-05-1")
    a_pick_face(sku, warehouse, "A01-05-1")
    on_the_floor(seller, warehouse, {"A": 2})
    on_the_floor(seller, warehouse, {"A": 1})
    assert list(PickTask.objects.order_by("pk").values_list("bin__code", "quantity")) == [
        ("A01-05-1", 2),
        ("A01-01-1", 1),
    ]


@pytest.mark.django_db
def test_orders_that_wait_for_a_wave_are_refilled_for_and_the_refill_is_one_move(
    seller: Seller, warehouse: Warehouse
) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 9, bin_code="A01-01-1")
    stock_of(sku, warehouse, 2, bin_code="A01-05-1")
    face = a_pick_face(sku, warehouse, "A01-05-1", minimum=2, maximum=6)
    assert refills_of(warehouse.pk) == []
    judged(an_order(seller, {"A": 3}))
    [wanted] = refills_of(warehouse.pk)
    assert (wanted.face, wanted.source.bin.code, wanted.quantity) == (face, "A01-01-1", 4)

    spot = replace(spot_of(sku, warehouse), seen=9)
    with pytest.raises(WrongBin):
        refill_face(face_id=face.pk, spot=spot, scan="A01-01-1", quantity=4, actor=WORLD, at=NOON)
    assert in_bin(warehouse, "A01-05-1") == 2
    refill_face(face_id=face.pk, spot=spot, scan="BIN-A01-05-1", quantity=4, actor=WORLD, at=NOON)
    assert (in_bin(warehouse, "A01-01-1"), in_bin(warehouse, "A01-05-1")) == (5, 6)
    assert refills_of(warehouse.pk) == []


@pytest.mark.django_db
def test_a_pick_bin_is_chosen_changed_and_given_up_and_each_is_told(seller: Seller, warehouse: Warehouse) -> None:
    sku = a_coded_sku(seller, "A")
    face = a_pick_face(sku, warehouse, "A01-05-1", minimum=2, maximum=6)
    assert a_pick_face(sku, warehouse, "A01-05-1", minimum=3, maximum=8).pk == face.pk
    give_up_pick_face(face_id=face.pk, warehouse_id=warehouse.pk, actor=WORLD, at=NOON)
    assert not PickFace.objects.exists()
    with pytest.raises(NotFound):
        give_up_pick_face(face_id=face.pk, warehouse_id=warehouse.pk, actor=WORLD, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bin_code", "limits", "refusal"),
    [
        ("T-001", Limits(1, 2), NotAPickBin),
        ("A01-05-1", Limits(0, 2), WrongLimits),
        ("A01-05-1", Limits(3, 2), WrongLimits),
    ],
)
def test_a_tote_and_limits_that_cannot_be_are_refused(
    seller: Seller, warehouse: Warehouse, bin_code: str, limits: Limits, refusal: type[Exception]
) -> None:
    sku = a_coded_sku(seller, "A")
    with pytest.raises(refusal):
        choose_pick_face(
            warehouse_id=warehouse.pk, sku_code=sku.code, bin_code=bin_code, limits=limits, actor=WORLD, at=NOON
        )
    assert not PickFace.objects.exists()


@pytest.mark.django_db
def test_a_refill_sent_twice_carries_once(seller: Seller, warehouse: Warehouse) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 9, bin_code="A01-01-1")
    face = a_pick_face(sku, warehouse, "A01-05-1")
    spot = replace(spot_of(sku, warehouse), seen=9)
    refill_face(face_id=face.pk, spot=spot, scan="A01-05-1", quantity=4, actor=WORLD, at=NOON)
    with pytest.raises(MovedMeanwhile):
        refill_face(face_id=face.pk, spot=spot, scan="A01-05-1", quantity=4, actor=WORLD, at=NOON)
    assert in_bin(warehouse, "A01-05-1") == 4
