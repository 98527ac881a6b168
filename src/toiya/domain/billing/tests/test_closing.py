"""A month's bill: what it gathers, that it replays to the yen, that it never changes, and what comes late."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.billing_world import (
    BEFORE,
    MIDDLE,
    NOVEMBER,
    a_bill,
    a_card,
    a_closed_bill,
    fee,
    on_day,
    sold,
)
from tests.books import fingerprint
from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import (
    NOON,
    WORLD,
    a_seller,
    a_sku,
    a_warehouse,
    acting_for,
    an_allocated_order,
    money_in,
    stock_of,
)
from toiya.core.errors import NotFound
from toiya.core.money import Money
from toiya.core.states import NoSuchStep
from toiya.domain.billing import queries
from toiya.domain.billing.actions.closing import BillClosedBefore, MonthNotOver, close_statement, settle_statement
from toiya.domain.billing.actions.refunding import refund_fee
from toiya.domain.billing.models import Statement
from toiya.domain.billing.replaying import replay
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.pricing.rules import Kind, Rate
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.models import Account
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    made = a_seller()
    money_in(made, 10_000, at=BEFORE)
    return made


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


def november(seller: Seller, house: Warehouse) -> None:
    """Two fees taken, one given back in part, and slow goods."""
    a_card()
    sku = a_sku(seller)
    stock_of(sku, house, 25, at=on_day(10, 20))
    sold(sku, house, 5, on_day(11, 10))
    fee(seller, house, "PCL-1", 385, on_day(11, 10))
    fee(seller, house, "CB-1", 250, on_day(11, 12), kind=Kind.INBOUND_PIECE)
    refund_fee(seller=seller, amount=Money(100, "JPY"), reference="PCL-1", actor=WORLD, at=on_day(11, 13))


@pytest.mark.seed("A168", "A171", "A174")
def test_a_bill_tells_each_fee_apart_and_replays_to_the_yen(seller: Seller, house: Warehouse) -> None:
    november(seller, house)
    bill = a_closed_bill(seller)
    told = [(line.origin, line.kind, line.source[:3], line.amount_minor) for line in bill.lines.order_by("number")]
    assert told == [
        ("taken", "shipping", "PCL", 385),
        ("taken", "inbound_piece", "CB-", 250),
        ("credited", "credit", "PCL", -100),
        ("due", "storage_month", "STO", 600),
    ]
    assert (bill.status, bill.taken_minor, bill.due_minor, bill.credited_minor, bill.total_minor) == (
        "closed",
        635,
        600,
        100,
        1135,
    )
    assert (bill.currency, bill.closed_at, bill.paid_at) == ("JPY", MIDDLE, None)
    assert replay(bill) == []


def test_volume_days_of_a_warehouse_full_fit_onto_a_bill(seller: Seller, house: Warehouse) -> None:
    a_card([Rate(Kind.STORAGE_VOLUME_DAY, Decimal(3), {}, per=1_000_000)])
    sku = a_sku(seller)
    Sku.objects.filter(pk=sku.pk).update(length_mm=600, width_mm=600, height_mm=600)
    stock_of(sku, house, 1000, at=on_day(10, 20))
    bill = a_closed_bill(seller)
    assert [(line.quantity, line.amount_minor) for line in bill.lines.all()] == [(6_480_000_000, 19_440)]
    assert replay(bill) == []


@pytest.mark.seed("L21")
def test_the_running_month_says_what_it_costs_so_far(seller: Seller, house: Warehouse) -> None:
    november(seller, house)
    now = queries.running(seller, NOVEMBER)
    assert (now.totals, now.storage_minor, len(now.drafts)) == ((635, 0, 100, 0), 600, 3)
    assert not Statement.objects.exists()


def test_a_parcels_own_charges_are_its_lines(seller: Seller, house: Warehouse) -> None:
    """From the packing table to the bill: the fee set aside for a label and taken at the truck, line by line."""
    order = an_allocated_order(seller, house, at=on_day(11, 10))
    staff, service = a_person(house, "floor_lead"), a_service()
    walked(released(house, order).pick_lists[0].code, staff)
    parcel = labelled(packed("T-001", staff, service))
    ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    bill = a_closed_bill(seller)
    told = [(line.origin, line.kind, line.source, line.amount_minor) for line in bill.lines.all()]
    assert told == [("taken", "shipping", parcel.code, 385)]
    assert bill.taken_minor == Account.objects.get(seller=seller, kind="fees").balance_minor
    assert replay(bill) == []


def test_what_is_booked_late_stands_on_the_next_bill_and_on_one_only(seller: Seller, house: Warehouse) -> None:
    fee(seller, house, "PCL-1", 385, on_day(11, 10))
    first = a_closed_bill(seller)
    fee(seller, house, "PCL-2", 180, on_day(11, 30))  # of November, booked after it was closed
    second = a_closed_bill(seller, NOVEMBER.replace(month=12), on_day(12, 31, 16))
    assert [line.source for line in first.lines.all()] == ["PCL-1"]
    assert [line.source for line in second.lines.all()] == ["PCL-2"]
    assert (first.status, second.status) == ("paid", "paid")  # nothing is due


def test_money_taken_without_a_charge_is_on_the_bill_by_itself(seller: Seller, house: Warehouse) -> None:

    purse = Purse(seller.pk, "JPY", "world", on_day(11, 4))
    ledger.reserve(purse, {"OLD-1": 300, "OLD-2": 50})
    ledger.capture(purse, ["OLD-1"])
    ledger.void(purse, ["OLD-2"])
    bill = a_closed_bill(seller)
    assert [(line.kind, line.source, line.amount_minor) for line in bill.lines.all()] == [("unpriced", "OLD-1", 300)]
    assert replay(bill) == []


def test_a_bill_tells_a_fee_whole_whichever_money_paid_it(seller: Seller, house: Warehouse) -> None:
    """What advertising credit paid back is told by the wallet; the bill tells what was supplied, with its tax."""
    purse = Purse(seller.pk, "JPY", WORLD.name, on_day(11, 10))
    ledger.grant(purse, 500, "AD-1")
    fee(seller, house, "PCL-1", 33, on_day(11, 10), kind=Kind.INSERT)
    ledger.cover(purse, {"PCL-1": 33}, Use.PROMOTION)
    bill = a_closed_bill(seller)
    assert (bill.taken_minor, bill.credited_minor, bill.total_minor) == (33, 0, 33)
    assert replay(bill) == []


def test_a_month_without_anything_is_closed_and_paid_with_nothing(seller: Seller) -> None:
    bill = a_closed_bill(seller)
    assert (bill.status, bill.total_minor, bill.line_count) == ("paid", 0, 0)
    assert replay(bill) == []


def test_a_month_that_runs_is_not_closed(seller: Seller) -> None:
    bill, before = a_bill(seller), fingerprint("billing_")
    with pytest.raises(MonthNotOver):
        close_statement(code=bill.code, actor=WORLD, at=on_day(11, 30, 14))
    assert fingerprint("billing_") == before


def test_a_bill_is_closed_once(seller: Seller, house: Warehouse) -> None:
    november(seller, house)
    bill = a_closed_bill(seller)
    before = fingerprint("billing_")
    with pytest.raises(BillClosedBefore):
        close_statement(code=bill.code, actor=WORLD, at=on_day(12, 20))
    assert fingerprint("billing_") == before


def test_opening_a_month_twice_opens_it_once(seller: Seller) -> None:
    assert a_bill(seller) == a_bill(seller)
    assert Statement.objects.count() == 1


def test_another_seller_finds_no_bill_to_close(seller: Seller) -> None:
    bill, stranger = a_bill(seller), acting_for(a_seller("Kumo"))
    with pytest.raises(NotFound):
        close_statement(code=bill.code, actor=stranger, at=MIDDLE)


def test_a_bill_is_paid_once_and_only_when_closed(seller: Seller, house: Warehouse) -> None:
    running = a_bill(seller)
    with pytest.raises(NoSuchStep):
        settle_statement(code=running.code, actor=WORLD, at=MIDDLE)
    november(seller, house)
    bill = a_closed_bill(seller)
    assert settle_statement(code=bill.code, actor=WORLD, at=on_day(12, 20)).status == "paid"
    with pytest.raises(NoSuchStep):
        settle_statement(code=bill.code, actor=WORLD, at=on_day(12, 21))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_statement SET total_minor = total_minor + 1, taken_minor = taken_minor + 1",
        "UPDATE billing_statement SET status = 'running'",
        "DELETE FROM billing_statement",
        "UPDATE billing_statementline SET amount_minor = 1",
        "DELETE FROM billing_statementline",
        "DELETE FROM billing_storagemonth",
    ],
)
def test_what_is_closed_cannot_be_changed_by_anybody(seller: Seller, house: Warehouse, statement: str) -> None:
    november(seller, house)
    a_closed_bill(seller)
    before = fingerprint("billing_")
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(statement)
    assert fingerprint("billing_") == before


def test_a_changed_movement_is_named_by_the_replay(seller: Seller, house: Warehouse) -> None:
    november(seller, house)
    bill = a_closed_bill(seller)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE stock_movement DISABLE TRIGGER USER")
        cursor.execute("UPDATE stock_movement SET quantity = 6 WHERE kind = 4")
        cursor.execute("ALTER TABLE stock_movement ENABLE TRIGGER USER")
    (difference,) = replay(bill)
    assert (difference.why, difference.number, difference.subject) == ("storage", 4, seller.sku_set.get().code)
    assert difference.told.startswith("20 left, 5 shipped")
    assert difference.found.startswith("19 left, 6 shipped")
