"""The day, hours, service and warehouse that were wished for: on the label, judged again, and waived by a person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.allocation_world import a_house
from tests.carrier_files_world import by_file, file_of
from tests.floor_world import acting_as
from tests.orders_in_world import an_entered_order
from tests.packing_world import problems
from tests.wishes_world import SATURDAY, a_wished_order, entered_and_sealed, in_a_tote, sealed
from tests.world import NOON, WORLD, a_sku, judged, stock_of
from toiya.core.models import EventRow
from toiya.domain.allocation.models import Allocation
from toiya.domain.carriers.models import Label, Service
from toiya.domain.carriers.queries import request_of
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.actions.holds import lift_hold
from toiya.domain.orders.models import Hold, Wish
from toiya.domain.outbound.actions.labelling import want_parcel_label
from toiya.domain.outbound.actions.packing import open_tote, packing_of
from toiya.domain.outbound.delivery_wishes import services_for
from toiya.domain.outbound.models import Parcel
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
FRIDAY = NOON.date()
WISH = {"deliver_on": "2026-11-21", "slot": "14-16"}


@pytest.fixture
def stocked(seller: Seller, warehouse: Warehouse) -> Seller:
    stock_of(a_sku(seller), warehouse, 3)
    return seller


@pytest.fixture
def takkyubin(db: None) -> Service:
    return by_file()


def wanted(parcel: Parcel, at: datetime = NOON) -> Label | None:
    return want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=at).label


def open_holds(parcel: Parcel) -> list[tuple[str, dict[str, str]]]:
    return list(Hold.objects.filter(order=parcel.order, lifted_at=None).values_list("code", "details"))


@pytest.mark.seed("L25")
def test_the_wished_day_and_hours_stand_in_the_carriers_file(
    stocked: Seller, picker: Staff, takkyubin: Service
) -> None:
    parcel = entered_and_sealed(stocked, picker, takkyubin, WISH)
    label = wanted(parcel)
    assert label is not None
    request = request_of(label)
    assert (request.deliver_on, request.slot, request.ship_on) == (SATURDAY, "14-16", FRIDAY)
    cells = bytes(file_of(takkyubin).content).decode("cp932").split("\r\n")[0].split(",")
    assert (cells[5], cells[6]) == ("2026/11/21", "1416")


@pytest.mark.seed("L25")
def test_a_day_that_has_passed_holds_the_label_until_a_person_lets_it_go_without(
    stocked: Seller, picker: Staff, takkyubin: Service
) -> None:
    parcel = entered_and_sealed(stocked, picker, takkyubin, WISH)
    late = NOON + timedelta(days=1)
    assert wanted(parcel, late) is None
    assert wanted(parcel, late) is None
    told = {"wish": "2026-11-21 14-16", "service": takkyubin.name, "objection": "date_too_early"}
    assert open_holds(parcel) == [("wish_not_kept", told)]
    assert Parcel.objects.get(pk=parcel.pk).reservation is None

    lift_hold(order_code=parcel.order.code, code="wish_not_kept", actor=WORLD, at=late)
    label = wanted(parcel, late)
    assert label is not None
    assert (request_of(label).deliver_on, request_of(label).slot) == (None, "")
    assert open_holds(parcel) == []
    assert problems() == []


def test_what_a_sites_buyer_wished_is_left_away_and_told_when_the_service_takes_none(
    stocked: Seller, picker: Staff
) -> None:
    nekopos = by_file(code="NEKOPOS")
    parcel = sealed(a_wished_order(stocked, shop_code="SHP-1"), picker, nekopos)
    label = wanted(parcel)
    assert label is not None
    assert (request_of(label).deliver_on, request_of(label).slot) == (None, "")
    event = EventRow.objects.get(name="parcel.wish_left_away")
    assert (event.subject, event.data["wish"], event.data["service"]) == (
        parcel.order.code,
        "2026-11-21 AM",
        "ネコポス",
    )


@pytest.mark.seed("A145")
def test_a_sites_wish_is_kept_with_the_order_and_stands_on_the_label(
    stocked: Seller, picker: Staff, takkyubin: Service
) -> None:
    order = a_wished_order(stocked, shop_code="SHP-1")
    assert (order.wish.deliver_on, order.wish.slot, order.wish.seller_id) == (SATURDAY, "AM", stocked.pk)
    label = wanted(sealed(order, picker, takkyubin))
    assert label is not None
    assert (request_of(label).deliver_on, request_of(label).slot) == (SATURDAY, "AM")
    assert not EventRow.objects.filter(name="parcel.wish_left_away").exists()


def test_an_order_without_a_wish_keeps_none(stocked: Seller) -> None:
    a_wished_order(stocked, None, "")
    assert not Wish.objects.exists()


def test_the_station_offers_the_services_that_can_keep_the_wish(
    stocked: Seller, picker: Staff, takkyubin: Service
) -> None:
    by_file(code="NEKOPOS")
    parcel = entered_and_sealed(stocked, picker, takkyubin, WISH)
    assert [each.code for each in services_for(parcel, FRIDAY)] == ["TAKKYUBIN"]
    assert len(services_for(parcel, date(2026, 11, 30))) == 2
    Wish.objects.all().delete()
    assert len(services_for(Parcel.objects.get(), FRIDAY)) == 2


@pytest.mark.seed("A190")
def test_the_wished_service_goes_before_that_of_the_sku(stocked: Seller, picker: Staff) -> None:
    stocked.sku_set.update(preferred_service="NEKOPOS")
    order = an_entered_order(stocked)
    Wish.objects.filter(order=order).update(service_code="COMPACT")
    in_a_tote(order, picker)
    parcel = open_tote(warehouse_id=picker.warehouse_id or 0, scan="T-001", actor=WORLD, at=NOON)
    packing = packing_of(parcel_code=parcel.code, actor=acting_as(picker), at=NOON)
    assert [line.preferred_service for line in packing.lines] == ["COMPACT"]
    Wish.objects.all().delete()
    packing = packing_of(parcel_code=parcel.code, actor=acting_as(picker), at=NOON)
    assert [line.preferred_service for line in packing.lines] == ["NEKOPOS"]


@pytest.mark.parametrize(("branch", "waits"), [("OSK", False), ("FNB", True)])
def test_the_wished_warehouse_sends_the_order_or_the_order_waits_for_it(
    seller: Seller, warehouse: Warehouse, branch: str, waits: bool
) -> None:
    osaka = a_house("OSK", "530-0001")
    stock_of(a_sku(seller), osaka, 3)
    (order,) = judged(an_entered_order(seller, branch=branch))
    assert order.waiting_reason == ("elsewhere" if waits else "")
    assert [each.warehouse_id for each in Allocation.objects.all()] == ([] if waits else [osaka.pk])
