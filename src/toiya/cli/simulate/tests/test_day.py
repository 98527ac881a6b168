"""The day is drawn from its seed alone, and holds what a day must hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from toiya.cli.simulate.fast_clock import clock_showing
from toiya.cli.simulate.workload import FEW, LATE, STRANGE, day_of


def test_the_same_seed_is_the_same_day_and_another_one_another() -> None:
    assert day_of(7, 200) == day_of(7, 200)
    assert day_of(7, 200).digest != day_of(8, 200).digest
    assert day_of(1, 25).digest == "24a82d55f8c8a722"


@pytest.mark.parametrize("orders", [10, 25, 200, 2_000])
def test_every_day_has_its_troubles(orders: int) -> None:
    day = day_of(3, orders)
    bought = [sku for order in day.orders for sku, _ in order.lines]

    assert len(day.orders) == orders
    assert {trouble for trouble in (FEW, LATE, STRANGE) if any(trouble in sku for sku in bought)} == {
        FEW,
        LATE,
        STRANGE,
    }
    assert {order.seller for order in day.orders} == {"HB", "YS", "DB"}
    assert {order.cancelled_by for order in day.orders} >= {"", "seller"}
    assert any(order.is_by_file_carrier for order in day.orders)
    assert sorted(name for _, name in day.kills) == ["web", "worker"]
    assert 0 < day.missing < day.few
    assert [order.minute for order in day.orders] == sorted(order.minute for order in day.orders)


@pytest.mark.parametrize(("orders", "minutes", "rate"), [(25, 60, 200.0), (200, 360, 200.0), (2_000, 360, 36.0)])
def test_the_clock_runs_so_fast_that_the_orders_have_their_time(orders: int, minutes: int, rate: float) -> None:
    day = day_of(1, orders)

    assert (day.minutes, day.rate) == (minutes, rate)
    assert day.begins(date(2026, 11, 27)) + timedelta(minutes=minutes) == datetime(2026, 11, 27, 7, tzinfo=UTC)


def test_a_fast_clock_shows_the_wanted_moment_at_the_wanted_instant() -> None:
    real, wanted = datetime(2026, 11, 26, 1, tzinfo=UTC), datetime(2026, 11, 28, 6, tzinfo=UTC)

    clock = clock_showing(wanted, real, 150)

    assert clock.since < real
    assert abs(clock.since + (real - clock.since) * 150 - wanted) < timedelta(seconds=1)
    assert clock.environment()["TOIYA_CLOCK_RATE"] == "150"
