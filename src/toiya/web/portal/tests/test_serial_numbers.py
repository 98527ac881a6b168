"""Serial numbers on the pages of orders, and found by searching."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.floor_world import a_person, on_the_floor, walked
from tests.packing_world import a_lotted_sku
from tests.world import NOON, WORLD, a_seller, a_warehouse
from toiya.domain.outbound.actions.packing import open_tote, pack_piece
from toiya.domain.outbound.actions.serials import put_serial

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.mark.seed("L50")
def test_a_serial_number_stands_on_the_order_and_finds_it(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    a_lotted_sku(seller, house, "CLOCK", {"L1": 1}, tracks_serials=True)
    release, (order,) = on_the_floor(seller, house, {"CLOCK": 1})
    lead = a_person(house, "floor_lead")
    walked(release.pick_lists[0].code, lead)
    parcel = open_tote(warehouse_id=house.pk, scan="T-001", actor=WORLD, at=NOON)
    pack_piece(parcel_code=parcel.code, scan="CLOCK", actor=WORLD, at=NOON)
    put_serial(parcel_code=parcel.code, scan="SN-77", actor=WORLD, at=NOON)
    mine, office = sign_in(seller), Client()
    office.force_login(lead.user)
    for client, start in ((mine, "/orders/"), (office, "/office/orders/")):
        assert "SN-77" in client.get(f"{start}{order.code}/").content.decode()
        assert order.code in client.get(f"{start}?q=sn-77").content.decode()
    assert order.code not in sign_in(a_seller("Kumo")).get("/orders/?q=sn-77").content.decode()
    serial = parcel.serials.get()
    assert mine.post(f"/office/orders/{order.code}/serials/{serial.pk}/return/").status_code == 403
    assert parcel.serials.count() == 1
    office.post(f"/office/orders/{order.code}/serials/{serial.pk}/return/")
    assert parcel.serials.count() == 0
