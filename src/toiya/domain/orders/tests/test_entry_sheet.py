"""The file of entered orders: every column of the manual, one number one order, wrong rows stop nobody else."""

from __future__ import annotations

import pytest

from tests.centres_world import applied as applied_for
from tests.imports_world import applied, checked, csv_file, excel_file, flaws, owner_of, states, undone
from tests.orders_in_world import an_entered_order
from tests.smart_world import a_packing_seller
from tests.world import NOON, a_seller, a_sku, a_warehouse, an_order
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.papers import template
from toiya.domain.imports.rules import find_layout
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.holds import place_hold
from toiya.domain.orders.entry_columns import COLUMNS
from toiya.domain.orders.models import ManagedOrder, Order

pytestmark = pytest.mark.django_db
MANUAL = [
    "参考订购号码",
    "商品代码",
    "商品名",
    "运送方式",
    "发货国家",
    "小分类内容",
    "类型",
    "买家姓名",
    "收取人名",
    "收取人名(音声标志)",
    "收取人电话号码",
    "收取人手机号码",
    "到达国家",
    "邮政编码",
    "运送地址",
    "运送地址(详情)",
    "参考价格",
    "备注",
    "分店",
    "SKU号码",
    "卖家SKU代码",
    "第三方公司",
    "发给人(发送礼物输入信息)",
    "国家(发送礼物输入信息)",
    "邮政编码(发送礼物输入信息)",
    "运送地址(发送礼物输入信息)",
    "联系方式(发送礼物输入信息)",
    "个人通关唯一符号",
]
HEAD = ["Reference order no.", "Product name", "Receiver name", "Receiver phone", "Postcode", "Address"]
HEAD += ["Branch", "Seller SKU code", "Quantity"]


@pytest.fixture
def seller(db: None) -> Seller:
    seller = a_seller()
    applied_for(seller, a_warehouse())
    a_sku(seller)
    a_sku(seller, "MUG", "Mug", "")
    return seller


def row(number: str, code: str = "LT-NVM", pieces: str = "1", receiver: str = "田中", **changed: str) -> list[str]:
    cells = {
        "number": number,
        "title": "A thing",
        "receiver": receiver,
        "phone": "090-1234-5678",
        "postal": "273-0017",
        "address": "千葉県船橋市西浦1-2-3",
        "branch": "FNB",
        "sku": code,
        "pieces": pieces,
    }
    return list((cells | changed).values())


@pytest.mark.seed("A162")
def test_each_column_of_the_manual_is_found_by_its_chinese_heading_and_kept() -> None:
    seller = a_seller()
    applied_for(seller, a_warehouse(name="Qxpress JP Tokyo"))
    sku = a_sku(seller)
    told = [
        "100472743",
        "P-1",
        "tttest item",
        "Express",
        "JP",
        "test1",
        "new",
        "Li",
        "テスト",
        "テスト",
        "047-431-2111",
    ]
    told += ["090-1234-5678", "JP", "273-0017", "千葉県船橋市西浦1-2-3", "F124-4", "100", "Hope date : 25th Apr"]
    told += ["Qxpress JP Tokyo", sku.code, "LT-NVM", "Agency", "Kim", "KR", "04524", "Seoul", "02-1", "P123"]
    applied(checked(seller, "managed-orders", excel_file(MANUAL, told)))
    managed = ManagedOrder.objects.select_related("order__address").get()
    order, to = managed.order, managed.order.address
    assert (managed.reference, managed.sub_category, managed.kind, managed.buyer) == ("100472743", "test1", "new", "Li")
    assert (to.name, to.name_kana, to.phone) == ("テスト", "テスト", "090-1234-5678")
    assert (to.postal_code, to.first_line, to.second_line) == ("273-0017", "千葉県船橋市西浦1-2-3", "F124-4")
    assert (order.note, order.total_minor, order.channel) == ("Hope date : 25th Apr", 100, "file")
    assert (managed.third_party, managed.gift_name, managed.gift_country) == ("Agency", "Kim", "KR")
    assert (managed.gift_postal_code, managed.gift_address, managed.gift_contact) == ("04524", "Seoul", "02-1")
    assert managed.customs_code == "P123"
    line = order.lines.get()
    assert (line.title, line.item_code, line.sku_id, line.quantity) == ("tttest item", "P-1", sku.pk, 1)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_template_of_each_language_is_understood(language: str) -> None:
    headings = [column.titles[language] for column in COLUMNS]
    found = find_layout([headings], COLUMNS, {})
    assert (found.missing, found.twice) == ((), ())
    assert list(found.columns) == [column.name for column in COLUMNS]
    assert template(kind_of("managed-orders"), language).content[:2] == b"PK"


