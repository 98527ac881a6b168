"""At the dock: arrival, counting, what is booked where, and the end of a count."""

from __future__ import annotations

from datetime import date

import pytest

from tests.floor_world import a_coded_sku
from tests.inbound_world import a_bundle, approved, rules_of
from tests.receiving_world import a_delivery, arrived, counted, lying
from tests.world import NOON, WORLD, a_seller, a_warehouse
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions import arriving
from toiya.domain.inbound.actions.arriving import TurnedAway, arrive, begin_unannounced, turn_away
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.actions.counting import (
    CheckFirst,
    DeliveryNotHere,
    LastDayMissing,
    LotHasOtherDay,
    LotMissing,
    NotePhotoOrCode,
    answer_check,
)
from toiya.domain.inbound.models import CargoBundle, Difference, Receipt
from toiya.domain.members.models import Seller
from toiya.domain.stock.actions.goods import QuantityNotPositive
from toiya.domain.stock.models import Balance, BinStock, Movement
from toiya.domain.wallet.models import Reservation
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
DAMAGED = Receipt.Condition.DAMAGED


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


@pytest.fixture
def house(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def tote(seller: Seller) -> Sku:
    return a_coded_sku(seller, "TOTE", barcode="4901234567894")


@pytest.fixture
def mug(seller: Seller) -> Sku:
    return a_coded_sku(seller, "MUG")


@pytest.fixture
def here(seller: Seller, house: Warehouse, tote: Sku, mug: Sku) -> CargoBundle:
    """Ten totes and three mugs were told; the delivery stands at the dock."""
    return arrived(a_delivery(seller, house, {tote: 10, mug: 3}))


def balance(sku: Sku) -> tuple[int, int, int]:
    found = Balance.objects.filter(sku=sku).first()
    return (found.on_hand, found.blocked, found.available) if found else (0, 0, 0)


@pytest.mark.seed("A126")
def test_a_carton_code_brings_its_delivery_in_once(seller: Seller, house: Warehouse, tote: Sku) -> None:
    bundle = a_delivery(seller, house, {tote: 10})
    carton = bundle.cartons.get()
    first, second = (arrive(warehouse_id=house.pk, scan=carton.code.lower(), actor=WORLD, at=NOON) for _ in range(2))
    assert (first.bundle.pk, first.carton, first.is_new, second.is_new) == (bundle.pk, carton, True, False)
    bundle.refresh_from_db()
    carton.refresh_from_db()
    assert (bundle.status, bundle.arrived_at, carton.arrived_at) == ("arrived", NOON, NOON)
    assert EventRow.objects.filter(name="bundle.arrived", subject=bundle.code).count() == 1


def test_the_tracking_number_brings_it_in_too(seller: Seller, house: Warehouse, tote: Sku) -> None:
    bundle = a_delivery(seller, house, {tote: 10})
    assert arrive(warehouse_id=house.pk, scan="1234-5678-9012", actor=WORLD, at=NOON).bundle == bundle


def test_two_deliveries_under_one_number_are_not_guessed_at(seller: Seller, house: Warehouse, tote: Sku) -> None:
    for _ in range(2):
        a_delivery(seller, house, {tote: 1})
    with pytest.raises(arriving.SeveralDeliveries):
        arrive(warehouse_id=house.pk, scan="1234-5678-9012", actor=WORLD, at=NOON)
    assert not CargoBundle.objects.filter(status="arrived").exists()


def test_what_is_not_confirmed_or_of_another_building_is_not_taken_in(
    seller: Seller, house: Warehouse, tote: Sku
) -> None:
    asked = a_bundle(seller, house, {tote: 1})
    with pytest.raises(arriving.DeliveryNotConfirmed):
        arrive(warehouse_id=house.pk, scan=asked.code, actor=WORLD, at=NOON)
    elsewhere = a_warehouse("KWG", "Kawaguchi")
    for scan in (a_delivery(seller, house, {tote: 1}).code, "", "nothing"):
        with pytest.raises(arriving.NoDelivery):
            arrive(warehouse_id=elsewhere.pk, scan=scan, actor=WORLD, at=NOON)
    assert not CargoBundle.objects.filter(status="arrived").exists()


@pytest.mark.seed("A139", "A185")
def test_freight_collect_is_refused_at_the_door_unless_the_building_pays(
    seller: Seller, house: Warehouse, tote: Sku
) -> None:
    bundle = approved(a_bundle(seller, house, {tote: 1}))
    CargoBundle.objects.filter(pk=bundle.pk).update(is_freight_collect=True)
    with pytest.raises(arriving.FreightCollect):
        arrive(warehouse_id=house.pk, scan=bundle.code, actor=WORLD, at=NOON)
    bundle.refresh_from_db()
    assert bundle.status == "confirmed"
    rules_of(house, takes_freight_collect=True)
    assert arrive(warehouse_id=house.pk, scan=bundle.code, actor=WORLD, at=NOON).is_new


@pytest.mark.seed("A139")
def test_a_small_delivery_without_a_word_is_begun_and_a_large_one_turned_away(
    seller: Seller, house: Warehouse, tote: Sku
) -> None:
    with pytest.raises(arriving.TooLargeUnannounced):
        begin_unannounced(warehouse_id=house.pk, seller_code=seller.code, cartons=6, actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        begin_unannounced(warehouse_id=house.pk, seller_code="NOBODY", cartons=1, actor=WORLD, at=NOON)
    assert not CargoBundle.objects.exists()

    turn_away(warehouse_id=house.pk, reason=TurnedAway.UNANNOUNCED, seller_code=seller.code, actor=WORLD, at=NOON)
    assert EventRow.objects.get(name="dock.turned_away").data == {"reason": "unannounced"}

    begun, again = (
        begin_unannounced(warehouse_id=house.pk, seller_code=seller.code, cartons=2, actor=WORLD, at=NOON)
        for _ in range(2)
    )
    assert (begun, begun.is_announced, begun.status) == (again, False, "arrived")
    counted(begun, tote, 4)
    (difference,) = complete_delivery(bundle_id=begun.pk, actor=WORLD, at=NOON)
    assert (difference.kind, difference.pieces, difference.sku) == ("unannounced", 4, tote)


def test_each_count_is_booked_at_the_dock_at_once(here: CargoBundle, tote: Sku) -> None:
    counted(here, tote, 1)
    booked = counted(here, tote, 4)
    assert booked.line is not None
    assert (booked.line.told, booked.line.received, booked.line.damaged) == (10, 5, 0)
    assert lying(tote) == {"DOCK-1": 5}
    assert balance(tote) == (5, 0, 5)
    assert set(Movement.objects.values_list("kind", "source")) == {(Movement.Kind.RECEIVE, here.code)}


def test_damaged_pieces_are_on_hand_and_cannot_be_promised(here: CargoBundle, tote: Sku) -> None:
    counted(here, tote, 2)
    booked = counted(here, tote, 1, condition=DAMAGED, note="torn")
    assert booked.line is not None
    assert (booked.line.received, booked.line.damaged) == (2, 1)
    assert lying(tote) == {"DAMAGED-1": 1, "DOCK-1": 2}
    assert balance(tote) == (3, 1, 2)


def test_the_same_scan_twice_is_one_count(here: CargoBundle, tote: Sku) -> None:
    first = counted(here, tote, 1, scan_id="scan-twice")
    second = counted(here, tote, 1, scan_id="scan-twice")
    assert (first.is_repeat, second.is_repeat, first.receipt) == (False, True, second.receipt)
    assert balance(tote) == (1, 0, 1)


def test_an_unknown_thing_is_noted_and_nothing_is_booked(here: CargoBundle) -> None:
    with pytest.raises(NotePhotoOrCode):
        counted(here, None, 1)
    assert not Receipt.objects.exists()
    counted(here, None, 2, scanned="4900000000009", note="a blue cup", photo_key="2026/11/x")
    receipt = Receipt.objects.get()
    assert (receipt.condition, receipt.quantity, receipt.photo_key) == ("unknown", 2, "2026/11/x")
    assert not BinStock.objects.exists()


@pytest.mark.parametrize("quantity", [0, -1, 100_001])
def test_a_number_that_is_none_changes_nothing(here: CargoBundle, tote: Sku, quantity: int) -> None:
    with pytest.raises(QuantityNotPositive):
        counted(here, tote, quantity)
    assert not Receipt.objects.exists()
    assert balance(tote) == (0, 0, 0)


def test_lot_and_last_day_are_asked_for_and_one_lot_has_one_day(here: CargoBundle, tote: Sku) -> None:
    Sku.objects.filter(pk=tote.pk).update(tracks_lots=True, tracks_expiry=True)
    with pytest.raises(LotMissing):
        counted(here, tote, 1)
    with pytest.raises(LastDayMissing):
        counted(here, tote, 1, lot="L1")
    counted(here, tote, 1, lot="L1", expires_on=date(2027, 12, 31))
    with pytest.raises(LotHasOtherDay):
        counted(here, tote, 1, lot="L1", expires_on=date(2027, 11, 30))
    counted(here, tote, 2, lot="L2", expires_on=date(2027, 11, 30))
    rows = BinStock.objects.filter(sku=tote).order_by("lot").values_list("lot", "expires_on", "quantity")
    assert list(rows) == [("L1", date(2027, 12, 31), 1), ("L2", date(2027, 11, 30), 2)]


@pytest.mark.seed("L16", "A190")
def test_a_check_list_is_answered_before_counting_only_where_it_was_ordered(
    here: CargoBundle, tote: Sku, mug: Sku
) -> None:
    counted(here, mug, 1)
    CargoBundle.objects.filter(pk=here.pk).update(wants_quality_check=True)
    with pytest.raises(CheckFirst):
        counted(here, tote, 1)
    assert balance(tote) == (0, 0, 0)
    told = {"points": ["outside", "label"], "faults": ["label", "made up"], "note": "smudged"}
    check = answer_check(bundle_id=here.pk, sku_id=tote.pk, actor=WORLD, at=NOON, **told)  # type: ignore[arg-type]
    again = answer_check(bundle_id=here.pk, sku_id=tote.pk, points=[], faults=[], note="", actor=WORLD, at=NOON)
    assert (check.faults, again.pk, again.note) == (["label"], check.pk, "smudged")
    counted(here, tote, 1)
    assert balance(tote) == (1, 0, 1)


def test_nothing_of_another_seller_is_counted_in(here: CargoBundle) -> None:
    strange = a_coded_sku(a_seller("Kumo"), "X")
    with pytest.raises(NotFound):
        counted(here, strange, 1)


@pytest.mark.seed("A126")
def test_the_end_of_a_count_names_every_difference_and_takes_the_fee(
    here: CargoBundle, tote: Sku, mug: Sku, seller: Seller
) -> None:
    pen = a_coded_sku(seller, "PEN")
    counted(here, tote, 8)
    counted(here, tote, 1, condition=DAMAGED)
    counted(here, mug, 4)
    counted(here, pen, 2)
    counted(here, None, 1, scanned="XYZ")
    complete_delivery(bundle_id=here.pk, actor=WORLD, at=NOON)
    found = set(Difference.objects.values_list("kind", "sku__seller_code", "pieces", "scanned"))
    assert found == {
        ("fewer", "TOTE", 1, ""),
        ("damaged", "TOTE", 1, ""),
        ("more", "MUG", 1, ""),
        ("unannounced", "PEN", 2, ""),
        ("unknown", None, 1, "XYZ"),
    }
    here.refresh_from_db()
    assert (here.status, here.ended_at) == ("completed", NOON)
    assert set(here.requests.values_list("status", flat=True)) == {"completed"}
    assert Reservation.objects.get(source=here.fee_source).status == "captured"
    with pytest.raises(DeliveryNotHere):
        counted(here, tote, 1)
    with pytest.raises(DeliveryNotHere):
        complete_delivery(bundle_id=here.pk, actor=WORLD, at=NOON)
    with pytest.raises(arriving.DeliveryCompleted):
        arrive(warehouse_id=here.warehouse_id, scan=here.code, actor=WORLD, at=NOON)
    assert Difference.objects.count() == 5


def test_a_delivery_as_told_has_no_differences(here: CargoBundle, tote: Sku, mug: Sku) -> None:
    counted(here, tote, 10)
    counted(here, mug, 3)
    assert complete_delivery(bundle_id=here.pk, actor=WORLD, at=NOON) == []
