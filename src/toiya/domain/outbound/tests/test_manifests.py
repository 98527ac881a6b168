"""A truck's manifest: a parcel is on one at most, all of it leaves together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tests.floor_world import a_coded_sku, a_person, acting_as, labelled, on_the_floor, packed, walked
from tests.packing_world import a_manifest, problems
from tests.world import NOON, WORLD, a_seller, a_warehouse, held, money_in, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.actions.manifests import (
    ManifestEmpty,
    ManifestGone,
    ManifestNotOpen,
    ManifestStillOpen,
    OnAnotherManifest,
    OtherCarrier,
    close_manifest,
    hand_over_manifest,
    open_manifest,
    put_on_manifest,
    take_off_manifest,
)
from toiya.domain.outbound.actions.shipping import (
    OnManifest,
    OrderHeld,
    ParcelNotReady,
    UnknownParcel,
    load_parcel,
)
from toiya.domain.outbound.jobs import ship_manifest
from toiya.domain.outbound.models import Manifest, ManifestParcel, Parcel
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def a_sealed(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> Parcel:
    """One piece of A, packed."""
    sku = seller.sku_set.filter(seller_code="A").first() or a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 1)
    release, _ = on_the_floor(seller, warehouse, {"A": 1})
    walked(release.pick_lists[0].code, picker)
    return packed("T-001", picker, service)


@pytest.fixture
def parcel(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> Parcel:
    """Ready for the truck."""
    return labelled(a_sealed(seller, warehouse, picker, service))


def put(manifest: Manifest, scan: str, scan_id: str = "") -> bool:
    on_board = put_on_manifest(manifest_code=manifest.code, scan=scan, actor=WORLD, at=NOON, scan_id=scan_id)
    return on_board.was_before


def closed(manifest: Manifest) -> Manifest:
    return close_manifest(manifest_code=manifest.code, actor=WORLD, at=NOON)


def gone(manifest: Manifest) -> Manifest:
    return hand_over_manifest(manifest_code=manifest.code, actor=WORLD, at=NOON)


def status(parcel: Parcel) -> str:
    return Parcel.objects.values_list("status", flat=True).get(pk=parcel.pk)


def test_parcels_of_two_sellers_leave_together_when_the_code_is_scanned(
    parcel: Parcel, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    kaede = a_seller("Kaede")
    money_in(kaede, 1_000)
    theirs = labelled(a_sealed(kaede, warehouse, picker, service))
    manifest = a_manifest(picker, parcel, theirs)
    assert manifest.service_day == date(2026, 11, 20)
    closed(manifest)
    assert (status(parcel), status(theirs)) == ("labelled", "labelled")

    assert gone(manifest).status == "handed_over"
    assert gone(manifest).status == "handed_over"
    ship_manifest(manifest.pk)
    ship_manifest(manifest.pk)

    assert (status(parcel), status(theirs)) == ("shipped", "shipped")
    left = EventRow.objects.filter(name="order.shipped").order_by("seller_id").values_list("seller_id", "subject")
    assert list(left) == [(parcel.seller_id, parcel.order.code), (kaede.pk, theirs.order.code)]
    assert EventRow.objects.get(name="manifest.handed_over").data == {"manifest_id": manifest.pk, "parcels": 2}
    assert problems() == []


def test_the_open_manifest_is_gone_on_with_and_the_next_begins_when_it_is_closed(parcel: Parcel, picker: Staff) -> None:
    first = a_manifest(picker, parcel)
    assert a_manifest(picker) == first
    closed(first)
    second = a_manifest(picker)
    assert second != first
    with pytest.raises(OnAnotherManifest):
        put(second, parcel.code)
    take_off_manifest(manifest_code=first.code, scan=parcel.code, actor=WORLD, at=NOON)
    put(second, parcel.code)  # a late parcel moves to the next truck
    assert ManifestParcel.objects.get().manifest == second


def test_a_scan_counts_once(parcel: Parcel, picker: Staff) -> None:
    manifest = a_manifest(picker)
    assert parcel.label is not None
    number = parcel.label.tracking_number
    assert not put(manifest, number, "scan-00000001")
    assert not put(manifest, number, "scan-00000001")
    assert put(manifest, f"A{number}A", "scan-00000002")
    assert EventRow.objects.filter(name="parcel.on_manifest").count() == 1


def test_a_parcel_on_a_manifest_is_not_loaded_alone(parcel: Parcel, picker: Staff, warehouse: Warehouse) -> None:
    manifest = a_manifest(picker, parcel)
    with pytest.raises(OnManifest):
        load_parcel(warehouse_id=warehouse.pk, scan=parcel.code, actor=WORLD, at=NOON)
    assert status(parcel) == "labelled"
    take_off_manifest(manifest_code=manifest.code, scan=parcel.code, actor=WORLD, at=NOON)
    load_parcel(warehouse_id=warehouse.pk, scan=parcel.code, actor=WORLD, at=NOON)
    assert status(parcel) == "shipped"


def test_what_may_not_go_on_is_refused(
    parcel: Parcel, seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    manifest, other = a_manifest(picker), a_manifest(picker, carrier="sagawa")
    unready = a_sealed(seller, warehouse, picker, service)
    for scan, refusal in (("nonsense", UnknownParcel), ("", UnknownParcel), (unready.code, ParcelNotReady)):
        with pytest.raises(refusal):
            put(manifest, scan)
    with pytest.raises(OtherCarrier):
        put(other, parcel.code)
    held(parcel.order, "address")
    with pytest.raises(OrderHeld):
        put(manifest, parcel.code)
    stranger = acting_as(a_person(a_warehouse("KWG", "Kawagoe")))
    with pytest.raises(NotFound):
        put_on_manifest(manifest_code=manifest.code, scan=parcel.code, actor=stranger, at=NOON)
    assert not ManifestParcel.objects.exists()


def test_each_step_waits_for_the_one_before(parcel: Parcel, picker: Staff) -> None:
    manifest = a_manifest(picker)
    with pytest.raises(ManifestEmpty):
        closed(manifest)
    put(manifest, parcel.code)
    with pytest.raises(ManifestStillOpen):
        gone(manifest)
    closed(manifest)
    hold = held(parcel.order, "address")
    with pytest.raises(OrderHeld):
        gone(manifest)
    hold.delete()
    gone(manifest)
    with pytest.raises(ManifestGone):
        take_off_manifest(manifest_code=manifest.code, scan=parcel.code, actor=WORLD, at=NOON)


def test_a_closed_manifest_takes_nothing_more(
    parcel: Parcel, seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    manifest = closed(a_manifest(picker, parcel))
    late = labelled(a_sealed(seller, warehouse, picker, service))
    with pytest.raises(ManifestNotOpen):
        put(manifest, late.code)
    assert ManifestParcel.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_open_one_manifest(warehouse: Warehouse) -> None:
    def begin(_: int) -> str:
        try:
            return open_manifest(warehouse_id=warehouse.pk, carrier="yamato", actor=WORLD, at=NOON).code
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        codes = set(threads.map(begin, range(2)))
    assert codes == {Manifest.objects.get().code}
    assert EventRow.objects.filter(name="manifest.opened").count() == 1
