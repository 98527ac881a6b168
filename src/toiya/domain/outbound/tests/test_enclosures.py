"""The seller's own packaging and inserts: asked for at the station, taken from stock, shipped with the parcel (L28)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.books import findings
from tests.floor_world import a_coded_sku, acting_as, bins_agree, books, labelled, on_the_floor, walked
from tests.packing_world import a_box, own_packaging, problems
from tests.pricing_world import a_rate, in_force
from tests.world import NOON, WORLD, acting_for, an_order, judged, stock_of
from toiya.core.errors import Refusal
from toiya.core.models import EventRow
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.actions.boxes import BoxDoesNotFit, BoxFacts, BoxTooLarge, choose_service, put_box
from toiya.domain.outbound.actions.enclosing import choose_insert, put_enclosure, say_not_there
from toiya.domain.outbound.actions.packing import NotInThisParcel, Packing, open_tote, pack_piece, packing_of
from toiya.domain.outbound.actions.sealing import EnclosureMissing, Weighing, seal_parcel
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.actions.weights import WeightOff
from toiya.domain.outbound.enclosures import EnclosureGone
from toiya.domain.outbound.models import Enclosure, PackagingBox, Parcel
from toiya.domain.pricing.rules import Kind
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.models import Account
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift_box(seller: Seller, warehouse: Warehouse, service: Service) -> Sku:
    """Three gift boxes of the seller's own, in which its SKU A is packed."""
    return own_packaging(seller, warehouse, a_coded_sku(seller, "A"))


@pytest.fixture
def parcel(seller: Seller, warehouse: Warehouse, picker: Staff, gift_box: Sku) -> Parcel:
    return scanned(seller, warehouse, picker, "T-001")


def scanned(seller: Seller, warehouse: Warehouse, picker: Staff, tote: str) -> Parcel:
    """One piece of A in its parcel, not weighed yet."""
    stock_of(Sku.objects.get(seller=seller, seller_code="A"), warehouse, 1)
    release, _ = on_the_floor(seller, warehouse, {"A": 1})
    walked(release.pick_lists[0].code, picker, totes=[tote])
    parcel = open_tote(warehouse_id=warehouse.pk, scan=tote, actor=WORLD, at=NOON)
    pack_piece(parcel_code=parcel.code, scan="A", actor=WORLD, at=NOON)
    return parcel


def seen(parcel: Parcel) -> Packing:
    return packing_of(parcel_code=parcel.code, actor=WORLD, at=NOON)


def put(parcel: Parcel, scan: str = "GIFTBOX", scan_id: str = "") -> None:
    put_enclosure(parcel_code=parcel.code, scan=scan, actor=WORLD, at=NOON, scan_id=scan_id)


def sealed(parcel: Parcel, weight_g: int = 320, box_code: str = "") -> Parcel:
    weighing = Weighing(weight_g, "nekopos", box_code=box_code)
    return seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=WORLD, at=NOON)


def numbers(sku: Sku) -> tuple[int, int]:
    return Balance.objects.values_list("on_hand", "allocated").get(sku=sku)


@pytest.mark.seed("A186", "L28")
def test_own_packaging_is_asked_for_promised_at_sealing_and_ships_with_the_parcel(
    parcel: Parcel, gift_box: Sku, seller: Seller
) -> None:
    assert [(each.code, each.kind, each.is_open) for each in seen(parcel).asked] == [(gift_box.code, "packaging", True)]
    with pytest.raises(EnclosureMissing):
        sealed(parcel)
    put(parcel)
    assert numbers(gift_box) == (3, 0)

    sealed(parcel)

    assert numbers(gift_box) == (3, 1)
    assert problems() == []
    ready = labelled(Parcel.objects.get(pk=parcel.pk))
    ship_parcels(seller_id=seller.pk, parcel_codes=[ready.code], actor=WORLD, at=NOON)
    assert numbers(gift_box) == (2, 0)
    movement = Movement.objects.get(sku_id=gift_box.pk, kind=Movement.Kind.SHIP)
    assert (movement.quantity, movement.source) == (1, parcel.code)
    assert bins_agree()
    assert problems() == []


def test_the_same_scan_twice_is_one_piece(parcel: Parcel) -> None:
    put(parcel, scan_id="scan-00000001")
    put(parcel, scan_id="scan-00000001")
    assert Enclosure.objects.get().quantity == 1
    put(parcel, "4900000000016")
    assert Enclosure.objects.get().quantity == 2
    with pytest.raises(NotInThisParcel):
        put(parcel, "A")


def test_what_is_not_there_is_said_and_our_box_is_taken(parcel: Parcel, warehouse: Warehouse, gift_box: Sku) -> None:
    a_box(warehouse)
    assert seen(parcel).is_own_box
    say_not_there(parcel_code=parcel.code, sku_code=gift_box.code, actor=WORLD, at=NOON)
    assert not seen(parcel).is_own_box

    sealed(parcel, weight_g=400, box_code="S")

    assert numbers(gift_box) == (3, 0)
    event = EventRow.objects.get(name="parcel.enclosure_not_there")
    assert (event.subject, event.data["sku"]) == (parcel.order.code, gift_box.code)
    assert problems() == []


def test_packaging_promised_to_an_order_is_not_taken_for_a_parcel(parcel: Parcel, seller: Seller) -> None:
    judged(an_order(seller, {"GIFTBOX": 3}))
    with pytest.raises(EnclosureGone):
        put(parcel)
    assert not Enclosure.objects.exists()


