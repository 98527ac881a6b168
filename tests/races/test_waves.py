"""Two people and one list, two carts and one tote, the same scan twice at once."""

from __future__ import annotations

import pytest

from tests.floor_world import a_coded_sku, a_person, acting_as
from tests.races.together import together
from tests.waves_world import a_wave
from tests.world import NOON, a_seller, a_warehouse, stock_of
from toiya.domain.members.models import Staff
from toiya.domain.outbound.actions.picking import Step, ToteInUse, WalkTaken, pick_pieces, start_walk, tie_tote
from toiya.domain.outbound.models import PickList, PickTask, Slot

pytestmark = pytest.mark.django_db(transaction=True)


def begun(code: str, staff: Staff) -> Step:
    return start_walk(pick_list_code=code, user_id=staff.user_id, actor=acting_as(staff), at=NOON)


def test_of_eight_people_at_one_list_one_gets_it_and_two_carts_never_share_a_tote(transactional_db: None) -> None:
    warehouse, seller = a_warehouse(), a_seller()
    stock_of(a_coded_sku(seller, "A"), warehouse, 9)
    people = [a_person(warehouse) for _ in range(8)]
    [walk] = a_wave(seller, warehouse, *[{"A": 1}] * 4).pick_lists
    ends = together([lambda staff=staff: begun(walk.code, staff) for staff in people])
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [WalkTaken] * 7

    first = next(staff for staff in people if staff.user_id == PickList.objects.get().picker_id)
    second = next(staff for staff in people if staff != first)
    [other] = a_wave(seller, warehouse, {"A": 1}).pick_lists
    steps = [(begun(walk.code, first), first), (begun(other.code, second), second)]
    ends = together(
        [
            lambda step=step, staff=staff: tie_tote(
                slot_id=step.walk.slot.slot_id, scan="T-001", actor=acting_as(staff), at=NOON
            )
            for step, staff in steps
        ]
    )
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [ToteInUse]
    assert Slot.objects.filter(tote__code="T-001").values("pick_list").distinct().count() == 1


def test_a_scan_sent_by_four_lines_at_once_takes_one_piece(transactional_db: None) -> None:
    warehouse, seller = a_warehouse(), a_seller()
    stock_of(a_coded_sku(seller, "A"), warehouse, 9)
    picker = a_person(warehouse)
    [walk] = a_wave(seller, warehouse, {"A": 3}).pick_lists
    step = begun(walk.code, picker)
    assert step.walk.slot is not None
    tie_tote(slot_id=step.walk.slot.slot_id, scan="T-001", actor=acting_as(picker), at=NOON)
    PickTask.objects.update(is_bin_confirmed=True)
    task = PickTask.objects.get()
    scan = {"task_id": task.pk, "scan": "A", "quantity": 1, "scan_id": "one-and-the-same"}
    ends = together([lambda: pick_pieces(**scan, actor=acting_as(picker), at=NOON)] * 4)
    assert (ends.troubles, ends.refusals) == ([], [])
    task.refresh_from_db()
    assert task.picked == 1
