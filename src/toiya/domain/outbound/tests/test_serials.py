"""Serial numbers: one per piece, each out once, found again; lots confirmed by scan where the SKU asks for them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import fingerprint
from tests.floor_world import acting_as, bins_agree, labelled, on_the_floor, released, walked
from tests.packing_world import a_box_of, a_lotted_sku, problems
from tests.world import NOON, WORLD, a_seller, acting_for, an_order, judged
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.lots import confirm_lot
from toiya.domain.outbound.actions.packing import NotInThisParcel, Packing, SerialFirst, open_tote, pack_piece
from toiya.domain.outbound.actions.picking import (
    BinFirst,
    Effect,
    LotFirst,
    Step,
    WrongLot,
    confirm_bin,
    pick_pieces,
    start_walk,
    tie_tote,
)
from toiya.domain.outbound.actions.sealing import Weighing, seal_parcel
from toiya.domain.outbound.actions.serials import NotASerial, SerialTaken, put_serial, take_back_serial
from toiya.domain.outbound.models import Parcel, PickTask, SerialNumber
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(seller: Seller, warehouse: Warehouse) -> Sku:
    """Four pieces of two lots that have serial numbers; the older lot expires first."""
    last = {"L1": date(2027, 6, 1), "L2": date(2027, 1, 1)}
    return a_lotted_sku(seller, warehouse, "CLOCK", {"L1": 2, "L2": 2}, tracks_serials=True, expires_on=last)


def at_table(seller: Seller, warehouse: Warehouse, picker: Staff, pieces: int = 2) -> Parcel:
    release, _ = on_the_floor(seller, warehouse, {"CLOCK": pieces})
    walked(release.pick_lists[0].code, picker)
    return open_tote(warehouse_id=warehouse.pk, scan="T-001", actor=acting_as(picker), at=NOON)


def put(parcel: Parcel, scan: str, scan_id: str = "") -> Packing:
    return pack_piece(parcel_code=parcel.code, scan=scan, actor=WORLD, at=NOON, scan_id=scan_id)


def number(parcel: Parcel, scan: str, scan_id: str = "") -> Packing:
    return put_serial(parcel_code=parcel.code, scan=scan, actor=WORLD, at=NOON, scan_id=scan_id)


@pytest.mark.seed("L50")
@pytest.mark.usefixtures("clock", "service")
def test_each_piece_is_packed_with_its_own_number(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    parcel = at_table(seller, warehouse, picker)
    assert put(parcel, "CLOCK").awaits_serial is not None
    before = fingerprint()
    with pytest.raises(SerialFirst):
        put(parcel, "CLOCK")
    with pytest.raises(NotASerial):
        number(parcel, "clock")
    with pytest.raises(NotASerial):
        number(parcel, " ")
    assert fingerprint() == before

    assert number(parcel, "sn-1", "scan-of-number-1").awaits_serial is None
    assert number(parcel, "sn-1", "scan-of-number-1").effect == Effect.REPEATED
    put(parcel, "CLOCK")
    before = fingerprint()
    with pytest.raises(SerialTaken, match=parcel.code):
        number(parcel, "SN-1")
    weighing = Weighing(620, "nekopos")
    with pytest.raises(SerialFirst):
        seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=WORLD, at=NOON)
    assert fingerprint() == before
    number(parcel, "(01)04901234567894(21)SN-2")
    with pytest.raises(NotInThisParcel):
        number(parcel, "SN-3")

    seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=WORLD, at=NOON)
    assert list(SerialNumber.objects.order_by("pk").values_list("number", flat=True)) == ["SN-1", "SN-2"]
    assert EventRow.objects.filter(name="parcel.serial_scanned", subject=parcel.order.code).count() == 2
    assert problems() == []


@pytest.mark.usefixtures("clock", "service")
def test_a_number_that_came_back_may_go_out_again(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    parcel = at_table(seller, warehouse, picker, 1)
    put(parcel, "CLOCK")
    number(parcel, "SN-1")
    first = labelled(a_box_of("T-001", picker, weight_g=320))
    serial = SerialNumber.objects.get()
    with pytest.raises(NotFound):
        take_back_serial(serial_id=serial.pk, actor=acting_for(a_seller("Kumo")), at=NOON)
    for _ in range(2):
        take_back_serial(serial_id=serial.pk, actor=acting_as(picker), at=NOON)
    second = at_table(seller, warehouse, picker, 1)
    put(second, "CLOCK")
    number(second, "SN-1")
    assert list(SerialNumber.objects.order_by("pk").values_list("parcel", "back_at")) == [
        (first.pk, NOON),
        (second.pk, None),
    ]
    assert EventRow.objects.filter(name="parcel.serial_taken_back").count() == 1
    assert problems() == []


@pytest.mark.usefixtures("clock", "service")
def test_a_wrong_number_in_an_open_box_is_asked_for_anew(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    parcel = at_table(seller, warehouse, picker, 1)
    put(parcel, "CLOCK")
    number(parcel, "SN-1")
    take_back_serial(serial_id=SerialNumber.objects.get().pk, actor=acting_as(picker), at=NOON)
    assert number(parcel, "SN-2").awaits_serial is None
    assert SerialNumber.objects.get().number == "SN-2"


@pytest.mark.usefixtures("clock", "service")
def test_a_stopped_parcel_gives_its_numbers_up(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    parcel = at_table(seller, warehouse, picker, 1)
    put(parcel, "CLOCK")
    number(parcel, "SN-1")
    cancel_order(order_code=parcel.order.code, reason="by_seller", actor=WORLD, at=NOON)
    assert not SerialNumber.objects.exists()
    assert bins_agree()


def at_the_bin(seller: Seller, warehouse: Warehouse, picker: Staff) -> Step:
    release = released(warehouse, *judged(an_order(seller, {"CLOCK": 2})))
    actor = acting_as(picker)
    code = release.pick_lists[0].code
    step = start_walk(pick_list_code=code, user_id=picker.user_id, actor=actor, at=NOON)
    assert step.walk.slot is not None
    return tie_tote(slot_id=step.walk.slot.slot_id, scan="T-001", actor=actor, at=NOON)


@pytest.mark.seed("L50")
@pytest.mark.usefixtures("clock")
def test_the_lot_that_expires_first_is_picked_and_confirmed_by_scan(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    actor, stop = acting_as(picker), at_the_bin(seller, warehouse, picker).walk.stop
    assert stop is not None
    assert (stop.lot, stop.asks_lot, stop.expires_on) == ("L2", True, date(2027, 1, 1))
    with pytest.raises(BinFirst):
        confirm_lot(task_id=stop.task_id, scan="L2", actor=actor, at=NOON)
    confirm_bin(task_id=stop.task_id, scan="A01-01-1", actor=actor, at=NOON)
    before = fingerprint()
    with pytest.raises(LotFirst):
        pick_pieces(task_id=stop.task_id, scan="CLOCK", quantity=1, actor=actor, at=NOON)
    with pytest.raises(WrongLot):
        confirm_lot(task_id=stop.task_id, scan="L1", actor=actor, at=NOON)
    assert fingerprint() == before

    step = confirm_lot(task_id=stop.task_id, scan="l2", actor=actor, at=NOON)
    assert step.walk.stop is not None
    assert not step.walk.stop.asks_lot
    step = confirm_lot(task_id=stop.task_id, scan="L2", actor=actor, at=NOON)
    assert step.effect == Effect.OUTDATED
    for _ in range(2):
        step = pick_pieces(task_id=stop.task_id, scan="CLOCK", quantity=1, actor=actor, at=NOON)
    assert step.is_done
    assert PickTask.objects.get().lot == "L2"


@pytest.mark.usefixtures("clock")
def test_a_code_that_names_the_lot_confirms_it_with_the_piece(
    seller: Seller, warehouse: Warehouse, picker: Staff, clock: Sku
) -> None:
    clock.barcodes.create(seller=seller, barcode="4901234567894")
    actor, stop = acting_as(picker), at_the_bin(seller, warehouse, picker).walk.stop
    assert stop is not None
    confirm_bin(task_id=stop.task_id, scan="A01-01-1", actor=actor, at=NOON)
    wrong, right = "(01)04901234567894(10)L1", "(01)04901234567894(10)L2"
    with pytest.raises(WrongLot):
        pick_pieces(task_id=stop.task_id, scan=wrong, quantity=1, actor=actor, at=NOON)
    pick_pieces(task_id=stop.task_id, scan=right, quantity=1, actor=actor, at=NOON)
    step = pick_pieces(task_id=stop.task_id, scan="CLOCK", quantity=1, actor=actor, at=NOON)
    assert step.is_done


@pytest.mark.usefixtures("clock")
def test_other_skus_ask_for_nothing(service: Service, seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    a_lotted_sku(seller, warehouse, "TEA", {"T1": 1}, bin_code="A01-02-1")
    release, _ = on_the_floor(seller, warehouse, {"TEA": 1})
    walked(release.pick_lists[0].code, picker)
    parcel = open_tote(warehouse_id=warehouse.pk, scan="T-001", actor=WORLD, at=NOON)
    assert put(parcel, "TEA").awaits_serial is None
    a_box_of("T-001", picker, weight_g=320)
    assert service.code == "nekopos"
    assert problems() == []
