"""What a delivery is charged (A066, A168): by the card, else by the warehouse's list prices, and taken when booked."""

from __future__ import annotations

import pytest

from tests.books import findings, fingerprint
from tests.inbound_world import ARRIVAL, a_bundle, a_request
from tests.pricing_world import a_rate, in_force
from tests.receiving_world import a_delivery, arrived, counted
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, money_in
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.arriving import begin_unannounced
from toiya.domain.inbound.actions.bundles import Announcement, create_bundle, delete_bundle
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.actions.fees import take_due_fees
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Kind
from toiya.domain.stock.models import Balance
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.models import Account, Reservation
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def sku(seller: Seller) -> Sku:
    return a_sku(seller)


def charges(bundle: CargoBundle) -> dict[str, tuple[int, str]]:
    rows = Charge.objects.filter(source=bundle.code)
    return {row.kind: (row.amount_minor, row.formula) for row in rows}


def money(seller: Seller) -> dict[str, int]:
    rows = dict(Account.objects.filter(seller=seller).values_list("kind", "balance_minor"))
    return {kind: rows[kind] for kind in ("free", "reserved", "fees")}


@pytest.mark.seed("A066", "A168")
def test_the_inbound_fee_and_the_labels_are_taken_when_the_goods_are_booked(
    seller: Seller, house: Warehouse, sku: Sku
) -> None:
    bundle = a_delivery(seller, house, {sku: 80}, wants_sku_labels=True)
    assert charges(bundle) == {
        "inbound_piece": (400, "80 × 5"),
        "inbound_carton": (100, "1 × 100"),
        "sku_label": (800, "80 × 10"),
    }
    assert money(seller) == {"free": 98_700, "reserved": 1_300, "fees": 0}
    arrived(bundle)
    counted(bundle, sku, 80)
    complete_delivery(bundle_id=bundle.pk, actor=WORLD, at=NOON)
    assert money(seller) == {"free": 98_700, "reserved": 0, "fees": 1_300}
    assert findings("I06", "I07", "I08") == []


@pytest.mark.seed("A066")
def test_with_too_little_money_the_work_is_not_done(seller: Seller, house: Warehouse, sku: Sku) -> None:
    in_force(a_rate(Kind.INBOUND_PIECE, "20"), a_rate(Kind.SKU_LABEL, "30"))
    money_in(seller, 499)
    request = a_request(sku, house, 10)
    plan = Announcement(ARRIVAL, wants_sku_labels=True)
    before = fingerprint()
    with pytest.raises(WalletTooLow) as refused:
        create_bundle(seller_id=seller.pk, request_codes=[request.code], plan=plan, actor=acting_for(seller), at=NOON)
    assert refused.value.facts["needed"] == 10 * 20 + 100 + 10 * 30
    assert fingerprint() == before


def test_a_card_prices_a_delivery_and_its_express_lane(seller: Seller, house: Warehouse, sku: Sku) -> None:
    in_force(a_rate(Kind.INBOUND_PIECE, "4"), a_rate(Kind.INBOUND_EXPRESS, "25"), warehouse=house)
    bundle = a_bundle(seller, house, {sku: 10}, is_express=True, wants_quality_check=True)
    assert charges(bundle) == {
        "inbound_piece": (40, "10 × 4"),
        "inbound_carton": (100, "1 × 100"),
        "quality_check": (150, "10 × 15"),
        "inbound_express": (73, "290 × 25 ÷ 100"),  # 72.5, half up
    }
    assert bundle.estimate_minor == 363


def test_a_delivery_given_up_keeps_its_charges_and_gets_its_money_back(
    seller: Seller, house: Warehouse, sku: Sku
) -> None:
    bundle = a_bundle(seller, house, {sku: 10})
    delete_bundle(bundle_code=bundle.code, actor=acting_for(seller), at=NOON)
    assert set(charges(bundle)) == {"inbound_piece", "inbound_carton"}
    assert Reservation.objects.get(source=bundle.code).status == Reservation.Status.VOIDED
    assert findings("I08") == []


