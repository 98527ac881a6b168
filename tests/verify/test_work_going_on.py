"""What is only under way is no problem, unless everything should be settled; what a person chose is none at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.verify.damage import execute
from tests.verify.damage_to_parcels import a_write_back_still_to_be_told, a_write_back_whose_job_is_still_to_run
from tests.verify.whole_house import LATER, House
from tests.world import NOON, WORLD, acting_for
from toiya.cli.verify import Report
from toiya.config.truths import all_checks
from toiya.core.checks import run
from toiya.domain.channels.actions.connecting import Switches, set_switches
from toiya.domain.orders.actions.changing import add_lines
from toiya.domain.orders.rules import LineDraft

pytestmark = pytest.mark.django_db


def _report(*, is_settled: bool = False) -> Report:
    return Report(tuple(run(all_checks(), at=LATER)), {}, is_settled)


@pytest.mark.parametrize("plant", [a_write_back_still_to_be_told, a_write_back_whose_job_is_still_to_run])
def test_a_number_still_to_be_told_is_open_work_and_a_problem_once_all_is_settled(house: House, plant: object) -> None:
    assert callable(plant)
    code = plant(house)

    going_on, settled = _report(), _report(is_settled=True)

    assert going_on.is_ok
    assert [each["subject"] for each in going_on.as_data()["open"]] == [code]
    assert not settled.is_ok
    assert [problem.subject for problem in settled.problems] == [code]


def test_a_parcel_that_left_while_its_shop_was_told_nothing_needs_no_write_back(house: House) -> None:
    shop, parcel = house.one.shop, house.one.parcels["shipped"]
    execute("DELETE FROM channels_writeback WHERE parcel_id = %s", parcel.pk)
    execute("DELETE FROM procrastinate_jobs")
    actor = acting_for(house.one.seller)
    for is_on, minutes in ((False, -5), (True, 5)):
        switches = Switches(is_writing_back=is_on)
        at = NOON + timedelta(minutes=minutes)
        set_switches(connection_code=shop.code, switches=switches, actor=actor, at=at)

    assert _report(is_settled=True).is_ok


def test_lines_that_a_site_just_added_are_not_judged_yet(house: House) -> None:
    order = house.one.orders["waiting"]
    added = LineDraft("added-1", "Thing MUG", "", "MUG", "", 1)
    add_lines(order_id=order.pk, lines=[added], actor=WORLD, at=LATER)

    assert _report().is_ok


def test_a_note_is_no_problem(house: House) -> None:
    execute("UPDATE channels_confirmation SET status = 'rejected' WHERE order_id = %s", house.one.orders["waiting"].pk)

    report = _report(is_settled=True)

    assert report.is_ok
    assert [note["code"] for note in report.as_data()["notes"]] == ["other_tellings_ended"]


def test_at_most_fifty_rows_are_told_and_all_are_counted(house: House) -> None:
    execute("INSERT INTO warehouses_bin (warehouse_id, code, kind, zone, walk_order) "
            "SELECT %s, 'X-' || n, 'storage', '', n FROM generate_series(1, 60) n", house.one.warehouse.pk)  # fmt: skip
    execute(
        "INSERT INTO stock_binstock (seller_id, warehouse_id, bin_id, sku_id, lot, quantity) "
        "SELECT s.seller_id, b.warehouse_id, b.id, s.id, '', 1 FROM warehouses_bin b, catalog_sku s "
        "WHERE b.code LIKE 'X-%%' AND s.seller_code = 'MUG' AND s.seller_id = %s",
        house.one.seller.pk,
    )

    report = _report()

    assert report.as_data()["counts"] == {"bin_is_sum_of_movements": 60, "bins_sum_to_on_hand": 1}
    assert len(report.problems) == 51
    assert "       and 10 more" in list(report.lines())
    assert list(report.lines())[-1] == "61 problems in all."