@pytest.mark.seed("A161", "L12")
def test_rows_with_one_number_are_one_order_and_the_file_says_how_many_came(seller: Seller) -> None:
    rows = [row("1"), row("1", "MUG", "３"), row("2"), row(""), row("")]
    session = checked(seller, "managed-orders", csv_file(HEAD, *rows))
    assert session.effects == {"orders": 4, "pieces": 7}
    applied(session)
    assert set(states(session).values()) == {"applied"}
    first = Order.objects.get(external_id="1")
    assert list(first.lines.order_by("pk").values_list("title", "quantity")) == [("A thing", 1), ("A thing", 3)]
    assert ManagedOrder.objects.count() == 4
    assert len(set(ManagedOrder.objects.values_list("number", flat=True))) == 4


@pytest.mark.seed("A164")
@pytest.mark.parametrize("between", [",", ";", " ", "/", "\n"])
def test_the_sku_column_takes_one_code_and_several_skus_are_several_rows(seller: Seller, between: str) -> None:
    both = f"LT-NVM{between}MUG"
    session = checked(seller, "managed-orders", csv_file(HEAD, row("1", both), row("2"), row("2", "MUG")))
    assert session.effects == {"orders": 1, "pieces": 2}
    applied(session)
    order = Order.objects.get()
    assert order.external_id == "2"
    assert order.lines.count() == 2


@pytest.mark.seed("A163")
def test_what_is_wrong_stands_at_its_row_and_its_order_waits_whole(seller: Seller) -> None:
    rows = [
        row("1"),
        row("1", "NOBODYS"),
        row("2", branch="", sku=""),
        row("3"),
        row("3", receiver="佐藤"),
        row("4", address="西浦1-2-3"),
        row("5", phone="1"),
        row("6"),
    ]
    session = checked(seller, "managed-orders", csv_file(HEAD, *rows))
    assert flaws(session) == {
        2: [("", "waits_for_row")],
        3: [("seller_sku", "unknown_sku")],
        4: [("branch", "branch_needed"), ("sku", "sku_needed")],
        5: [("", "waits_for_row")],
        6: [("receiver", "other_receiver")],
        7: [("address", "address_elsewhere")],
        8: [("phone", "not_a_phone")],
    }
    mends = {row.number: row.flaws[0]["mend"] for row in session.import_rows.exclude(flaws=[])}
    assert (mends[4], mends[7]) == ("Funabashi", "千葉県船橋市西浦1-2-3")
    applied(session)
    assert list(Order.objects.values_list("external_id", flat=True)) == ["6"]


def test_a_seller_that_packs_itself_needs_neither_branch_nor_sku() -> None:
    seller = a_packing_seller()
    session = applied(checked(seller, "managed-orders", csv_file(HEAD, row("1", branch="", sku=""))))
    assert states(session) == {2: "applied"}


def test_the_same_number_again_changes_nothing_and_a_sites_order_keeps_its_number(seller: Seller) -> None:
    an_entered_order(seller, reference="1")
    an_order(seller, external_id="2")
    session = checked(seller, "managed-orders", csv_file(HEAD, row("1"), row("2"), row("3")))
    assert states(session) == {2: "unchanged", 3: "to_mend", 4: "new"}
    assert flaws(session) == {3: [("reference", "reference_taken")]}
    applied(session)
    assert ManagedOrder.objects.count() == 2


def test_the_options_name_the_site_and_take_addresses_as_they_are_written(seller: Seller) -> None:
    options = {"site": "Amazon JP", "addresses": "as_written"}
    content = csv_file(HEAD, row("503-1", address="西浦1-2-3"))
    applied(checked(seller, "managed-orders", content, options=options))
    order = Order.objects.get()
    assert (order.external_id, order.address.first_line) == ("Amazon JP: 503-1", "西浦1-2-3")


def test_a_file_is_undone_as_far_as_nobody_touched_its_orders(seller: Seller) -> None:
    session = applied(checked(seller, "managed-orders", csv_file(HEAD, row("1"), row("2"))))
    place_hold(order_id=Order.objects.get(external_id="2").pk, code="x", details={}, actor=owner_of(seller), at=NOON)
    undone(session)
    assert dict(Order.objects.values_list("external_id", "status")) == {"1": "cancelled", "2": "received"}
    assert flaws(session) == {3: [("", "touched")]}
