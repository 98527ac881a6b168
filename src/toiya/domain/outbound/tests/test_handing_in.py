"""The counter of a collection centre: what is scanned in, what is given back, and the truck after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.books import findings, fingerprint
from tests.floor_world import a_service
from tests.smart_world import a_packing_seller, announced, handed_in, to_hand_in, with_label
from tests.world import NOON, WORLD, a_warehouse, acting_for, held, money_in
from toiya.core.errors import Refusal
from toiya.core.models import EventRow
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import OpenOrder, Order
from toiya.domain.outbound.actions.announcing import cancel_label, make_hand_in_list
from toiya.domain.outbound.actions.cancelling import TooLateToCancel, cancel_order
from toiya.domain.outbound.actions.handing_in import (
    Counter,
    ForAnotherCentre,
    GiveItBack,
    HandedIn,
    InAlready,
    NoLabelYet,
    OfAnotherSeller,
    TooHeavyToTake,
    UnknownLabel,
    WeighsOtherwise,
    hand_in_parcel,
)
from toiya.domain.outbound.actions.shipping import NotHandedIn, OrderHeld, load_parcel
from toiya.domain.outbound.models import HandIn, Parcel
from toiya.domain.stock.models import Movement
from toiya.domain.wallet.models import Reservation
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
Status = Parcel.Status


@pytest.fixture
def centre(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def service(db: None) -> Service:
    return a_service()


@pytest.fixture
def seller(db: None) -> Seller:
    seller = a_packing_seller()
    money_in(seller, 5_000)
    return seller


@pytest.fixture
def parcel(seller: Seller, centre: Warehouse, service: Service) -> Parcel:
    return with_label(to_hand_in(seller), centre, service)


def _scan(counter: Counter, scan: str, scan_id: str = "") -> HandedIn:
    return hand_in_parcel(counter=counter, scan=scan, actor=WORLD, at=NOON, scan_id=scan_id)


def _refused(refusal: type[Refusal], counter: Counter, scan: str) -> str:
    before = fingerprint()
    with pytest.raises(refusal) as told:
        _scan(counter, scan)
    assert fingerprint() == before
    return str(told.value)


def test_a_parcel_is_received_by_its_number_and_then_loaded(parcel: Parcel, centre: Warehouse) -> None:
    assert parcel.label is not None
    number = parcel.label.tracking_number

    came = _scan(Counter(centre.pk), f"A{number}A")
    assert (came.parcel, came.tracking_number, came.seller) == (parcel.code, number, "Hibari")
    parcel.refresh_from_db()
    assert parcel.status == Status.LABELLED
    assert Order.objects.get(pk=parcel.order_id).status == Order.Status.HANDED_IN
    assert findings() == []

    load_parcel(warehouse_id=centre.pk, scan=number, actor=WORLD, at=NOON)

    assert Order.objects.get(pk=parcel.order_id).status == Order.Status.SHIPPED
    assert Reservation.objects.get(source=parcel.code).status == "captured"
    assert not OpenOrder.objects.exists()
    assert Movement.objects.count() == 0
    shipped = EventRow.objects.get(name="order.shipped")
    assert shipped.data["tracking_number"] == number
    assert findings() == []


def test_a_parcel_does_not_go_on_the_truck_before_it_was_handed_in(parcel: Parcel, centre: Warehouse) -> None:
    before = fingerprint()
    with pytest.raises(NotHandedIn):
        load_parcel(warehouse_id=centre.pk, scan=parcel.code, actor=WORLD, at=NOON)
    assert fingerprint() == before


def test_the_same_scan_sent_twice_is_one_and_a_second_box_with_the_label_stops(
    parcel: Parcel, centre: Warehouse
) -> None:
    first = _scan(Counter(centre.pk), parcel.code, "scan-0001")
    assert _scan(Counter(centre.pk), parcel.code, "scan-0001") == first
    assert EventRow.objects.filter(name="parcel.handed_in").count() == 1

    assert "12:00" in _refused(InAlready, Counter(centre.pk), parcel.code)


def test_what_nobody_announced_is_given_back(centre: Warehouse) -> None:
    _refused(UnknownLabel, Counter(centre.pk), "123456789012")
    _refused(UnknownLabel, Counter(centre.pk), "")


def test_a_parcel_for_another_building_is_given_back(parcel: Parcel) -> None:
    other = a_warehouse("KWG", "Kawagoe")
    assert "Funabashi" in _refused(ForAnotherCentre, Counter(other.pk), parcel.code)


def test_a_parcel_of_a_cancelled_order_is_given_back(parcel: Parcel, centre: Warehouse, seller: Seller) -> None:
    cancel_order(order_code=parcel.order.code, reason="by_buyer", actor=acting_for(seller), at=NOON)
    told = _refused(GiveItBack, Counter(centre.pk), parcel.code)
    assert "its order was cancelled" in told
    assert "Hibari" in told


def test_a_parcel_under_a_cancelled_label_is_given_back(parcel: Parcel, centre: Warehouse, seller: Seller) -> None:
    cancel_label(parcel_code=parcel.code, actor=acting_for(seller), at=NOON)
    assert "its label was cancelled" in _refused(GiveItBack, Counter(centre.pk), parcel.code)


def test_a_parcel_without_its_label_is_given_back(seller: Seller, centre: Warehouse, service: Service) -> None:
    waiting = announced(to_hand_in(seller), centre, service)
    _refused(NoLabelYet, Counter(centre.pk), waiting.code)


def test_a_parcel_of_a_held_order_is_put_aside(parcel: Parcel, centre: Warehouse) -> None:
    held(parcel.order, "cancel_asked")
    _refused(OrderHeld, Counter(centre.pk), parcel.code)


def test_a_list_says_which_parcels_belong_together(
    parcel: Parcel, seller: Seller, centre: Warehouse, service: Service
) -> None:
    bundle = make_hand_in_list(seller_id=seller.pk, warehouse_id=centre.pk, actor=WORLD, at=NOON)
    late = with_label(to_hand_in(seller), centre, service)
    other = a_packing_seller("Kaede")
    money_in(other, 1_000)
    strange = with_label(to_hand_in(other), centre, service)
    counter = Counter(centre.pk, bundle.code)

    assert _scan(counter, parcel.code).is_listed
    assert not _scan(counter, late.code).is_listed
    assert "Kaede" in _refused(OfAnotherSeller, counter, strange.code)
    assert _scan(Counter(centre.pk), strange.code).is_listed


def test_a_weight_that_differs_is_asked_about_and_a_parcel_too_heavy_is_given_back(
    parcel: Parcel, centre: Warehouse
) -> None:
    _refused(WeighsOtherwise, Counter(centre.pk, measured_g=700), parcel.code)
    _refused(TooHeavyToTake, Counter(centre.pk, measured_g=1_001, is_checked=True), parcel.code)

    _scan(Counter(centre.pk, measured_g=700, is_checked=True), parcel.code)

    assert HandIn.objects.get().measured_g == 700


def test_an_order_is_not_cancelled_once_its_parcel_is_with_us(parcel: Parcel, seller: Seller) -> None:
    handed_in(parcel, at=NOON + timedelta(minutes=1))
    before = fingerprint()
    with pytest.raises(TooLateToCancel):
        cancel_order(order_code=parcel.order.code, reason="by_buyer", actor=acting_for(seller), at=NOON)
    assert fingerprint() == before
