"""Two people do the same to one order at the same moment: it happens once, and the books agree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread, get_ident
from typing import Any

import pytest
from django.db import connection

from tests.books import findings
from tests.floor_world import a_coded_sku, a_person, a_service, labelled, on_the_floor, packed, walked
from tests.packing_world import a_lotted_sku
from tests.races.together import together, unlocked
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order, judged, money_in, stock_of
from toiya.core.models import EventRow
from toiya.core.rows import LockableRows
from toiya.domain.allocation import rules
from toiya.domain.allocation import sql as allocation_sql
from toiya.domain.allocation.actions.promising import allocate_orders, take_back_allocation
from toiya.domain.allocation.models import Allocation
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions import serials, waves
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.packing import open_tote, pack_piece
from toiya.domain.outbound.actions.serials import put_serial
from toiya.domain.outbound.actions.shipping import Shipped, ship_parcels
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.outbound.models import Parcel, PickTask, SerialNumber, Slot, Wave
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.wallet.models import Posting
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def warehouse(transactional_db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(transactional_db: None) -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    return seller


@pytest.fixture
def order(seller: Seller, warehouse: Warehouse) -> Order:
    """An order with its two pieces promised, of five."""
    stock_of(a_sku(seller), warehouse, 5)
    return judged(an_order(seller, {"LT-NVM": 2}))[0]


def release(order: Order, warehouse: Warehouse) -> object:
    return release_wave(warehouse_id=warehouse.pk, order_codes=[order.code], actor=WORLD, at=NOON)


def test_one_order_released_into_eight_waves_is_on_one_walk(order: Order, warehouse: Warehouse) -> None:
    ends = together([lambda: release(order, warehouse)] * 8)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [NothingToRelease] * 7
    assert (Wave.objects.count(), Slot.objects.count(), PickTask.objects.count()) == (1, 1, 1)
    assert EventRow.objects.filter(name="order.released").count() == 1
    assert findings() == []


def test_control_without_the_lock_only_the_constraint_keeps_it_on_one_walk(
    order: Order, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LockableRows, "lock", lambda rows: rows.order_by("pk"))
    both_have_read, look = Barrier(2, timeout=30), waves._lock_ready

    def look_together(*arguments: Any) -> dict[int, Order]:
        ready = look(*arguments)
        both_have_read.wait()
        return ready

    monkeypatch.setattr(waves, "_lock_ready", look_together)
    ends = together([lambda: release(order, warehouse)] * 2)
    assert [type(trouble).__name__ for trouble in ends.troubles] == ["IntegrityError"]
    assert "one_open_slot_per_order" in str(ends.troubles[0])


def a_labelled_parcel(seller: Seller, warehouse: Warehouse) -> Parcel:
    stock_of(a_coded_sku(seller, "MUG"), warehouse, 3)
    picker = a_person(warehouse)
    release, _ = on_the_floor(seller, warehouse, {"MUG": 3})
    walked(release.pick_lists[0].code, picker)
    return labelled(packed("T-001", picker, a_service()))


def ship(parcel: Parcel) -> Shipped:
    return ship_parcels(seller_id=parcel.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)


def test_one_parcel_shipped_by_eight_at_once_leaves_once(seller: Seller, warehouse: Warehouse) -> None:
    parcel = a_labelled_parcel(seller, warehouse)
    ends = together([lambda: ship(parcel)] * 8)
    assert (ends.refusals, ends.troubles) == ([], [])
    answers = [answer for answer in ends.answers if isinstance(answer, Shipped)]
    assert sorted(len(answer.parcels) for answer in answers) == [0] * 7 + [1]
    assert sorted(len(answer.already) for answer in answers) == [0] + [1] * 7
    assert Movement.objects.filter(kind=Movement.Kind.SHIP).count() == 1
    assert Posting.objects.filter(kind="capture").count() == 1
    assert EventRow.objects.filter(name="order.shipped").count() == 1
    assert (Balance.objects.get().on_hand, Balance.objects.get().allocated) == (0, 0)


def cancel(order: Order) -> None:
    cancel_order(order_code=order.code, reason="by_seller", actor=WORLD, at=NOON)


def allocate(order: Order) -> object:
    return allocate_orders(seller_id=order.seller_id, order_ids=[order.pk], actor=WORLD, at=NOON)


@pytest.mark.parametrize("turn", range(4))
def test_an_order_cancelled_while_it_is_judged_keeps_no_pieces(seller: Seller, warehouse: Warehouse, turn: int) -> None:
    stock_of(a_sku(seller), warehouse, 2)
    order = an_order(seller, {"LT-NVM": 2})
    works: list[Callable[[], object]] = [lambda: allocate(order), lambda: cancel(order)]
    ends = together(works if turn % 2 else works[::-1])
    assert (ends.refusals, ends.troubles) == ([], [])
    order.refresh_from_db()
    assert (order.status, Allocation.objects.count(), Balance.objects.get().allocated) == ("cancelled", 0, 0)
    assert findings() == []


def during_the_decision(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> Thread:
    """Whoever decides on promises next is overtaken by `work`, if no lock keeps it back."""
    decide = rules.plan_promises

    def run() -> None:
        work()
        connection.close()

    thread = Thread(target=run, daemon=True)

    def decide_late(*arguments: Any) -> rules.Plan:
        plan = decide(*arguments)
        thread.start()
        thread.join(1)
        return plan

    monkeypatch.setattr(rules, "plan_promises", decide_late)
    return thread


@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "control"])
def test_who_cancels_waits_until_the_judgement_is_written(
    seller: Seller, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, is_locked: bool
) -> None:
    stock_of(a_sku(seller), warehouse, 2)
    order = an_order(seller, {"LT-NVM": 2})
    thread = during_the_decision(monkeypatch, lambda: cancel(order))
    if is_locked:
        allocate(order)
    else:
        with unlocked(monkeypatch, allocation_sql, "_LOCK"):
            allocate(order)
    thread.join(30)
    order.refresh_from_db()
    if is_locked:
        assert (order.status, Balance.objects.get().allocated) == ("cancelled", 0)
        assert findings() == []
    else:
        assert (order.status, Balance.objects.get().allocated) == ("allocated", 2)
        assert order.lines.get().is_cancelled
        assert findings() != []


def test_a_promise_taken_back_by_eight_at_once_goes_back_once(order: Order) -> None:
    ends = together([lambda: take_back_allocation(order_code=order.code, actor=WORLD, at=NOON)] * 8)
    assert (len(ends.answers), len(ends.refusals), ends.troubles) == (1, 7, [])
    assert Balance.objects.get().allocated == 0
    assert Movement.objects.filter(kind=Movement.Kind.DEALLOCATE).count() == 1
    assert findings() == []


def test_an_order_cancelled_by_eight_at_once_is_cancelled_once(order: Order) -> None:
    ends = together([lambda: cancel(order)] * 8)
    assert (len(ends.answers), ends.refusals, ends.troubles) == (8, [], [])
    assert EventRow.objects.filter(name="order.cancelled").count() == 1
    assert findings() == []


@pytest.mark.parametrize("turn", range(4))
def test_an_order_released_while_it_is_cancelled_ends_cancelled_and_off_the_floor(
    order: Order, warehouse: Warehouse, turn: int
) -> None:
    works: list[Callable[[], object]] = [lambda: release(order, warehouse), lambda: cancel(order)]
    ends = together(works if turn % 2 else works[::-1])
    assert ends.troubles == []
    assert {type(refusal) for refusal in ends.refusals} <= {NothingToRelease}
    order.refresh_from_db()
    assert (order.status, Balance.objects.get().allocated) == ("cancelled", 0)
    assert not PickTask.objects.filter(order=order, status="open").exists()
    assert findings() == []


def two_clocks_to_number(seller: Seller, warehouse: Warehouse) -> list[Parcel]:
    """Two parcels, each with a piece that waits for its serial number."""
    a_lotted_sku(seller, warehouse, "CLOCK", {"L1": 2}, tracks_serials=True)
    picker, totes = a_person(warehouse), ("T-001", "T-002")
    release, _ = on_the_floor(seller, warehouse, {"CLOCK": 1}, {"CLOCK": 1})
    walked(release.pick_lists[0].code, picker, totes)
    parcels = [open_tote(warehouse_id=warehouse.pk, scan=tote, actor=WORLD, at=NOON) for tote in totes]
    for parcel in parcels:
        pack_piece(parcel_code=parcel.code, scan="CLOCK", actor=WORLD, at=NOON)
    return parcels


def looking_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both look whether the number is out before either writes it; who looks once more does so alone."""
    both_have_looked, looked, look = Barrier(2, timeout=30), set[int](), serials._check_not_out

    def look_together(number: str, sku_id: int) -> None:
        look(number, sku_id)
        if get_ident() not in looked:
            looked.add(get_ident())
            both_have_looked.wait()

    monkeypatch.setattr(serials, "_check_not_out", look_together)


def test_a_serial_number_scanned_into_two_parcels_at_once_is_out_once_and_the_refusal_names_its_parcel(
    seller: Seller, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcels = two_clocks_to_number(seller, warehouse)
    looking_together(monkeypatch)
    ends = together([partial(put_serial, parcel_code=each.code, scan="SN-1", actor=WORLD, at=NOON) for each in parcels])
    out = SerialNumber.objects.select_related("parcel").get()
    assert (len(ends.answers), ends.troubles) == (1, [])
    assert [(refusal.code, refusal.details["parcel"]) for refusal in ends.refusals] == [
        ("serial_taken", out.parcel.code)
    ]
    assert EventRow.objects.filter(name="parcel.serial_scanned").count() == 1


def test_control_who_does_not_look_once_more_meets_only_the_constraint(
    seller: Seller, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcels = two_clocks_to_number(seller, warehouse)
    looking_together(monkeypatch)
    ends = together([partial(serials._put, each.code, "SN-1", WORLD, NOON, "") for each in parcels])
    assert (len(ends.answers), ends.refusals) == (1, [])
    assert [type(trouble).__name__ for trouble in ends.troubles] == ["IntegrityError"]
    assert "serial_number_out_once" in str(ends.troubles[0])
