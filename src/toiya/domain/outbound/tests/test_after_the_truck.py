"""After the truck: delivered orders end, parcels nobody scans are told, and a label is cancelled for good before it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.carrier_files_world import came_back
from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import NOON, WORLD, a_seller, a_warehouse, acting_for, an_allocated_order, money_in
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.carriers.actions.terms import ContractDraft, set_contract
from toiya.domain.carriers.actions.voiding import ReasonMissing, reprint_label
from toiya.domain.carriers.models import Journey, LabelPrint, LabelVoid
from toiya.domain.outbound.actions.following import follow_parcel
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.actions.voiding import LabelNotVoidable, void_parcel_label
from toiya.domain.outbound.jobs import follow_label, watch_journeys
from toiya.domain.outbound.models import Parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel() -> Parcel:
    """A parcel ready for the truck."""
    seller, house = a_seller(), a_warehouse()
    money_in(seller, 10_000)
    order = an_allocated_order(seller, house)
    staff, service = a_person(house), a_service()
    walked(released(house, order).pick_lists[0].code, staff)
    return labelled(packed("T-001", staff, service))


def _number(parcel: Parcel) -> str:
    assert parcel.label is not None
    return parcel.label.tracking_number


def _scanned(parcel: Parcel, state: str) -> None:
    rows = came_back(
        f"{_number(parcel)},{state},2026/11/21 10:00",
        carrier="test_carrier",
        kind="scans",
        at=NOON + timedelta(days=2),
    )
    assert rows == {_number(parcel): "taken"}


def test_an_order_ends_when_its_parcels_are_delivered_and_not_before_it_left(parcel: Parcel) -> None:
    _scanned(parcel, "delivered")
    follow_label(parcel.label_id)
    parcel.order.refresh_from_db()
    assert parcel.order.status == "ready"
    ship_parcels(seller_id=parcel.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    watch_journeys(0)
    for _ in range(2):
        follow_parcel(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    parcel.order.refresh_from_db()
    assert parcel.order.status == "delivered"
    assert EventRow.objects.filter(name="order.delivered", subject=parcel.order.code).count() == 1


def test_a_parcel_nobody_scanned_for_the_days_agreed_may_be_lost_until_it_is_seen(parcel: Parcel) -> None:
    contract = ContractDraft("test_carrier", lost_after_days=3)
    set_contract(contract=contract, actor=WORLD, at=NOON)
    watch_journeys(0)
    assert Journey.objects.count() == 0
    long_ago = NOON - timedelta(days=900)
    ship_parcels(seller_id=parcel.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=long_ago)
    for _ in range(2):
        watch_journeys(0)
    assert Journey.objects.get().suspected_at is not None
    assert EventRow.objects.filter(name="carrier.loss_suspected").count() == 1
    _scanned(parcel, "moving")
    assert Journey.objects.get().suspected_at is None


def test_a_parcel_that_came_back_is_told_and_its_order_does_not_end(parcel: Parcel) -> None:
    ship_parcels(seller_id=parcel.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    _scanned(parcel, "returned")
    follow_parcel(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    parcel.order.refresh_from_db()
    assert parcel.order.status == "shipped"
    assert EventRow.objects.filter(name="carrier.came_back", subject=parcel.order.code).count() == 1


def test_a_cancelled_label_gives_way_to_another_with_another_number(parcel: Parcel) -> None:
    first = _number(parcel)
    void_parcel_label(parcel_code=parcel.code, reason="Wet", actor=WORLD, at=NOON)
    parcel = Parcel.objects.select_related("order", "reservation").get(pk=parcel.pk)
    assert (parcel.status, parcel.order.status) == ("sealed", "packing")
    assert parcel.reservation is not None
    assert parcel.reservation.status == "open"
    void = LabelVoid.objects.get()
    assert (void.tracking_number, void.reason, void.voided_by) == (first, "Wet", WORLD.name)
    parcel = labelled(parcel)
    assert (parcel.status, parcel.order.status) == ("labelled", "ready")
    assert _number(parcel) not in ("", first)


def test_a_label_is_cancelled_for_a_reason_and_before_the_truck_only(parcel: Parcel) -> None:
    with pytest.raises(ReasonMissing):
        void_parcel_label(parcel_code=parcel.code, reason=" ", actor=WORLD, at=NOON)
    ship_parcels(seller_id=parcel.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    with pytest.raises(LabelNotVoidable):
        void_parcel_label(parcel_code=parcel.code, reason="Wet", actor=WORLD, at=NOON)
    assert LabelVoid.objects.count() == 0


def test_a_label_printed_again_is_the_same_bytes_with_a_note(parcel: Parcel) -> None:
    assert parcel.label is not None
    with pytest.raises(ReasonMissing):
        reprint_label(parcel=parcel.code, reason="", actor=WORLD, at=NOON)
    document = reprint_label(parcel=parcel.code, reason="Printer jam", actor=WORLD, at=NOON)
    assert document == bytes(parcel.label.document)
    printed = LabelPrint.objects.get()
    assert (printed.reason, printed.printed_by, printed.label_id) == ("Printer jam", WORLD.name, parcel.label_id)


def test_another_sellers_label_is_not_there(parcel: Parcel) -> None:
    stranger = acting_for(a_seller("Kumo"))
    with pytest.raises(NotFound):
        void_parcel_label(parcel_code=parcel.code, reason="Wet", actor=stranger, at=NOON)
    with pytest.raises(NotFound):
        reprint_label(parcel=parcel.code, reason="Wet", actor=stranger, at=NOON)
