"""Buyers are forgotten at their deadline; orders, lines and money stay (R25)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.carrier_files_world import by_file, came_back, file_of
from tests.floor_world import packed
from tests.forgetting_world import where_named, words_of
from tests.orders_in_world import an_entered_order
from tests.packing_world import problems
from tests.wishes_world import KOREA, a_service_abroad, complete_for_customs, in_a_tote
from tests.world import NOON, WORLD, a_sku, stock_of
from toiya.core.models import EventRow
from toiya.domain.carriers.actions.abroad import type_number
from toiya.domain.carriers.jobs import buy_label
from toiya.domain.carriers.models import CarrierFile, FileEntry, Label
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Address, ManagedOrder, Order
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.forgetting import forget_buyer
from toiya.domain.outbound.actions.labelling import finish_label, want_parcel_label
from toiya.domain.outbound.actions.leaving import judge_abroad
from toiya.domain.outbound.actions.papers import print_papers
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.forgetting import to_forget
from toiya.domain.outbound.models import Parcel
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
DAYS = 30


@pytest.fixture
def order(seller: Seller, warehouse: Warehouse) -> Order:
    a_sku(seller)
    told = {"gift_name": "佐藤", "mobile": "090-1234-5678", "buyer": "田中", "remark": "ring twice"}
    return an_entered_order(seller, **told, gift_address="大阪市北区1-1", customs_code="P123456789013")


def forget(order: Order, after_days: int) -> None:
    at = NOON + timedelta(days=after_days)
    forget_buyer(order_id=order.pk, days=DAYS, actor=WORLD, at=at)


def test_a_cancelled_order_forgets_its_buyer_after_thirty_days_and_keeps_the_rest(order: Order) -> None:
    cancel_order(order_code=order.code, reason="changed my mind", actor=WORLD, at=NOON)
    forget(order, DAYS - 1)
    assert Address.objects.get(order=order).name == "田中 みなみ"

    forget(order, DAYS)
    forget(order, DAYS + 1)

    address = Address.objects.get(order=order)
    assert (address.country, address.postal_code, address.first_line) == ("JP", "273", "千葉県")
    assert (address.name, address.name_kana, address.phone, address.second_line) == ("", "", "", "")
    managed = ManagedOrder.objects.get(order=order)
    assert (managed.gift_name, managed.gift_address, managed.mobile, managed.buyer) == ("", "", "", "")
    assert (managed.customs_code, managed.number) == ("", "1000001" if managed.pk == 1 else managed.number)
    order.refresh_from_db()
    assert (order.note, order.status, order.total_minor, order.lines.count()) == ("", "cancelled", 1200, 1)
    assert EventRow.objects.filter(name="order.buyer_forgotten", subject=order.code).count() == 1
    assert problems() == []


def test_an_open_order_keeps_its_buyer(order: Order) -> None:
    assert not to_forget(NOON + timedelta(days=400), DAYS).exists()
    forget(order, 400)
    assert Address.objects.get(order=order).name == "田中 みなみ"


def test_one_that_left_without_news_is_forgotten_after_twice_the_days(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(status="shipped", shipped_at=NOON)
    assert not to_forget(NOON + timedelta(days=2 * DAYS - 1), DAYS).exists()
    assert list(to_forget(NOON + timedelta(days=2 * DAYS), DAYS)) == [order]


def sent_by_file(order: Order, picker: Staff) -> None:
    """In a carrier's file, labelled with the number that came back."""
    service = by_file()
    in_a_tote(order, picker)
    parcel = packed("T-001", picker, service)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    file_of(service)
    came_back(f"{FileEntry.objects.get().key},,,123456789013")
    leave(parcel)


def sent_abroad(order: Order, picker: Staff) -> None:
    """With its customs papers and a typed number."""
    ems = a_service_abroad()
    complete_for_customs(order)
    judge_abroad(order_id=order.pk, actor=WORLD, at=NOON)
    in_a_tote(order, picker)
    parcel = packed("T-001", picker, ems)
    print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    type_number(parcel=parcel.code, number="EJ473124829JP", actor=WORLD, at=NOON)
    leave(parcel)


def leave(parcel: Parcel) -> None:
    label = Label.objects.get(reference=parcel.code)
    buy_label(label.pk)
    finish_label(label_id=label.pk, actor=WORLD, at=NOON)
    ship_parcels(seller_id=parcel.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)


def test_the_name_stands_nowhere_any_more(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    stock_of(a_sku(seller), warehouse, 5)
    home = an_entered_order(seller, receiver="髙橋 暁子", remark="for 髙橋 暁子")
    sent_by_file(home, picker)
    far = an_entered_order(seller, **KOREA)
    sent_abroad(far, picker)
    names = ("髙橋", "김민수", "세종대로", "010-2345-6789")
    named = {"orders_address", "carriers_label", "carriers_carrierfile", "outbound_customspaper"}
    assert named <= set(where_named(*names))
    numbers = list(Label.objects.order_by("pk").values_list("reference", "tracking_number"))
    key = FileEntry.objects.get().key

    for order in (home, far, home):
        forget(order, 2 * DAYS)

    assert where_named(*names) == []
    assert list(Label.objects.order_by("pk").values_list("reference", "tracking_number")) == numbers
    assert key in bytes(CarrierFile.objects.get().content).decode("cp932")
    assert "123456789013" in words_of(bytes(Label.objects.order_by("pk")[0].document))
    assert problems() == []