def test_packaging_that_was_promised_after_its_scan_stops_the_sealing(parcel: Parcel, seller: Seller) -> None:
    put(parcel)
    judged(an_order(seller, {"GIFTBOX": 3}))
    before = books()
    with pytest.raises(EnclosureGone):
        sealed(parcel)
    assert books() == before


def test_an_insert_goes_into_every_parcel_until_it_is_ended(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    a_coded_sku(seller, "A")
    leaflet = a_coded_sku(seller, "LEAFLET", weight_g=5)
    stock_of(leaflet, warehouse, 5, bin_code="A01-05-1")
    choose_insert(sku_code=leaflet.code, is_active=True, actor=acting_for(seller), at=NOON)
    parcel = scanned(seller, warehouse, picker, "T-001")
    assert [(each.code, each.kind) for each in seen(parcel).asked] == [(leaflet.code, "insert")]
    put(parcel, "LEAFLET")
    sealed(parcel)
    assert numbers(leaflet) == (5, 1)

    choose_insert(sku_code=leaflet.code, is_active=False, actor=acting_for(seller), at=NOON)
    assert seen(scanned(seller, warehouse, picker, "T-001")).asked == ()
    assert problems() == []


@pytest.mark.seed("A172")
@pytest.mark.parametrize(("credit", "paid_back"), [(0, 0), (20, 20), (500, 33)])
def test_advertising_credit_pays_back_what_inserts_cost_when_the_parcel_leaves(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service, credit: int, paid_back: int
) -> None:
    in_force(a_rate(Kind.INSERT, "33"), a_rate(Kind.PICK_FIRST, "20"))
    if credit:
        ledger.grant(Purse(seller.pk, "JPY", WORLD.name, NOON), credit, "AD-1")
    a_coded_sku(seller, "A")
    leaflet = a_coded_sku(seller, "LEAFLET", weight_g=5)
    stock_of(leaflet, warehouse, 5, bin_code="A01-05-1")
    choose_insert(sku_code=leaflet.code, is_active=True, actor=acting_for(seller), at=NOON)
    parcel = scanned(seller, warehouse, picker, "T-001")
    put(parcel, "LEAFLET")
    ready = labelled(sealed(parcel))
    assert money(seller) == (10_000 - 385 - 53, 385 + 53, credit)

    ship_parcels(seller_id=seller.pk, parcel_codes=[ready.code], actor=WORLD, at=NOON)
    ship_parcels(seller_id=seller.pk, parcel_codes=[ready.code], actor=WORLD, at=NOON)

    assert money(seller) == (10_000 - 385 - 53 + paid_back, 0, credit - paid_back)
    assert Account.objects.get(seller=seller, kind="fees").balance_minor == 385 + 53
    assert findings() == []


def money(seller: Seller) -> tuple[int, int, int]:
    """What is free, what is set aside, and advertising credit."""
    found = dict(Account.objects.filter(seller=seller).values_list("kind", "balance_minor"))
    return found["free"], found["reserved"], found.get("advertising", 0)


def test_the_box_counts_for_weight_and_fee(parcel: Parcel, gift_box: Sku, warehouse: Warehouse, seller: Seller) -> None:
    a_box(warehouse, empty_g=600, price_minor=40)
    a_box(warehouse, "XL", (600, 400, 400))
    say_not_there(parcel_code=parcel.code, sku_code=gift_box.code, actor=WORLD, at=NOON)
    Service.objects.update(max_size_cm=60)
    with pytest.raises(BoxTooLarge):
        choose_service(parcel_code=parcel.code, service_code="nekopos", box_code="XL", actor=WORLD, at=NOON)
    choose_service(parcel_code=parcel.code, service_code="nekopos", box_code="s", actor=WORLD, at=NOON)
    with pytest.raises(WeightOff):
        sealed(parcel, weight_g=320)

    ready = labelled(sealed(parcel, weight_g=910))

    assert Account.objects.get(seller=seller, kind="reserved").balance_minor == 385 + 40
    ship_parcels(seller_id=seller.pk, parcel_codes=[ready.code], actor=WORLD, at=NOON)
    assert Account.objects.get(seller=seller, kind="fees").balance_minor == 425


@pytest.mark.parametrize("sides", [(0, 10, 10), (10, 10, 3001)])
def test_numbers_that_make_no_box_are_refused(warehouse: Warehouse, sides: tuple[int, int, int]) -> None:
    with pytest.raises(BoxDoesNotFit):
        put_box(warehouse_id=warehouse.pk, facts=BoxFacts("S", "Small", sides), actor=WORLD, at=NOON)
    assert not PackagingBox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_parcels_sealed_at_once_never_share_the_last_piece(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    box = own_packaging(seller, warehouse, a_coded_sku(seller, "A"), pieces=1)
    parcels = [scanned(seller, warehouse, picker, tote) for tote in ("T-001", "T-002")]
    for parcel in parcels:
        put(parcel)

    def seal(parcel: Parcel) -> str:
        try:
            return sealed(parcel).status
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = sorted(threads.map(seal, parcels))
    assert outcomes == ["enclosure_gone", "sealed"]
    assert numbers(box) == (1, 1)
    assert problems() == []


def test_a_person_of_another_building_puts_nothing_in(parcel: Parcel, picker: Staff) -> None:
    elsewhere = acting_as(picker)
    object.__setattr__(elsewhere, "warehouse_id", 999)
    with pytest.raises(Refusal, match="parcel"):
        put_enclosure(parcel_code=parcel.code, scan="GIFTBOX", actor=elsewhere, at=NOON)
    assert not Enclosure.objects.exists()
