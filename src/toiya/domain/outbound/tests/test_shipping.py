"""From a sealed parcel to the truck: fee set aside, label made, stock settled, fee taken."""

from __future__ import annotations

import pytest

from tests.floor_world import (
    a_coded_sku,
    acting_as,
    bins_agree,
    books,
    labelled,
    on_the_floor,
    packed,
    walked,
)
from tests.world import NOON, WORLD, a_seller, held, money_in, stock_of
from toiya.core.errors import NotFound, Rejected, Unreachable
from toiya.domain.carriers import plugs
from toiya.domain.carriers.actions.labels import ask_again
from toiya.domain.carriers.jobs import buy_label
from toiya.domain.carriers.models import Label, NumberRange, Service
from toiya.domain.carriers.tests.scripted_carrier import ScriptedCarrier
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.labelling import finish_label, want_parcel_label
from toiya.domain.outbound.actions.shipping import (
    OrderHeld,
    ParcelNotReady,
    UnknownParcel,
    load_parcel,
    ship_parcels,
)
from toiya.domain.outbound.jobs import retry_wallet_holds
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Balance
from toiya.domain.wallet.models import Account, Reservation
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def a_packed_parcel(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> Parcel:
    """One piece of A in a sealed parcel."""
    stock_of(a_coded_sku(seller, "A"), warehouse, 1)
    release, _ = on_the_floor(seller, warehouse, {"A": 1})
    walked(release.pick_lists[0].code, picker)
    return packed("T-001", picker, service)


@pytest.fixture
def parcel(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> Parcel:
    return a_packed_parcel(seller, warehouse, picker, service)


def wallet(seller: Seller) -> dict[str, int]:
    accounts = Account.objects.filter(seller=seller, kind__in=["free", "reserved", "fees"])
    return {account.kind: account.balance_minor for account in accounts}


def ship(parcel: Parcel) -> tuple[str, ...]:
    return ship_parcels(seller_id=parcel.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON).parcels


def test_the_fee_is_set_aside_and_the_label_made(parcel: Parcel, seller: Seller) -> None:
    ready = labelled(parcel)
    assert ready.status == Parcel.Status.LABELLED
    assert ready.order.status == Order.Status.READY
    assert ready.label is not None
    assert ready.label.tracking_number
    assert wallet(seller) == {"free": 9_615, "reserved": 385, "fees": 0}


def test_the_truck_takes_goods_and_fee(parcel: Parcel, seller: Seller) -> None:
    labelled(parcel)
    assert ship(parcel) == (parcel.code,)
    balance = Balance.objects.get()
    assert (balance.on_hand, balance.allocated) == (0, 0)
    assert wallet(seller) == {"free": 9_615, "reserved": 0, "fees": 385}
    order = Order.objects.get()
    assert (order.status, order.shipped_at) == (Order.Status.SHIPPED, NOON)
    assert bins_agree()


def test_shipping_twice_is_once(parcel: Parcel, seller: Seller) -> None:
    labelled(parcel)
    ship(parcel)
    before = books() | {"wallet": [tuple(wallet(seller).items())]}
    again = ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    assert (again.parcels, again.already) == ((), (parcel.code,))
    assert books() | {"wallet": [tuple(wallet(seller).items())]} == before


def test_a_parcel_without_its_label_stays(parcel: Parcel, seller: Seller) -> None:
    before = books()
    with pytest.raises(ParcelNotReady):
        ship(parcel)
    assert books() == before


def test_a_held_order_does_not_ship(parcel: Parcel, seller: Seller) -> None:
    labelled(parcel)
    held(parcel.order, "cancel_asked")
    before = books() | {"wallet": [tuple(wallet(seller).items())]}
    with pytest.raises(OrderHeld):
        ship(parcel)
    assert books() | {"wallet": [tuple(wallet(seller).items())]} == before


def test_one_bad_parcel_keeps_all_of_the_hand_over(parcel: Parcel, seller: Seller) -> None:
    labelled(parcel)
    with pytest.raises(NotFound):
        ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code, "PCL-NONE"], actor=WORLD, at=NOON)
    assert Parcel.objects.get().status == Parcel.Status.LABELLED


