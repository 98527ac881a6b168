"""Packing by scanning every piece, weighing, sealing."""

from __future__ import annotations

import pytest

from tests.floor_world import (
    a_coded_sku,
    a_person,
    acting_as,
    bins_agree,
    books,
    in_bin,
    on_the_floor,
    packed,
    walked,
)
from tests.world import NOON, a_warehouse, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.boxes import choose_service
from toiya.domain.outbound.actions.packing import (
    EmptyTote,
    NotInThisParcel,
    NotPickedYet,
    Packing,
    ParcelClosed,
    open_tote,
    pack_piece,
    packing_of,
)
from toiya.domain.outbound.actions.picking import Effect, start_walk, tie_tote
from toiya.domain.outbound.actions.sealing import (
    PiecesMissing,
    TooHeavy,
    Weighing,
    WeightMissing,
    seal_parcel,
)
from toiya.domain.outbound.actions.weights import Acceptance, WeightNeedsLead, WeightOff
from toiya.domain.outbound.models import Content, Parcel, Slot
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> Parcel:
    """Two pieces of A and one of B in tote T-001, 300 g each, and the parcel opened for them."""
    stock_of(a_coded_sku(seller, "A"), warehouse, 5, bin_code="A01-01-1")
    stock_of(a_coded_sku(seller, "B"), warehouse, 5, bin_code="A01-02-1")
    stock_of(a_coded_sku(seller, "C"), warehouse, 5, bin_code="A01-03-1")
    release, _ = on_the_floor(seller, warehouse, {"A": 2, "B": 1})
    walked(release.pick_lists[0].code, picker)
    return open_tote(warehouse_id=warehouse.pk, scan="T-001", actor=acting_as(picker), at=NOON)


def put(parcel: Parcel, picker: Staff, *scans: str, scan_id: str = "") -> Packing:
    packing = packing_of(parcel_code=parcel.code, actor=acting_as(picker), at=NOON)
    for scan in scans:
        packing = pack_piece(parcel_code=parcel.code, scan=scan, actor=acting_as(picker), at=NOON, scan_id=scan_id)
    return packing


def sealed(parcel: Parcel, picker: Staff, weight_g: int, service: str = "nekopos", lead: Staff | None = None) -> Parcel:
    weighing = Weighing(weight_g, service, Acceptance(acting_as(lead), "packaging") if lead else None)
    return seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=acting_as(picker), at=NOON)


def test_scanning_the_tote_again_goes_on_with_the_same_parcel(
    parcel: Parcel, warehouse: Warehouse, picker: Staff
) -> None:
    again = open_tote(warehouse_id=warehouse.pk, scan="TOTE-T-001", actor=acting_as(picker), at=NOON)
    assert again.pk == parcel.pk
    assert Parcel.objects.count() == 1


@pytest.mark.parametrize("scan", ["T-002", "A01-01-1", "nonsense", ""])
def test_a_tote_without_an_order_is_refused(parcel: Parcel, warehouse: Warehouse, picker: Staff, scan: str) -> None:
    with pytest.raises(EmptyTote):
        open_tote(warehouse_id=warehouse.pk, scan=scan, actor=acting_as(picker), at=NOON)
    assert Parcel.objects.count() == 1


def test_a_tote_on_its_walk_is_not_packed_yet(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 5)
    release, _ = on_the_floor(seller, warehouse, {"A": 2})
    step = start_walk(
        pick_list_code=release.pick_lists[0].code, user_id=picker.user_id, actor=acting_as(picker), at=NOON
    )
    assert step.walk.slot is not None
    tie_tote(slot_id=step.walk.slot.slot_id, scan="T-001", actor=acting_as(picker), at=NOON)
    with pytest.raises(NotPickedYet):
        open_tote(warehouse_id=warehouse.pk, scan="T-001", actor=acting_as(picker), at=NOON)
    assert not Parcel.objects.exists()


def test_every_piece_is_scanned_in_any_order(parcel: Parcel, picker: Staff) -> None:
    assert put(parcel, picker, "A").packed == 1
    packing = put(parcel, picker, "B", "A")
    assert (packing.packed, packing.pieces, packing.is_complete, packing.expected_g) == (3, 3, True, 900)


@pytest.mark.parametrize("scan", ["C", "nonsense", ""])
def test_a_foreign_piece_is_refused_and_changes_nothing(parcel: Parcel, picker: Staff, scan: str) -> None:
    put(parcel, picker, "A")
    before = books() | {"contents": list(Content.objects.values_list("line_id", "quantity"))}
    with pytest.raises(NotInThisParcel):
        put(parcel, picker, scan)
    assert books() | {"contents": list(Content.objects.values_list("line_id", "quantity"))} == before


def test_one_piece_too_many_is_refused(parcel: Parcel, picker: Staff) -> None:
    put(parcel, picker, "A", "A")
    with pytest.raises(NotInThisParcel):
        put(parcel, picker, "A")
    assert sum(Content.objects.values_list("quantity", flat=True)) == 2


