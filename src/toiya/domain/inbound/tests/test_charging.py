"""What a delivery is charged (A066, A168): by the card, else by the warehouse's list prices, and taken when booked."""

from __future__ import annotations

import pytest

from tests.books import findings, fingerprint
from tests.inbound_world import ARRIVAL, a_bundle, a_request
from tests.pricing_world import a_rate, in_force
from tests.receiving_world import a_delivery, arrived, counted
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, money_in
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.bundles import Announcement, create_bundle, delete_bundle
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Kind
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.models import Account, Reservation
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
    bundle = a_delivery(seller, house, {sku: 80}, wants_sku_labels=True, cartons=4)
    assert charges(bundle) == {
        "inbound_piece": (400, "80 × 5"),
        "inbound_carton": (400, "4 × 100"),
        "sku_label": (800, "80 × 10"),
    }
    assert money(seller) == {"free": 98_400, "reserved": 1_600, "fees": 0}
    arrived(bundle)
    counted(bundle, sku, 80)
    complete_delivery(bundle_id=bundle.pk, actor=WORLD, at=NOON)
    assert money(seller) == {"free": 98_400, "reserved": 0, "fees": 1_600}
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
