"""What the office shows of parcels that their sellers pack."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.floor_world import a_person, a_service
from tests.smart_world import a_packing_seller, handed_in, to_hand_in, with_label
from tests.world import a_seller, a_warehouse, money_in

pytestmark = pytest.mark.django_db


def test_today_counts_what_sellers_hand_in_beside_what_we_pack() -> None:
    seller, centre, service = a_packing_seller(), a_warehouse(), a_service()
    money_in(seller, 5_000)
    with_label(to_hand_in(seller), centre, service)
    came = with_label(to_hand_in(seller), centre, service)
    handed_in(came)
    desk = Client()
    desk.force_login(a_person(centre, "administrator").user)

    answer = desk.get("/office/")

    (own,) = answer.context["today"].hand_ins
    assert (own.day.awaited, own.day.here, own.day.gone) == (1, 1, 0)
    assert sum(truck.all for truck in answer.context["today"].trucks) == 0
    assert "1 of 2 handed in" in answer.content.decode()
    page = desk.get(f"/office/orders/{came.order.code}/").content.decode()
    assert "handed in at Funabashi" in page
    assert "At the collection centre" in page


def test_whoever_may_approve_sellers_switches_a_service_on() -> None:
    seller, centre = a_seller(), a_warehouse()
    address = f"/office/sellers/{seller.code}/services/"
    approver, picker = Client(), Client()
    approver.force_login(a_person(centre, "approver").user)
    picker.force_login(a_person(centre, "floor_lead").user)

    assert picker.post(address, {"smart_delivery": "on"}).status_code == 403
    assert address in approver.get("/office/sellers/").content.decode()
    assert "checked" in approver.get(address).content.decode()
    assert approver.post(address, {}).status_code == 409
    assert approver.post(address, {"fulfilment": "on", "smart_delivery": "on"}).status_code == 302

    seller.refresh_from_db()
    assert (seller.uses_fulfilment, seller.uses_smart_delivery) == (True, True)