def test_the_same_scan_sent_twice_packs_one_piece(parcel: Parcel, picker: Staff) -> None:
    put(parcel, picker, "A", scan_id="11111111-bbbb")
    assert put(parcel, picker, "A", scan_id="11111111-bbbb").effect is Effect.REPEATED
    assert put(parcel, picker, "A", scan_id="22222222-bbbb").packed == 2


def test_the_same_code_scanned_ten_times_is_ten_pieces(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 10)
    release, _ = on_the_floor(seller, warehouse, {"A": 10})
    walked(release.pick_lists[0].code, picker)
    parcel = open_tote(warehouse_id=warehouse.pk, scan="T-001", actor=acting_as(picker), at=NOON)
    assert put(parcel, picker, *["A"] * 10).is_complete


def test_a_sealed_parcel_waits_in_the_staging_place_and_frees_its_tote(
    parcel: Parcel, warehouse: Warehouse, picker: Staff
) -> None:
    put(parcel, picker, "A", "A", "B")
    done = sealed(parcel, picker, 950)
    assert (done.status, done.weight_g, done.packed_by) == (Parcel.Status.SEALED, 950, picker.user.name)
    assert (in_bin(warehouse, "T-001"), in_bin(warehouse, "OUT-1")) == (0, 3)
    assert Slot.objects.get().is_closed
    assert Order.objects.get().status == Order.Status.PACKING
    assert bins_agree()


def test_sealing_twice_is_once(parcel: Parcel, warehouse: Warehouse, picker: Staff) -> None:
    put(parcel, picker, "A", "A", "B")
    sealed(parcel, picker, 950)
    before = books()
    sealed(parcel, picker, 700)
    assert books() == before


@pytest.mark.parametrize(
    ("scans", "weight_g", "box", "refusal"),
    [
        (("A", "B"), 950, "nekopos", PiecesMissing),
        (("A", "A", "B"), 700, "nekopos", WeightOff),
        (("A", "A", "B"), 1001, "nekopos", TooHeavy),
        (("A", "A", "B"), 0, "nekopos", WeightMissing),
        (("A", "A", "B"), 950, "nothing", NotFound),
    ],
)
def test_what_does_not_fit_is_not_sealed(
    parcel: Parcel, picker: Staff, scans: tuple[str, ...], weight_g: int, box: str, refusal: type[Exception]
) -> None:
    put(parcel, picker, *scans)
    before = books()
    with pytest.raises(refusal):
        sealed(parcel, picker, weight_g, box)
    assert books() == before


def test_a_lead_may_say_that_the_weight_is_right_and_why(parcel: Parcel, picker: Staff, warehouse: Warehouse) -> None:
    put(parcel, picker, "A", "A", "B")
    lead, before = a_person(warehouse, "floor_lead", "Mori"), books()
    with pytest.raises(WeightNeedsLead):
        sealed(parcel, picker, 700, lead=picker)
    unsaid = Weighing(700, "nekopos", Acceptance(acting_as(lead), "because"))
    with pytest.raises(WeightNeedsLead):
        seal_parcel(parcel_code=parcel.code, weighing=unsaid, actor=acting_as(picker), at=NOON)
    assert books() == before
    assert sealed(parcel, picker, 700, lead=lead).status == Parcel.Status.SEALED
    told = EventRow.objects.get(name="parcel.weight_accepted")
    assert {**told.data, "parcel": ""} == {
        "parcel": "", "measured_g": 700, "expected_g": 900, "reason": "packaging", "lead": "Mori",
    }  # fmt: skip


def test_accepted_or_not_the_carrier_takes_no_more_than_its_limit(
    parcel: Parcel, picker: Staff, warehouse: Warehouse
) -> None:
    put(parcel, picker, "A", "A", "B")
    with pytest.raises(TooHeavy):
        sealed(parcel, picker, 1200, lead=a_person(warehouse, "floor_lead"))


def test_nothing_goes_into_a_sealed_parcel_and_its_box_stays(parcel: Parcel, picker: Staff) -> None:
    put(parcel, picker, "A", "A", "B")
    sealed(parcel, picker, 950)
    before = books()
    with pytest.raises(ParcelClosed):
        put(parcel, picker, "A")
    with pytest.raises(ParcelClosed):
        choose_service(parcel_code=parcel.code, service_code="nekopos", actor=acting_as(picker), at=NOON)
    assert books() == before


def test_a_parcel_of_another_building_is_not_there(parcel: Parcel) -> None:
    stranger = a_person(a_warehouse("OSK", "Osaka"))
    with pytest.raises(NotFound):
        pack_piece(parcel_code=parcel.code, scan="A", actor=acting_as(stranger), at=NOON)
    assert not Content.objects.exists()


def test_a_tote_is_packed_in_one_go(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 2)
    release, _ = on_the_floor(seller, warehouse, {"A": 2})
    walked(release.pick_lists[0].code, picker)
    assert packed("T-001", picker, service).weight_g == 620
