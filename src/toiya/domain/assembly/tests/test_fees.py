"""What work orders cost, and that each part was scanned: prices by day, money set aside, taken, given back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.assembly_world import a_work_order, accepted, an_assembled, apart, in_work, made
from tests.books import findings
from tests.bundles_world import own_sku
from tests.pricing_world import a_rate, in_force
from tests.world import NOON, WORLD, a_seller, a_warehouse, stock_of
from toiya.domain.assembly import queries
from toiya.domain.assembly.actions.asking import accept_assembly, stop_assembly
from toiya.domain.assembly.actions.making import OtherPart, PartNotScanned, choose_bin, confirm_part
from toiya.domain.assembly.actions.prices import PriceDayOver, PriceOff, set_assembly_price
from toiya.domain.assembly.models import AssemblyPrice, WorkOrder
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Kind
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.models import Account, Reservation
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def gift(seller: Seller, house: Warehouse) -> Sku:
    gift = an_assembled(seller, "GIFT", {"CUP": 2})
    stock_of(own_sku(seller, "CUP"), house, 10)
    return gift


def money(seller: Seller) -> dict[str, int]:
    """What is free, set aside and taken."""
    rows = dict(Account.objects.filter(seller=seller).values_list("kind", "balance_minor"))
    return {kind: rows[kind] for kind in ("free", "reserved", "fees")}


@pytest.mark.seed("L11")
def test_the_price_is_set_aside_taken_per_piece_and_the_rest_given_back(gift: Sku, house: Warehouse) -> None:
    order = in_work(gift, house, 5)
    assert money(gift.seller) == {"free": 0, "reserved": 250, "fees": 0}
    made(order, 2)
    made(order, 1)
    assert money(gift.seller) == {"free": 0, "reserved": 100, "fees": 150}
    apart(order, 1)
    assert findings() == []
    stop_assembly(code=order.code, actor=WORLD, at=NOON)
    assert money(gift.seller) == {"free": 100, "reserved": 0, "fees": 150}
    assert findings() == []


def test_a_completed_order_is_paid_whole_and_a_free_one_costs_nothing(gift: Sku, house: Warehouse) -> None:
    made(in_work(gift, house, 2), 2)
    assert money(gift.seller) == {"free": 0, "reserved": 0, "fees": 100}
    set_assembly_price(warehouse_id=house.pk, price_minor=0, from_on=TODAY, actor=WORLD, at=NOON)
    order = a_work_order(gift, house, 1)
    accept_assembly(code=order.code, actor=WORLD, at=NOON)
    stop_assembly(code=order.code, actor=WORLD, at=NOON)
    assert Reservation.objects.filter(source__startswith=order.code).count() == 0
    assert findings() == []


def test_without_money_it_is_not_accepted(gift: Sku, house: Warehouse) -> None:
    order = a_work_order(gift, house, 5)
    with pytest.raises(WalletTooLow):
        accept_assembly(code=order.code, actor=WORLD, at=NOON)
    order.refresh_from_db()
    assert (order.status, order.fee_part) == ("requested", 0)
    assert accepted(order).fee_part == 1


def test_a_price_holds_from_its_day_in_its_warehouse(gift: Sku, house: Warehouse) -> None:
    other = a_warehouse("KWG", "Kawaguchi")

    def set_price(price_minor: int, days: int) -> AssemblyPrice:
        day = TODAY + timedelta(days=days)
        return set_assembly_price(warehouse_id=house.pk, price_minor=price_minor, from_on=day, actor=WORLD, at=NOON)

    for wrong, days, refusal in ((-1, 0, PriceOff), (1_000_001, 0, PriceOff), (80, -1, PriceDayOver)):
        with pytest.raises(refusal):
            set_price(wrong, days)
    assert not AssemblyPrice.objects.exists()
    set_price(60, 0)
    set_price(70, 0)
    set_price(80, 2)
    both = [house, other]
    now, later = queries.prices_at(both, NOON), queries.prices_at(both, NOON + timedelta(days=2))
    assert ([now[each.pk].minor for each in both], [later[each.pk].minor for each in both]) == ([70, 50], [80, 50])
    assert a_work_order(gift, house, 1).price_minor == 70


def test_a_piece_of_each_part_is_scanned_at_its_bin(gift: Sku, house: Warehouse) -> None:
    order = in_work(gift, house, 5)
    part = order.parts.get()
    place, told = part.from_bin, {"code": order.code, "part_id": part.pk, "actor": WORLD, "at": NOON}
    with pytest.raises(OtherPart):
        confirm_part(scan=gift.code, **told)
    stock_of(part.sku, house, 2, bin_code="A01-03-1")
    choose_bin(place=house.bins.get(code="A01-03-1"), **told)
    with pytest.raises(PartNotScanned):
        made(order, 1)
    assert WorkOrder.objects.get().made == 0
    assert place is not None
    choose_bin(place=place, **told)
    confirm_part(scan="cup", **told)
    choose_bin(place=place, **told)
    assert made(order, 1).made == 1


def test_each_confirmation_is_charged_at_the_cards_price_of_the_day_it_was_asked_for(
    gift: Sku, house: Warehouse
) -> None:
    card = in_force(a_rate(Kind.ASSEMBLY_PIECE, "42", sku=gift.code))
    order = in_work(gift, house, 5)
    made(order, 2)
    made(order, 3)
    rows = Charge.objects.order_by("pk").values_list("source", "amount_minor", "formula", "card_code")
    assert list(rows) == [
        (f"{order.code}/2", 84, "2 × 42", card.code),
        (f"{order.code}/3", 126, "3 × 42", card.code),
    ]
    assert findings() == []


def test_a_price_with_decimals_is_rounded_for_one_piece_and_charged_so(gift: Sku, house: Warehouse) -> None:
    in_force(a_rate(Kind.ASSEMBLY_PIECE, "12.5"))
    order = in_work(gift, house, 2)
    made(order, 2)
    assert (order.price_minor, Charge.objects.get().formula) == (13, "2 × 13")
    assert findings() == []
