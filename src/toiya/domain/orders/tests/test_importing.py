"""Importing an order file: good rows are placed, known ones left alone, nothing twice."""

from __future__ import annotations

import pytest

from tests.world import NOON, WORLD, a_seller, a_shop, a_sku, an_order
from toiya.core.models import EventRow
from toiya.core.sheets import UnreadableSheet
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.importing import Imported, import_orders
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
FILE = (
    "注文番号,カート番号,数量,受取人名,住所,オプションコード\n"
    "1,100,1,田中,千葉県船橋市,LT-NVM\n"
    "2,100,2,田中,千葉県船橋市,LT-NVM\n"
    "3,101,x,佐藤,東京都,LT-NVM\n"
    "4,102,1,鈴木,大阪府,UNKNOWN\n"
).encode("cp932")


def take_in(seller: Seller, content: bytes = FILE, shop_code: str = "") -> Imported:
    return import_orders(
        seller_id=seller.pk, file_name="orders.csv", content=content, actor=WORLD, at=NOON, shop_code=shop_code
    )


def test_good_rows_become_orders_with_their_skus_and_events() -> None:
    seller = a_seller()
    sku = a_sku(seller)
    done = take_in(seller)
    assert (done.rows, len(done.codes), done.known, len(done.problems)) == (4, 2, 0, 1)
    order = Order.objects.get(external_id="100")
    assert list(order.lines.order_by("pk").values_list("external_id", "quantity", "sku_id")) == [
        ("1", 1, sku.pk),
        ("2", 2, sku.pk),
    ]
    assert Order.objects.get(external_id="102").lines.get().sku_id is None
    assert sorted(EventRow.objects.filter(name="order.placed").values_list("subject", flat=True)) == sorted(done.codes)


def test_the_same_file_twice_changes_nothing() -> None:
    seller = a_seller()
    take_in(seller)
    again = take_in(seller)
    assert (again.codes, again.known) == ((), 2)
    assert Order.objects.count() == 2


def test_an_order_that_came_over_the_site_is_left_alone() -> None:
    seller = a_seller()
    shop = a_shop(seller)
    an_order(seller, external_id="100", shop_code=shop.code)
    assert take_in(seller).known == 1
    assert take_in(seller, shop_code=shop.code).known == 2
    assert Order.objects.count() == 2


def test_two_sellers_may_have_the_same_numbers() -> None:
    take_in(a_seller())
    assert len(take_in(a_seller("Kumo")).codes) == 2


def test_a_file_that_is_no_order_file_changes_nothing() -> None:
    with pytest.raises(UnreadableSheet):
        take_in(a_seller(), b"name,price\nx,1\n")
    assert Order.objects.count() == 0