def test_too_little_money_holds_the_order_and_a_top_up_frees_it(
    warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    poor = a_seller("Kumo")
    money_in(poor, 100)
    parcel = a_packed_parcel(poor, warehouse, picker, service)

    waiting = labelled(parcel)

    assert waiting.status == Parcel.Status.SEALED
    hold = Hold.objects.get(lifted_at=None)
    assert (hold.code, hold.details["missing"]) == ("wallet_too_low", 285)
    assert not Label.objects.exists()
    assert not Reservation.objects.exists()
    assert wallet(poor) == {"free": 100, "reserved": 0, "fees": 0}

    money_in(poor, 285, reference="transfer 2")
    retry_wallet_holds(seller_id=poor.pk)
    label = Label.objects.get()
    buy_label(label.pk)
    finish_label(label_id=label.pk, actor=WORLD, at=NOON)

    assert not Hold.objects.filter(lifted_at=None).exists()
    assert Parcel.objects.get().status == Parcel.Status.LABELLED
    assert wallet(poor) == {"free": 0, "reserved": 385, "fees": 0}


def test_wanting_a_label_twice_sets_the_fee_aside_once(parcel: Parcel, seller: Seller) -> None:
    for _ in range(2):
        want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert Label.objects.count() == 1
    assert wallet(seller) == {"free": 9_615, "reserved": 385, "fees": 0}


@pytest.mark.parametrize("failure", [Rejected("bad_postcode", "The postcode is unknown."), None])
def test_a_label_that_the_carrier_did_not_make_holds_the_order_until_it_is_made(
    parcel: Parcel, failure: Rejected | None
) -> None:
    carrier = ScriptedCarrier("test_carrier")
    before = dict(plugs._carriers)
    plugs.install({**before, "test_carrier": carrier})
    try:
        if failure:
            carrier.script = [failure]
            waiting = labelled(parcel)
        else:
            carrier.script = [Unreachable("timeout", "No answer.")]
            waiting = labelled(parcel)
            Label.objects.update(status=Label.Status.IN_DOUBT, problem="No answer.")
            finish_label(label_id=waiting.label_id or 0, actor=WORLD, at=NOON)
        hold = Hold.objects.get(lifted_at=None)
        assert hold.code == "label_rejected"
        assert hold.details["problem"]
        assert Parcel.objects.get().status == Parcel.Status.SEALED

        ask_again(reference=parcel.code, actor=WORLD, at=NOON)
        buy_label(waiting.label_id or 0)
        finish_label(label_id=waiting.label_id or 0, actor=WORLD, at=NOON)
    finally:
        plugs.install(before)
    assert Parcel.objects.get().status == Parcel.Status.LABELLED
    assert not Hold.objects.filter(lifted_at=None).exists()
    assert ship(parcel) == (parcel.code,)


def test_without_numbers_the_order_is_held_and_goes_on_when_they_are_there(parcel: Parcel, seller: Seller) -> None:
    NumberRange.objects.update(next_body=99_999_999_999 + 1)
    assert labelled(parcel).status == Parcel.Status.SEALED
    assert Hold.objects.get(lifted_at=None).code == "label_rejected"
    assert not Label.objects.exists()
    NumberRange.objects.update(next_body=99_900_000_001)
    assert labelled(parcel).status == Parcel.Status.LABELLED
    assert not Hold.objects.filter(lifted_at=None).exists()
    assert wallet(seller) == {"free": 9_615, "reserved": 385, "fees": 0}


def test_taking_the_carriers_answer_twice_is_once(parcel: Parcel) -> None:
    ready = labelled(parcel)
    before = books()
    finish_label(label_id=ready.label_id or 0, actor=WORLD, at=NOON)
    assert books() == before


def test_a_parcel_is_loaded_by_its_code_or_its_number(parcel: Parcel, warehouse: Warehouse, picker: Staff) -> None:
    number = labelled(parcel).label.tracking_number  # type: ignore[union-attr]
    first = load_parcel(warehouse_id=warehouse.pk, scan=f"A{number}A", actor=acting_as(picker), at=NOON)
    again = load_parcel(warehouse_id=warehouse.pk, scan=parcel.code.lower(), actor=acting_as(picker), at=NOON)
    assert (first.parcel, first.was_before) == (parcel.code, False)
    assert (again.parcel, again.was_before) == (parcel.code, True)
    assert Parcel.objects.get().status == Parcel.Status.SHIPPED


def test_the_same_scan_sent_twice_loads_once_and_answers_the_same(
    parcel: Parcel, warehouse: Warehouse, picker: Staff
) -> None:
    labelled(parcel)
    for _ in range(2):
        loaded = load_parcel(
            warehouse_id=warehouse.pk, scan=parcel.code, actor=acting_as(picker), at=NOON, scan_id="11111111-cccc"
        )
        assert not loaded.was_before


@pytest.mark.parametrize("scan", ["nonsense", "", "T-001"])
def test_what_is_no_parcel_is_refused_at_the_truck(
    parcel: Parcel, warehouse: Warehouse, picker: Staff, scan: str
) -> None:
    labelled(parcel)
    with pytest.raises(UnknownParcel):
        load_parcel(warehouse_id=warehouse.pk, scan=scan, actor=acting_as(picker), at=NOON)
    assert Parcel.objects.get().status == Parcel.Status.LABELLED
