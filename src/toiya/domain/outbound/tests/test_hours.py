"""The day by the hour: counted back from now, and played forward at the pace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.floor_world import a_coded_sku, a_person, on_the_floor, packed, walked
from tests.world import NOON, stock_of
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.hour_rules import HOUR, HOURS_AHEAD, HOURS_BACK, Hour, by_hour
from toiya.domain.outbound.hours import hours_of
from toiya.domain.stock.cover_rules import cover_days
from toiya.domain.warehouses.models import Warehouse


def test_what_was_left_is_counted_back_and_what_will_be_is_played_forward() -> None:
    before = NOON - HOUR
    hours = by_hour(NOON + timedelta(minutes=20), {before: 30, NOON: 5}, {before: 40, NOON: 15}, 50, 20)
    assert len(hours) == HOURS_BACK + 1 + HOURS_AHEAD
    assert hours[HOURS_BACK - 2 : HOURS_BACK + 1] == [
        Hour(before - HOUR, 0, 30),
        Hour(before, 30, 40),
        Hour(NOON, 5, 50),
    ]
    assert [(hour.packed, hour.left) for hour in hours if hour.is_forecast] == [(20, 30), (20, 10), (10, 0), (0, 0)]
    assert not any(hour.is_forecast for hour in by_hour(NOON, {}, {}, 3, 0))


@pytest.mark.django_db
def test_the_hours_of_a_building(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 9)
    early = NOON - timedelta(minutes=70)
    release, _ = on_the_floor(seller, warehouse, {"A": 1}, {"A": 1}, at=early)
    walked(release.pick_lists[0].code, picker, at=early)
    packed("T-001", picker, service, at=early + timedelta(minutes=5))
    now = {hour.begins: hour for hour in hours_of(warehouse.pk, NOON + timedelta(minutes=1))}
    assert (now[NOON].left, now[NOON - 2 * HOUR].packed, now[NOON - 2 * HOUR].left) == (1, 1, 1)
    assert now[NOON - 3 * HOUR].left == 0
    assert (now[NOON + HOUR].packed, now[NOON + HOUR].left, now[NOON + HOUR].is_forecast) == (1, 0, True)
    client = Client()
    client.force_login(a_person(warehouse, "floor_lead").user)
    page = client.get("/office/").content.decode()
    assert "By the hour" in page
    assert 'role="img" aria-label="Parcels packed and orders left to pack, hour by hour;' in page
    assert '<caption class="vh">By the hour</caption>' in page
    assert " style=" not in page


@pytest.mark.parametrize(
    ("available", "shipped", "days"), [(10, 0, None), (28, 28, 28), (10, 7, 40), (0, 3, 0), (-2, 3, 0), (10**6, 1, 999)]
)
def test_stock_lasts_at_the_pace_of_four_weeks(available: int, shipped: int, days: int | None) -> None:
    assert cover_days(available, shipped) == days
