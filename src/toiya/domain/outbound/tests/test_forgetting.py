"""Buyers are forgotten at their deadline; orders, lines and money stay (R25)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.orders_in_world import an_entered_order
from tests.packing_world import problems
from tests.world import NOON, WORLD, a_sku
from toiya.core.models import EventRow
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Address, ManagedOrder, Order
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.forgetting import forget_buyer
from toiya.domain.outbound.forgetting import to_forget
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
DAYS = 30


@pytest.fixture
def order(seller: Seller, warehouse: Warehouse) -> Order:
    a_sku(seller)
    told = {"gift_name": "佐藤", "mobile": "090-1234-5678", "buyer": "田中", "remark": "ring twice"}
    return an_entered_order(seller, **told, gift_address="大阪市北区1-1", customs_code="P123456789012")


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
