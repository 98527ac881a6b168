"""Picking by scanning: what a scan does, and what a wrong one leaves alone."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.floor_world import a_coded_sku, a_person, acting_as, bins_agree, books, in_bin, on_the_floor, walked
from tests.world import NOON, stock_of
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.picking import (
    BinFirst,
    Effect,
    NotATote,
    Step,
    TooMany,
    ToteInUse,
    ToteMissing,
    WalkTaken,
    WrongBin,
    WrongSku,
    confirm_bin,
    pick_pieces,
    start_walk,
    step_of,
    tie_tote,
)
from toiya.domain.outbound.models import PickList, PickTask, Slot
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


class Walk:
    """A picker with a handheld on one list."""

    def __init__(self, picker: Staff, code: str) -> None:
        self.picker, self.code, self.actor = picker, code, acting_as(picker)
        self.step: Step = start_walk(pick_list_code=code, user_id=picker.user_id, actor=self.actor, at=NOON)

    def tote(self, scan: str, scan_id: str = "") -> Step:
        slot = self.step.walk.slot
        assert slot is not None
        self.step = tie_tote(slot_id=slot.slot_id, scan=scan, actor=self.actor, at=NOON, scan_id=scan_id)
        return self.step

    def bin(self, scan: str, scan_id: str = "") -> Step:
        self.step = confirm_bin(task_id=self.task_id, scan=scan, actor=self.actor, at=NOON, scan_id=scan_id)
        return self.step

    def piece(self, scan: str, quantity: int = 1, scan_id: str = "", task_id: int = 0) -> Step:
        self.step = pick_pieces(
            task_id=task_id or self.task_id, scan=scan, quantity=quantity, actor=self.actor, at=NOON, scan_id=scan_id
        )
        return self.step

    @property
    def task_id(self) -> int:
        stop = self.step.walk.stop
        assert stop is not None
        return stop.task_id


@pytest.fixture
def walk(seller: Seller, warehouse: Warehouse, picker: Staff) -> Walk:
    """One order: three pieces of A from A01-02-1, then one of B from A01-04-1; the tote is tied."""
    stock_of(a_coded_sku(seller, "A", barcode="4901234567894"), warehouse, 5, bin_code="A01-02-1")
    stock_of(a_coded_sku(seller, "B"), warehouse, 5, bin_code="A01-04-1")
    release, _ = on_the_floor(seller, warehouse, {"A": 3, "B": 1})
    walk = Walk(picker, release.pick_lists[0].code)
    walk.tote("T-001")
    return walk


@pytest.fixture
def untied(seller: Seller, warehouse: Warehouse, picker: Staff) -> Walk:
    """Two orders of one piece each, no tote tied yet."""
    stock_of(a_coded_sku(seller, "A"), warehouse, 5)
    release, _ = on_the_floor(seller, warehouse, {"A": 1}, {"A": 1})
    return Walk(picker, release.pick_lists[0].code)


def test_two_pickers_never_get_the_same_list(untied: Walk, warehouse: Warehouse) -> None:
    other = a_person(warehouse)
    with pytest.raises(WalkTaken):
        start_walk(pick_list_code=untied.code, user_id=other.user_id, actor=acting_as(other), at=NOON)
    assert PickList.objects.get().picker_id == untied.picker.user_id


def test_a_picker_goes_on_with_the_own_list_after_a_dead_battery(walk: Walk) -> None:
    walk.bin("A01-02-1")
    walk.piece("A")
    again = Walk(walk.picker, walk.code)
    stop = again.step.walk.stop
    assert stop is not None
    assert (stop.bin_code, stop.is_bin_confirmed, stop.picked, stop.quantity) == ("A01-02-1", True, 1, 3)


def test_nobody_scans_into_the_walk_of_another(walk: Walk, warehouse: Warehouse) -> None:
    walk.bin("A01-02-1")
    before = books()
    with pytest.raises(WalkTaken):
        pick_pieces(task_id=walk.task_id, scan="A", quantity=1, actor=acting_as(a_person(warehouse)), at=NOON)
    assert books() == before


def test_every_slot_gets_its_tote_before_the_first_stop(untied: Walk) -> None:
    assert untied.step.walk.slot is not None
    assert untied.step.walk.slot.number == 1
    assert untied.tote("TOTE-T-001").walk.slot.number == 2  # type: ignore[union-attr]
    step = untied.tote("T-002")
    assert step.walk.slot is None
    assert step.walk.stop is not None
    assert step.walk.totes == "T-001 T-002"


@pytest.mark.parametrize(("scan", "refusal"), [("A01-01-1", NotATote), ("T-999", NotATote), ("T-001", ToteInUse)])
def test_only_an_empty_tote_of_this_warehouse_is_tied(untied: Walk, scan: str, refusal: type[Exception]) -> None:
    untied.tote("T-001")
    with pytest.raises(refusal):
        untied.tote(scan)
    assert list(Slot.objects.order_by("number").values_list("tote__code", flat=True)) == ["T-001", None]


def test_a_piece_before_its_tote_is_refused(untied: Walk) -> None:
    task = PickTask.objects.order_by("pk")[0]
    before = books()
    with pytest.raises(ToteMissing):
        untied.piece("A", task_id=task.pk)
    assert books() == before


def test_the_wrong_bin_is_refused_with_both_codes_and_changes_nothing(walk: Walk) -> None:
    before = books()
    with pytest.raises(WrongBin, match=re.escape("Wrong bin: A01-03-1. Scan A01-02-1.")) as refused:
        walk.bin("A01-03-1")
    assert refused.value.details["expected"] == "A01-02-1"
    assert books() == before


@pytest.mark.parametrize("scan", ["A01-02-1", "BIN-A01-02-1", " a01-02-1 ", "Ａ01-02-1"])
def test_a_bin_is_known_with_and_without_its_prefix_in_any_width_and_case(walk: Walk, scan: str) -> None:
    step = walk.bin(scan)
    assert step.walk.stop is not None
    assert step.walk.stop.is_bin_confirmed


def test_the_sku_is_never_inferred_the_bin_comes_first(walk: Walk) -> None:
    before = books()
    with pytest.raises(BinFirst):
        walk.piece("A")
    assert books() == before


def test_the_wrong_piece_is_refused_and_changes_nothing(walk: Walk) -> None:
    walk.bin("A01-02-1")
    before = books()
    with pytest.raises(WrongSku, match=re.escape("Wrong item: B. Scan Thing A option A")):
        walk.piece("B")
    assert books() == before
    assert walk.piece("A").walk.stop.picked == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("scan", ["A", "a", "4901234567894"])
def test_a_piece_is_known_by_seller_code_or_barcode(walk: Walk, scan: str) -> None:
    walk.bin("A01-02-1")
    assert walk.piece(scan).walk.stop.picked == 1  # type: ignore[union-attr]


def test_pieces_move_from_the_bin_into_the_tote(walk: Walk, warehouse: Warehouse) -> None:
    walk.bin("A01-02-1")
    walk.piece("A")
    assert (in_bin(warehouse, "A01-02-1"), in_bin(warehouse, "T-001")) == (4, 1)
    assert bins_agree()


def test_the_last_piece_of_a_stop_closes_the_line_and_shows_the_next(walk: Walk) -> None:
    walk.bin("A01-02-1")
    assert not walk.piece("A").is_line_done
    assert not walk.piece("A").is_line_done
    last = walk.piece("A")
    assert last.is_line_done
    assert not last.is_order_done
    assert last.walk.stop is not None
    assert last.walk.stop.bin_code == "A01-04-1"
    assert (last.walk.stops_done, last.walk.stops) == (1, 2)


def test_after_one_scan_the_rest_may_be_keyed(walk: Walk) -> None:
    walk.bin("A01-02-1")
    walk.piece("A")
    assert walk.piece("", quantity=2).is_line_done


def test_a_number_is_not_taken_before_one_piece_was_scanned(walk: Walk) -> None:
    walk.bin("A01-02-1")
    before = books()
    with pytest.raises(WrongSku):
        walk.piece("", quantity=3)
    assert books() == before


@pytest.mark.parametrize("quantity", [0, -1, 3])
def test_more_than_the_stop_wants_is_refused(walk: Walk, quantity: int) -> None:
    walk.bin("A01-02-1")
    walk.piece("A")
    before = books()
    with pytest.raises(TooMany):
        walk.piece("", quantity=quantity)
    assert books() == before


def test_the_same_scan_sent_twice_takes_one_piece(walk: Walk) -> None:
    walk.bin("A01-02-1")
    task = walk.task_id
    walk.piece("A", scan_id="11111111-aaaa")
    repeated = walk.piece("A", scan_id="11111111-aaaa", task_id=task)
    assert repeated.effect is Effect.REPEATED
    assert PickTask.objects.get(pk=task).picked == 1
    assert walk.piece("A", scan_id="22222222-aaaa", task_id=task).effect is Effect.TAKEN
    assert PickTask.objects.get(pk=task).picked == 2


def test_the_same_tote_or_bin_scan_sent_twice_has_one_effect(untied: Walk) -> None:
    slot = untied.step.walk.slot
    assert slot is not None
    for effect in (Effect.TAKEN, Effect.REPEATED):
        step = tie_tote(slot_id=slot.slot_id, scan="T-001", actor=untied.actor, at=NOON, scan_id="33333333-aaaa")
        assert step.effect is effect
    assert Slot.objects.filter(tote__code="T-001").count() == 1


def test_a_refused_scan_is_judged_anew_when_it_comes_again(walk: Walk) -> None:
    for _ in range(2):
        with pytest.raises(WrongBin):
            walk.bin("A01-03-1", scan_id="44444444-aaaa")


def test_a_scan_for_a_stop_that_is_over_does_nothing_and_says_so(walk: Walk) -> None:
    walk.bin("A01-02-1")
    over = walk.task_id
    for _ in range(3):
        walk.piece("A", task_id=over)
    before = books()
    assert walk.piece("A", task_id=over).effect is Effect.OUTDATED
    assert books() == before


def test_the_whole_walk_brings_the_order_to_packing_and_ends(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 5)
    release, _ = on_the_floor(seller, warehouse, {"A": 2}, {"A": 1})
    walked(release.pick_lists[0].code, picker)
    assert {order.status for order in Order.objects.all()} == {Order.Status.PACKING}
    assert PickList.objects.get().status == PickList.Status.DONE
    assert step_of(release.pick_lists[0].pk).is_done
    assert (in_bin(warehouse, "A01-01-1"), in_bin(warehouse, "T-001"), in_bin(warehouse, "T-002")) == (2, 2, 1)
    assert bins_agree()


def test_a_piece_costs_at_most_six_statements(walk: Walk) -> None:
    walk.bin("A01-02-1")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        walk.piece("A", scan_id="55555555-aaaa")
    told = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(told) <= 6, "\n\n".join(told)
