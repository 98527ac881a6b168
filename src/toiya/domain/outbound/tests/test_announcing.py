"""Labels for parcels that sellers pack: checked before anything is promised, given up without a trace of money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.books import findings, fingerprint
from tests.floor_world import a_service, labelled
from tests.smart_world import a_packing_seller, announced, handed_in, serves, to_hand_in, with_label
from tests.world import (
    NOON,
    WORLD,
    a_seller,
    a_warehouse,
    acting_for,
    an_allocated_order,
    held,
    money_in,
)
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.actions import buying
from toiya.domain.carriers.jobs import buy_label
from toiya.domain.carriers.models import Label, Service
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound import jobs
from toiya.domain.outbound.actions.announcing import (
    Announced,
    HandedInAlready,
    NothingToList,
    NotToHandIn,
    NoWeightTold,
    Packed,
    StoppedByHold,
    TooBigFor,
    TooHeavyFor,
    cancel_label,
    make_hand_in_list,
    make_labels,
)
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.labelling import finish_label, want_parcel_label
from toiya.domain.outbound.models import HandIn, Parcel
from toiya.domain.stock.models import Movement
from toiya.domain.wallet.models import Account, Reservation
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
Status = Parcel.Status


@pytest.fixture
def centre(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def service(db: None) -> Service:
    service = a_service()
    service.max_size_cm = 60
    service.save(update_fields=["max_size_cm"])
    return service


@pytest.fixture
def seller(db: None) -> Seller:
    seller = a_packing_seller()
    money_in(seller, 1_000)
    return seller


def _make(seller: Seller, centre: Warehouse, packed: Sequence[Packed], **given: Any) -> Announced:
    actor = given.get("actor", acting_for(seller))
    return make_labels(seller_id=seller.pk, warehouse_id=centre.pk, packed=packed, actor=actor, at=NOON)


def _refused(refusal: type[Refusal], seller: Seller, centre: Warehouse, *packed: Packed) -> Refusal:
    before = fingerprint()
    with pytest.raises(refusal) as told:
        _make(seller, centre, packed)
    assert fingerprint() == before
    return told.value


def test_a_label_is_made_and_its_fee_set_aside_without_touching_stock(
    seller: Seller, centre: Warehouse, service: Service
) -> None:
    order = to_hand_in(seller)
    parcel = with_label(order, centre, service)

    order.refresh_from_db()
    assert (parcel.status, order.status) == (Status.AWAITED, Order.Status.TO_HAND_IN)
    assert Reservation.objects.get(source=parcel.code).status == "open"
    assert parcel.label is not None
    assert parcel.label.shipment["sender"]["name"] == "Hibari"
    assert parcel.label.shipment["pieces"] == 2
    assert Movement.objects.count() == 0
    assert findings() == []


def test_asking_twice_makes_one_label(seller: Seller, centre: Warehouse, service: Service) -> None:
    order = to_hand_in(seller)
    packed = [Packed(order.code, 400, service.code)]

    first, second = _make(seller, centre, packed), _make(seller, centre, packed)

    assert (len(first.parcels), first.already) == (1, ())
    assert (second.parcels, second.already) == ((), (order.code,))
    assert Parcel.objects.count() == 1


def test_limits_are_checked_before_anything_is_promised(seller: Seller, centre: Warehouse, service: Service) -> None:
    good, bad = to_hand_in(seller), to_hand_in(seller)
    fine = Packed(good.code, 400, service.code)

    _refused(NoWeightTold, seller, centre, fine, Packed(bad.code, 0, service.code))
    _refused(TooHeavyFor, seller, centre, fine, Packed(bad.code, 1_001, service.code))
    _refused(TooBigFor, seller, centre, fine, Packed(bad.code, 400, service.code, 61))
    _refused(NotFound, seller, centre, fine, Packed(bad.code, 400, "no-such"))
    assert _make(seller, centre, [fine, Packed(bad.code, 1_000, service.code, 60)]).already == ()


def test_only_orders_to_hand_in_get_a_label(centre: Warehouse, service: Service) -> None:
    both = serves(a_seller(), fulfilment=True, smart_delivery=True)
    order = an_allocated_order(both, centre)
    _refused(NotToHandIn, both, centre, Packed(order.code, 400, service.code))


def test_a_held_order_gets_no_label(seller: Seller, centre: Warehouse, service: Service) -> None:
    order = to_hand_in(seller)
    held(order, "cancel_asked")
    _refused(StoppedByHold, seller, centre, Packed(order.code, 400, service.code))


def test_another_sellers_order_is_not_there(seller: Seller, centre: Warehouse, service: Service) -> None:
    theirs = to_hand_in(a_packing_seller("Kaede"))
    _refused(NotFound, seller, centre, Packed(theirs.code, 400, service.code))
    parcel = announced(theirs, centre, service)
    before = fingerprint()
    with pytest.raises(NotFound):
        cancel_label(parcel_code=parcel.code, actor=acting_for(seller), at=NOON)
    assert fingerprint() == before


def test_too_little_money_holds_the_order_and_a_top_up_frees_it(centre: Warehouse, service: Service) -> None:
    poor = a_packing_seller("Suzume")
    money_in(poor, 100)
    order = to_hand_in(poor)
    parcel = with_label(order, centre, service)

    assert (parcel.status, parcel.label) == (Status.SEALED, None)
    hold = order.holds.get(lifted_at=None)
    assert (hold.code, hold.details["missing"]) == ("wallet_too_low", 285)

    money_in(poor, 285, "transfer 2")
    jobs.retry_wallet_holds(poor.pk)
    assert labelled(parcel).status == Status.AWAITED
    assert not order.holds.filter(lifted_at=None).exists()
    assert findings() == []


def test_a_worker_killed_between_wish_and_answer_buys_one_label(
    seller: Seller, centre: Warehouse, service: Service
) -> None:
    parcel = announced(to_hand_in(seller), centre, service)
    wanted = want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert wanted.label is not None
    lost = buying.claim_label(label_id=wanted.label.pk, at=NOON)  # and the worker dies here
    assert lost is not None

    buy_label(wanted.label.pk)
    buy_label(wanted.label.pk)
    for _ in range(2):
        finish_label(label_id=wanted.label.pk, actor=WORLD, at=NOON)

    parcel.refresh_from_db()
    assert parcel.status == Status.AWAITED
    assert Label.objects.filter(status="bought").count() == 1
    assert findings() == []


def _free(seller: Seller) -> int:
    return int(Account.objects.get(seller=seller, kind="free").balance_minor)


def test_a_label_given_up_frees_its_fee_and_the_order_gets_another(
    seller: Seller, centre: Warehouse, service: Service
) -> None:
    order = to_hand_in(seller)
    first = with_label(order, centre, service)
    assert _free(seller) == 615

    for _ in range(2):
        cancel_label(parcel_code=first.code, actor=acting_for(seller), at=NOON)

    first.refresh_from_db()
    assert (first.status, _free(seller)) == (Status.CANCELLED, 1_000)
    second = with_label(order, centre, service)
    assert second.code != first.code
    assert second.label is not None
    assert first.label is not None
    assert second.label.tracking_number != first.label.tracking_number
    assert findings() == []


def test_a_label_given_up_while_it_is_made_is_not_waited_for(
    seller: Seller, centre: Warehouse, service: Service
) -> None:
    parcel = announced(to_hand_in(seller), centre, service)
    wanted = want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert wanted.label is not None

    cancel_label(parcel_code=parcel.code, actor=acting_for(seller), at=NOON)
    buy_label(wanted.label.pk)
    finish_label(label_id=wanted.label.pk, actor=WORLD, at=NOON)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)

    parcel.refresh_from_db()
    assert parcel.status == Status.CANCELLED
    assert Label.objects.get().status == "dropped"
    assert _free(seller) == 1_000
    assert findings() == []


def test_a_label_is_not_given_up_once_its_parcel_is_with_us(
    seller: Seller, centre: Warehouse, service: Service
) -> None:
    parcel = with_label(to_hand_in(seller), centre, service)
    handed_in(parcel)
    before = fingerprint()
    with pytest.raises(HandedInAlready):
        cancel_label(parcel_code=parcel.code, actor=acting_for(seller), at=NOON)
    assert fingerprint() == before


def test_cancelling_the_order_gives_its_label_up(seller: Seller, centre: Warehouse, service: Service) -> None:
    order = to_hand_in(seller)
    parcel = with_label(order, centre, service)

    cancel_order(order_code=order.code, reason="by_seller", actor=acting_for(seller), at=NOON)

    parcel.refresh_from_db()
    order.refresh_from_db()
    assert (parcel.status, order.status) == (Status.CANCELLED, Order.Status.CANCELLED)
    assert _free(seller) == 1_000
    assert findings() == []


def test_a_list_takes_every_made_label_once(seller: Seller, centre: Warehouse, service: Service) -> None:
    for _ in range(2):
        with_label(to_hand_in(seller), centre, service)
    announced(to_hand_in(seller), centre, service)
    actor = acting_for(seller)

    made = make_hand_in_list(seller_id=seller.pk, warehouse_id=centre.pk, actor=actor, at=NOON)

    assert HandIn.objects.filter(list=made).count() == 2
    before = fingerprint()
    with pytest.raises(NothingToList):
        make_hand_in_list(seller_id=seller.pk, warehouse_id=centre.pk, actor=actor, at=NOON)
    assert fingerprint() == before