def booked(bundle: CargoBundle, sku: Sku, pieces: int, damaged: int = 0) -> CargoBundle:
    arrived(bundle)
    if pieces:
        counted(bundle, sku, pieces)
    if damaged:
        counted(bundle, sku, damaged, condition="damaged")
    complete_delivery(bundle_id=bundle.pk, actor=WORLD, at=NOON)
    return CargoBundle.objects.get(pk=bundle.pk)


@pytest.mark.seed("A066")
@pytest.mark.parametrize(("pieces", "damaged", "fee"), [(60, 10, 70 * 5 + 100 + 60 * 10), (85, 0, 85 * 15 + 100)])
def test_a_delivery_is_charged_for_what_was_counted(
    pieces: int, damaged: int, fee: int, seller: Seller, house: Warehouse, sku: Sku
) -> None:
    """80 pieces in 4 cartons were told, in one they came; damaged ones are taken in too, and get no label."""
    bundle = booked(a_delivery(seller, house, {sku: 80}, wants_sku_labels=True, cartons=4), sku, pieces, damaged)
    assert (bundle.estimate_minor, bundle.fee_minor, bundle.fee_source) == (1_600, fee, f"{bundle.code}/counted")
    rows = Charge.objects.filter(source=bundle.fee_source).values_list("kind", "formula")
    assert dict(rows) == {
        "inbound_piece": f"{pieces + damaged} × 5", "inbound_carton": "1 × 100", "sku_label": f"{pieces} × 10"
    }  # fmt: skip
    assert money(seller) == {"free": 100_000 - fee, "reserved": 0, "fees": fee}
    assert Reservation.objects.get(source=bundle.code).status == Reservation.Status.VOIDED
    told = EventRow.objects.get(name="bundle.fee_counted").data
    assert (told["fee_minor"], told["estimate_minor"], told["is_due"]) == (fee, 1_600, False)
    assert findings("I06", "I07", "I08", "I24") == []


def test_a_fee_that_money_lacks_stays_due_and_holds_no_goods_back(seller: Seller, house: Warehouse, sku: Sku) -> None:
    """500 were set aside, 1,100 are due and 100 are free: the 500 stay aside until money comes, and goods are sold."""
    bundle = a_delivery(seller, house, {sku: 80})
    rest = money(seller)["free"] - 100
    ledger.charge(Purse(seller.pk, "JPY", "World", NOON), {"DUE-1": rest}, Use.OTHER)
    bundle = booked(bundle, sku, 200)
    assert (bundle.status, bundle.fee_minor, bundle.fee_taken_at) == ("completed", 1_100, None)
    assert (money(seller)["free"], money(seller)["reserved"]) == (100, 500)
    assert Balance.objects.get(sku=sku).on_hand == 200
    assert take_due_fees(seller_id=seller.pk, actor=WORLD, at=NOON) == []
    assert findings("I06", "I07", "I08", "I24") == []
    money_in(seller, 1_000)
    assert take_due_fees(seller_id=seller.pk, actor=WORLD, at=NOON) == [bundle.code]
    assert take_due_fees(seller_id=seller.pk, actor=WORLD, at=NOON) == []
    assert (money(seller)["free"], money(seller)["reserved"]) == (500, 0)
    assert findings("I06", "I07", "I08", "I24") == []


def test_what_nobody_announced_pays_for_what_was_counted(seller: Seller, house: Warehouse, sku: Sku) -> None:
    money_in(seller, 1_000)
    bundle = begin_unannounced(warehouse_id=house.pk, seller_code=seller.code, cartons=2, actor=WORLD, at=NOON)
    counted(bundle, sku, 10)
    complete_delivery(bundle_id=bundle.pk, actor=WORLD, at=NOON)
    assert money(seller) == {"free": 750, "reserved": 0, "fees": 250}
    assert findings("I06", "I07", "I08", "I24") == []
