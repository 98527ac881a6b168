"""Counting and carrying while pickers walk: blind, by two people when it matters, and never under an open pick."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tests.books import findings
from tests.floor_world import in_bin, on_the_floor
from tests.stock_world import counted, put_aside, somebody, spot_of, to_count
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.outbound.actions.on_the_shelf import (
    adjust_pieces,
    count_pieces,
    judge_pieces,
    move_pieces,
    set_pieces_aside,
)
from toiya.domain.stock.actions.counting import (
    CountedByThem,
    CountOver,
    NothingToJudge,
    Sheet,
    newest_movement,
)
from toiya.domain.stock.actions.goods import QuantityPromised
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.actions.spots import MovedMeanwhile, PiecesAwaited, Spot
from toiya.domain.stock.models import Balance, Count, CountRules, CountTask, Movement
from toiya.domain.stock.rules import Outcome
from toiya.domain.warehouses.models import Bin, Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def sku(warehouse: Warehouse) -> Sku:
    sku = a_sku(a_seller())
    stock_of(sku, warehouse, 20)
    return sku


def on_hand(sku: Sku) -> int:
    return Balance.objects.get(sku=sku).on_hand


def test_a_small_difference_is_mended_at_once_and_says_which_count(sku: Sku, warehouse: Warehouse) -> None:
    task = to_count(spot_of(sku, warehouse))
    assert counted(task, 18) is Outcome.ADJUST
    assert on_hand(sku) == 18
    task.refresh_from_db()
    assert (task.status, task.ended_at) == ("done", NOON)
    told = EventRow.objects.get(name="stock.counted")
    assert (told.subject, told.data["difference"], told.data["outcome"]) == (sku.code, -2, "adjust")
    assert findings() == []


def test_a_large_difference_waits_for_a_second_person(sku: Sku, warehouse: Warehouse) -> None:
    task = to_count(spot_of(sku, warehouse))
    assert counted(task, 15) is Outcome.RECOUNT
    assert on_hand(sku) == 20
    with pytest.raises(CountedByThem):
        counted(task, 15)
    assert counted(task, 15, person=2) is Outcome.ADJUST
    assert on_hand(sku) == 15


def test_people_who_disagree_are_judged_by_the_lead(sku: Sku, warehouse: Warehouse) -> None:
    task = to_count(spot_of(sku, warehouse))
    counted(task, 15)
    assert counted(task, 16, person=2) is Outcome.ASK_LEAD
    with pytest.raises(CountOver):
        counted(task, 16, person=3)
    judge_pieces(task_code=task.code, decision="accept", actor=WORLD, at=NOON)
    assert on_hand(sku) == 16
    with pytest.raises(NothingToJudge):
        judge_pieces(task_code=task.code, decision="accept", actor=WORLD, at=NOON)


def test_the_lead_may_have_it_counted_again_or_drop_it(sku: Sku, warehouse: Warehouse) -> None:
    task = to_count(spot_of(sku, warehouse))
    counted(task, 15)
    counted(task, 16, person=2)
    judge_pieces(task_code=task.code, decision="again", actor=WORLD, at=NOON)
    assert counted(task, 20, person=3) is Outcome.AGREES
    other = to_count(spot_of(sku, warehouse))
    judge_pieces(task_code=other.code, decision="drop", actor=WORLD, at=NOON)
    assert CountTask.objects.get(pk=other.pk).status == "dropped"
    assert on_hand(sku) == 20


def test_the_thresholds_are_data_of_the_warehouse(sku: Sku, warehouse: Warehouse) -> None:
    CountRules.objects.create(warehouse=warehouse, recount_pieces=1)
    assert counted(to_count(spot_of(sku, warehouse)), 19) is Outcome.RECOUNT


def test_the_same_scan_twice_is_one_count(sku: Sku, warehouse: Warehouse) -> None:
    task = to_count(spot_of(sku, warehouse))
    counted(task, 15, scan_id="one-and-the-same")
    assert counted(task, 15, scan_id="one-and-the-same") is Outcome.RECOUNT
    assert Count.objects.count() == 1


def test_a_bin_is_under_one_count_at_a_time(sku: Sku, warehouse: Warehouse) -> None:
    assert to_count(spot_of(sku, warehouse)).pk == to_count(spot_of(sku, warehouse)).pk


def test_pieces_that_came_while_one_counted_make_it_void(sku: Sku, warehouse: Warehouse) -> None:
    task = to_count(spot_of(sku, warehouse))
    began = newest_movement(sku.pk)
    stock_of(sku, warehouse, 1)
    with pytest.raises(MovedMeanwhile):
        count_pieces(task_code=task.code, sheet=Sheet(20, began, "scan-late"), actor=somebody(), at=NOON)
    stock_of(sku, warehouse, 1, bin_code="A01-02-1")
    assert counted(task, 21) is Outcome.AGREES


def test_missing_pieces_that_are_promised_are_for_the_lead(sku: Sku, warehouse: Warehouse) -> None:
    judged(an_order(sku.seller, {"LT-NVM": 20}))
    task = to_count(spot_of(sku, warehouse))
    assert counted(task, 19) is Outcome.ASK_LEAD
    with pytest.raises(QuantityPromised):
        judge_pieces(task_code=task.code, decision="accept", actor=WORLD, at=NOON)
    assert on_hand(sku) == 20


def test_nothing_is_taken_from_under_an_open_pick(sku: Sku, warehouse: Warehouse) -> None:
    stock_of(sku, warehouse, 5, bin_code="A01-02-1")
    on_the_floor(sku.seller, warehouse, {"LT-NVM": 18})
    spot, end = spot_of(sku, warehouse), warehouse.bins.get(code="A01-03-1")
    with pytest.raises(PiecesAwaited):
        move_pieces(spot=spot, to_bin=end, quantity=3, actor=WORLD, at=NOON)
    with pytest.raises(PiecesAwaited):
        set_pieces_aside(spot=spot, kind=Bin.Kind.DAMAGED, quantity=3, why=Why("damaged"), actor=WORLD, at=NOON)
    with pytest.raises(PiecesAwaited):
        adjust_pieces(spot=spot, difference=-3, why=Why("lost"), actor=WORLD, at=NOON)
    move_pieces(spot=spot, to_bin=end, quantity=2, actor=WORLD, at=NOON)
    task = to_count(spot)
    assert counted(task, 17) is Outcome.ASK_LEAD


def test_a_step_sent_twice_moves_once(sku: Sku, warehouse: Warehouse) -> None:
    spot, end = spot_of(sku, warehouse), warehouse.bins.get(code="A01-03-1")
    seen = Spot(sku, spot.place, seen=20)
    move_pieces(spot=seen, to_bin=end, quantity=3, actor=WORLD, at=NOON)
    with pytest.raises(MovedMeanwhile):
        move_pieces(spot=seen, to_bin=end, quantity=3, actor=WORLD, at=NOON)
    with pytest.raises(MovedMeanwhile):
        put_aside(seen, 1)
    assert in_bin(warehouse, "A01-03-1") == 3
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_people_setting_the_same_pieces_aside_one_is_refused(sku: Sku, warehouse: Warehouse) -> None:
    spot, results = spot_of(sku, warehouse), list[str]()
    both = threading.Barrier(2)

    def take() -> None:
        both.wait()
        try:
            put_aside(spot, 15)
            results.append("done")
        except Exception as refusal:
            results.append(type(refusal).__name__)
        finally:
            connection.close()

    people = [threading.Thread(target=take) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(results) == ["NotEnoughStock", "done"]
    assert Balance.objects.get(sku=sku).blocked == 15
    assert Movement.objects.filter(kind=Movement.Kind.BLOCK).count() == 1
