"""What pays a parcel's fee: the sale of an order whose site pays us, or the free money of its seller."""

from __future__ import annotations

from dataclasses import replace

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.books import findings
from tests.floor_world import a_coded_sku, a_person, a_service, labelled, packed, released, walked
from tests.money_world import gift_codes
from tests.world import NOON, WORLD, a_draft, a_seller, a_shop, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.money import Money
from toiya.domain.carriers.models import Label, Service
from toiya.domain.channels.actions.settlement_files import (
    SettlementNoteMissing,
    SettlementSpent,
    SettlementTakenBefore,
    TooLateToDropSettlement,
    book_settlement,
    take_settlement,
    throw_settlement_away,
    undo_settlement,
)
from toiya.domain.channels.actions.settling import ShopNotSettling, settle_sales
from toiya.domain.channels.models import SettlementFile
from toiya.domain.channels.settlement_file import SettledRow, UnreadableSettlement, read_settlement
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Hold
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.jobs import retry_wallet_holds
from toiya.domain.outbound.models import Parcel
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.gifts import redeem_gift_code
from toiya.domain.wallet.actions.sales import choose_settling, give_up_sale
from toiya.domain.wallet.models import Account, Reservation, Sale
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
PENNILESS = {"free": 0, "reserved": 0, "fees": 0, "top_ups": 0}


def wallet(seller: Seller) -> dict[str, int]:
    return dict(Account.objects.filter(seller=seller).values_list("kind", "balance_minor"))


def a_packed_parcel(
    seller: Seller, house: Warehouse, picker: Staff, service: Service, *, shop_code: str = ""
) -> Parcel:
    """One piece of A, sold for 1,200 yen, in a sealed parcel."""
    stock_of(a_coded_sku(seller, "A"), house, 1)
    (order,) = judged(an_order(seller, {"A": 1}, shop_code=shop_code))
    walked(released(house, order).pick_lists[0].code, picker)
    return packed("T-001", picker, service)


@pytest.fixture
def poor() -> Seller:
    return a_seller("Kumo")


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def service() -> Service:
    return a_service()


@pytest.fixture
def picker(warehouse: Warehouse) -> Staff:
    return a_person(warehouse)


def settled(parcel: Parcel, minor: int) -> tuple[list[str], list[str], list[str]]:
    """The site's settlement of the parcel's order: booked, booked before, unknown."""
    order = parcel.order
    rows = [SettledRow(2, order.external_id, Money(minor, "JPY")), SettledRow(3, "999", Money(1, "JPY"))]
    found = settle_sales(connection_code=order.shop_code, rows=rows, actor=WORLD, at=NOON)
    return list(found.settled), list(found.before), [row.external_id for row in found.unknown]


