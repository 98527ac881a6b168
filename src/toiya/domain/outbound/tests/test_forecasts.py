"""The forecast's facts: measured pace, who is at work, and the queue of the building."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.floor_world import a_coded_sku, a_person, a_service, packed, released, walked
from tests.world import NOON, a_seller, a_warehouse, an_order, judged, money_in, stock_of
from toiya.domain.outbound.forecasts import floor_now
from toiya.domain.outbound.models import Parcel, PickList

pytestmark = pytest.mark.django_db


def test_the_queue_is_judged_by_what_people_did(client: Client) -> None:
    warehouse, seller = a_warehouse(), a_seller()
    stock_of(a_coded_sku(seller, "LT-NVM"), warehouse, 50)
    money_in(seller, 10_000)
    assert floor_now(warehouse.pk, NOON).outlook is None

    picker, service = a_person(warehouse, name="Sato"), a_service()
    first = judged(an_order(seller, {"LT-NVM": 2}))[0]
    code = released(warehouse, first).pick_lists[0].code
    walked(code, picker)
    parcel = packed("T-001", picker, service)
    PickList.objects.filter(code=code).update(finished_at=NOON + timedelta(minutes=4))
    sealed_at, opened_at = NOON + timedelta(minutes=6), NOON + timedelta(minutes=4)
    Parcel.objects.filter(pk=parcel.pk).update(sealed_at=sealed_at, opened_at=opened_at)

    queue = judged(*[an_order(seller, {"LT-NVM": 3}) for _ in range(12)])
    told = floor_now(warehouse.pk, NOON + timedelta(minutes=10))
    (person,) = told.people
    assert (person.is_here, person.pieces_an_hour, person.parcels_an_hour) == (True, 30, 30)
    assert told.outlook is not None
    # Eight minutes each, fifty minutes left: the first five or so leave in time.
    assert told.outlook.chances[0].percent == 100
    assert {order.code for order in queue} == {chance.job.code for chance in told.outlook.chances}
    assert {chance.percent for chance in told.outlook.chances[-5:]} == {0}
    assert told.outlook.more_people == 1
    later = floor_now(warehouse.pk, NOON + timedelta(hours=3))
    assert (later.here, later.outlook) == (0, None)