@pytest.mark.seed("A167")
def test_where_the_site_pays_us_the_fee_comes_out_of_the_settlement_of_the_order(
    poor: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    shop = a_shop(poor, shop_id="kumo")
    choose_settling(seller=poor, shop_code=shop.code, is_on=True, actor=WORLD, at=NOON)
    parcel = labelled(a_packed_parcel(poor, warehouse, picker, service, shop_code=shop.code))
    assert parcel.status == Parcel.Status.LABELLED
    assert wallet(poor) == PENNILESS | {"reserved": 385, "owed": -385}
    sale = Sale.objects.get()
    assert (sale.order_code, sale.expected_minor, sale.status) == (parcel.order.code, 1200, "awaited")

    ship_parcels(seller_id=poor.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    assert wallet(poor) == PENNILESS | {"fees": 385, "owed": -385}
    assert settled(parcel, 1080) == ([parcel.order.code], [], ["999"])
    assert wallet(poor) == {"free": 695, "reserved": 0, "fees": 385, "top_ups": 0, "owed": 0, "settlements": -1080}
    assert settled(parcel, 1080) == ([], [parcel.order.code], ["999"])
    assert wallet(poor)["free"] == 695
    assert findings("I06") == findings("I07") == []


@pytest.mark.seed("A169")
def test_an_order_of_another_platform_ships_out_of_free_money_or_waits_until_a_gift_card_tops_it_up(
    poor: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    parcel = labelled(a_packed_parcel(poor, warehouse, picker, service))
    assert parcel.status == Parcel.Status.SEALED
    hold = Hold.objects.get(lifted_at=None)
    assert (hold.code, hold.details["needed"], hold.details["missing"]) == ("wallet_too_low", 385, 385)
    assert not Label.objects.exists()

    ((_code, secret),) = gift_codes(385)
    redeem_gift_code(seller=poor, typed=secret, actor=acting_for(poor), at=NOON)
    woken = ProcrastinateJob.objects.filter(task_name="outbound.retry_wallet_holds", args={"seller_id": poor.pk})
    assert woken.exists()
    retry_wallet_holds(seller_id=poor.pk)
    parcel = labelled(parcel)
    assert parcel.status == Parcel.Status.LABELLED
    assert not Hold.objects.filter(lifted_at=None).exists()
    ship_parcels(seller_id=poor.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    assert wallet(poor) == {"free": 0, "reserved": 0, "fees": 385, "top_ups": -385}
    assert findings("I06") == findings("I07") == []


@pytest.mark.seed("A177")
def test_a_settlement_frees_what_waited_for_money_too(
    poor: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    shop = a_shop(poor, shop_id="kumo")
    parcel = labelled(a_packed_parcel(poor, warehouse, picker, service, shop_code=shop.code))
    assert parcel.status == Parcel.Status.SEALED
    choose_settling(seller=poor, shop_code=shop.code, is_on=True, actor=WORLD, at=NOON)
    older = an_order(poor, {"A": 1}, shop_code=shop.code)
    rows = [SettledRow(2, older.external_id, Money(900, "JPY"))]
    settle_sales(connection_code=shop.code, rows=rows, actor=WORLD, at=NOON)
    retry_wallet_holds(seller_id=poor.pk)
    assert labelled(parcel).status == Parcel.Status.LABELLED
    assert findings("I06") == findings("I07") == []


def test_an_order_sold_in_another_currency_is_not_paid_in_the_sellers(poor: Seller) -> None:
    shop = a_shop(poor, shop_id="kumo")
    choose_settling(seller=poor, shop_code=shop.code, is_on=True, actor=WORLD, at=NOON)
    sold = replace(a_draft("700", {"A": 1}, shop_code=shop.code), currency="USD")
    place_orders(seller_id=poor.pk, drafts=[sold], actor=WORLD, at=NOON)
    rows = [SettledRow(2, "700", Money(5000, "JPY"))]
    found = settle_sales(connection_code=shop.code, rows=rows, actor=WORLD, at=NOON)
    assert (found.settled, list(found.unknown)) == ([], rows)
    assert not Sale.objects.exists()
    assert set(wallet(poor).values()) <= {0}


def test_a_fee_beyond_the_sale_needs_free_money(
    poor: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    Service.objects.filter(pk=service.pk).update(price_minor=1201)
    service.refresh_from_db()
    shop = a_shop(poor, shop_id="kumo")
    choose_settling(seller=poor, shop_code=shop.code, is_on=True, actor=WORLD, at=NOON)
    parcel = labelled(a_packed_parcel(poor, warehouse, picker, service, shop_code=shop.code))
    assert parcel.status == Parcel.Status.SEALED
    assert Hold.objects.get(lifted_at=None).details["missing"] == 1201
    assert not Reservation.objects.exists()


def test_fees_of_a_sale_that_is_given_up_are_due_and_the_next_money_pays_them(
    poor: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    shop = a_shop(poor, shop_id="kumo")
    choose_settling(seller=poor, shop_code=shop.code, is_on=True, actor=WORLD, at=NOON)
    parcel = labelled(a_packed_parcel(poor, warehouse, picker, service, shop_code=shop.code))
    give_up_sale(seller=poor, order_code=parcel.order.code, actor=WORLD, at=NOON)
    assert wallet(poor)["owed"] == -385
    ((_code, secret),) = gift_codes(500)
    redeem_gift_code(seller=poor, typed=secret, actor=acting_for(poor), at=NOON)
    assert wallet(poor) == {"free": 115, "reserved": 385, "fees": 0, "top_ups": -500, "owed": 0}
    assert settled(parcel, 1080)[0] == [parcel.order.code]  # the site pays after all
    assert findings("I06") == findings("I07") == []


def test_a_settlement_is_undone_whole_or_not_at_all_and_may_come_again(
    poor: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    shop = a_shop(poor, shop_id="kumo")
    choose_settling(seller=poor, shop_code=shop.code, is_on=True, actor=WORLD, at=NOON)
    parcel = labelled(a_packed_parcel(poor, warehouse, picker, service, shop_code=shop.code))
    owed = PENNILESS | {"reserved": 385, "owed": -385}
    content = f"order number,amount\n{parcel.order.external_id},1080\n".encode()

    def taken() -> SettlementFile:
        read = read_settlement(content, "JPY")
        told = {"connection_code": shop.code, "content": content, "file_name": "paid.csv", "read": read}
        return take_settlement(**told, actor=WORLD, at=NOON)

    file = taken()
    with pytest.raises(SettlementTakenBefore):
        taken()
    throw_settlement_away(code=file.code, actor=WORLD, at=NOON)
    file = taken()
    assert wallet(poor) == owed  # read, not booked
    book_settlement(code=file.code, actor=WORLD, at=NOON)
    assert book_settlement(code=file.code, actor=WORLD, at=NOON) is None
    purse = Purse(poor.pk, "JPY", WORLD.name, NOON)
    ledger.reserve(purse, {"STORAGE-1": 600})
    with pytest.raises(SettlementSpent, match=parcel.order.code):  # 95 are free, and 385 of fees would wait again
        undo_settlement(code=file.code, note="a wrong file", actor=WORLD, at=NOON)
    with pytest.raises(SettlementNoteMissing):
        undo_settlement(code=file.code, note=" ", actor=WORLD, at=NOON)
    with pytest.raises(TooLateToDropSettlement):
        throw_settlement_away(code=file.code, actor=WORLD, at=NOON)
    assert (wallet(poor)["free"], Sale.objects.get().status) == (95, "settled")
    ledger.void(purse, ["STORAGE-1"])
    undo_settlement(code=file.code, note="a wrong file", actor=WORLD, at=NOON)
    undo_settlement(code=file.code, note="a wrong file", actor=WORLD, at=NOON)
    assert wallet(poor) == owed | {"settlements": 0}
    assert (Sale.objects.get().status, Reservation.objects.get(is_owed=True).amount_minor) == ("awaited", 385)
    assert findings("I06") == findings("I07") == []
    book_settlement(code=taken().code, actor=WORLD, at=NOON)
    assert wallet(poor)["free"] == 695
    assert findings("I06") == findings("I07") == []


def test_a_settlement_of_a_shop_that_is_paid_directly_is_refused(poor: Seller) -> None:
    shop = a_shop(poor, shop_id="kumo")
    with pytest.raises(ShopNotSettling):
        settle_sales(connection_code=shop.code, rows=[], actor=WORLD, at=NOON)
    assert not Sale.objects.exists()


def test_a_settlement_in_dollars_is_read_in_dollars_with_its_total_and_rows_to_mend() -> None:
    content = b'order number,amount\n7001,"1,080.50"\n7002,"1,08"\n7003,1.005\nTotal,1090\n'
    read = read_settlement(content, "USD")
    assert (read.rows, read.told_minor) == ([SettledRow(2, "7001", Money(108_050, "USD"))], 109_000)
    assert [(bad.number, bad.cell) for bad in read.to_mend] == [(3, "1,08"), (4, "1.005")]


def test_a_settlement_is_read_by_its_headings() -> None:
    read = read_settlement('注文番号,商品,精算金額\n7001,Mug,"1,080"\n7002,Pen,-50\n'.encode("cp932"), "JPY")
    assert read.rows == [SettledRow(2, "7001", Money(1080, "JPY")), SettledRow(3, "7002", Money(-50, "JPY"))]
    for content in (b"a,b\n1,2\n", "注文番号,精算金額\n7001,many\n".encode(), "注文番号,精算金額\n,\n".encode()):
        with pytest.raises(UnreadableSettlement):
            read_settlement(content, "JPY")
