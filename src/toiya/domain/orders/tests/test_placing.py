"""Placing orders: known ones are left alone, unusable ones named, lines matched by the seller's own codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.books import findings, fingerprint
from tests.world import NOON, WORLD, a_draft, a_seller, a_sku
from toiya.core.codes import is_code
from toiya.core.models import EventRow
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.placing import Placed, UnusableDraft, place_orders
from toiya.domain.orders.models import Line, Order
from toiya.domain.orders.rules import OrderDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


def place(seller: Seller, *drafts: OrderDraft) -> Placed:
    return place_orders(seller_id=seller.pk, drafts=drafts, actor=WORLD, at=NOON)


def test_a_placed_order_has_its_lines_its_address_and_its_event(seller: Seller) -> None:
    sku = a_sku(seller)
    draft = replace(a_draft("701", {"LT-NVM": 2, "MUG": 1}), note="tab\there\nand \\ there")
    code = place(seller, draft).codes["", "701"]
    order = Order.objects.get()
    assert is_code("ORD", code)
    assert (order.code, order.status, order.waiting_reason, order.total_minor) == (code, "received", "", 3600)
    assert (order.note, order.placed_at, order.paid_at) == ("tab\there\nand \\ there", NOON, draft.paid_at)
    assert list(order.lines.order_by("pk").values_list("external_id", "quantity", "sku_id")) == [
        ("701-1", 2, sku.pk),
        ("701-2", 1, None),
    ]
    assert (order.address.name, order.address.second_line) == ("田中 みなみ", "みなとハイツ201")
    row = EventRow.objects.get(name="order.placed")
    assert (row.subject, row.data) == (code, {"channel": "qoo10", "external_id": "701", "pieces": 3})
    assert findings() == []


def test_the_same_order_ten_times_is_one_order(seller: Seller) -> None:
    place(seller, a_draft("701", {"A": 1}))
    before = fingerprint()
    for _ in range(9):
        placed = place(seller, a_draft("701", {"A": 1}))
        assert (placed.codes, placed.known) == ({}, {("", "701")})
    assert fingerprint() == before


def test_the_same_order_twice_in_one_call_is_one_order(seller: Seller) -> None:
    placed = place(seller, a_draft("701", {"A": 1}), a_draft("702", {"A": 1}), a_draft("701", {"A": 1}))
    assert set(placed.codes) == {("", "701"), ("", "702")}
    assert (Order.objects.count(), Line.objects.count(), EventRow.objects.filter(name="order.placed").count()) == (
        2,
        2,
        2,
    )


def test_known_and_new_ones_in_one_call_are_told_apart(seller: Seller) -> None:
    place(seller, a_draft("701", {"A": 1}))
    placed = place(seller, a_draft("701", {"A": 1}), a_draft("702", {"A": 1}))
    assert (set(placed.codes), placed.known) == ({("", "702")}, {("", "701")})


def test_another_shop_may_have_the_same_cart_number(seller: Seller) -> None:
    place(seller, a_draft("701", {"A": 1}, shop_code="CON-1"), a_draft("701", {"A": 1}, shop_code="CON-2"))
    assert set(Order.objects.values_list("shop_code", "external_id")) == {("CON-1", "701"), ("CON-2", "701")}


def test_another_seller_may_have_the_same_cart_number(seller: Seller) -> None:
    place(seller, a_draft("701", {"A": 1}))
    assert len(place(a_seller("Kaede"), a_draft("701", {"A": 1})).codes) == 1


def test_no_drafts_change_nothing(seller: Seller) -> None:
    before = fingerprint()
    assert place(seller) == Placed()
    assert fingerprint() == before


def draft_with(**changes: object) -> OrderDraft:
    """A good draft with one thing changed; `line_` and `address_` reach inside."""
    draft = a_draft("702", {"A": 1, "B": 1})
    for name, value in changes.items():
        if name.startswith("line_"):
            last = replace(draft.lines[-1], **{name.removeprefix("line_"): value})
            draft = replace(draft, lines=(*draft.lines[:-1], last))
        elif name.startswith("address_"):
            draft = replace(draft, address=replace(draft.address, **{name.removeprefix("address_"): value}))
        else:
            draft = replace(draft, **{name: value})
    return draft


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"external_id": " "}, "order number", "nothing is there. Enter it and try once more."),
        ({"lines": ()}, "lines", "nothing is there. Enter it and try once more."),
        ({"line_quantity": 0}, "quantity", "enter a whole number from 1 to 1,000,000."),
        ({"line_quantity": -1}, "quantity", "enter a whole number from 1 to 1,000,000."),
        ({"line_quantity": 1_000_001}, "quantity", "enter a whole number from 1 to 1,000,000."),
        ({"address_name": ""}, "receiver's name", "nothing is there. Enter it and try once more."),
        ({"address_first_line": "\t"}, "receiver's address", "nothing is there. Enter it and try once more."),
        ({"note": "a bell \a"}, "text", "there is a control character in it. Remove it."),
        ({"address_name": "田中\x00"}, "receiver's name", "there is a control character in it. Remove it."),
        ({"address_phone": "090\x00"}, "text", "there is a control character in it. Remove it."),
        ({"line_title": "Tote\x00"}, "text", "there is a control character in it. Remove it."),
        ({"line_option": "navy\x00"}, "text", "there is a control character in it. Remove it."),
        ({"line_option_code": "A\x1b"}, "text", "there is a control character in it. Remove it."),
        ({"line_external_id": "\x85"}, "text", "there is a control character in it. Remove it."),
        ({"line_title": "half a letter \ud83d"}, "text", "there is a control character in it. Remove it."),
        ({"currency": "yen"}, "currency", "it is not a code of capital letters, such as JPY or JP. Enter one."),
        ({"currency": "JP\t"}, "currency", "it is not a code of capital letters, such as JPY or JP. Enter one."),
        ({"address_country": "\n\n"}, "country", "it is not a code of capital letters, such as JPY or JP. Enter one."),
    ],
)
def test_an_unusable_order_is_named_and_none_of_its_set_is_taken(
    seller: Seller, changes: dict[str, object], field: str, problem: str
) -> None:
    draft = draft_with(**changes)
    before = fingerprint()
    with pytest.raises(UnusableDraft) as refusal:
        place(seller, a_draft("701", {"A": 1}), draft)
    assert str(refusal.value) == f"Order {draft.external_id}, {field}: {problem}"
    assert fingerprint() == before


def test_a_known_order_is_not_judged_again(seller: Seller) -> None:
    place(seller, draft_with())
    assert place(seller, draft_with(line_quantity=0)).known == {("", "702")}


@pytest.mark.seed("A215")
def test_a_line_means_the_sku_with_the_options_code_else_the_products(seller: Seller) -> None:
    by_option, by_item = a_sku(seller, "LT-NVM"), a_sku(seller, "LT")
    foreign = a_sku(a_seller("Kaede"), "FOREIGN")
    draft = a_draft("701", dict.fromkeys("abcde", 1))
    codes = [("LT", "LT-NVM"), ("LT", ""), ("LT", "UNKNOWN"), ("", ""), (foreign.seller_code, "")]
    lines = tuple(
        replace(line, item_code=item, option_code=option)
        for line, (item, option) in zip(draft.lines, codes, strict=True)
    )
    place(seller, replace(draft, lines=lines))
    assert list(Line.objects.order_by("pk").values_list("sku_id", flat=True)) == [
        by_option.pk,
        by_item.pk,
        None,
        None,
        None,
    ]


def test_codes_are_compared_to_the_letter(seller: Seller) -> None:
    a_sku(seller, "LT-NVM")
    place(seller, a_draft("701", {"lt-nvm": 1, 'LT-NVM"': 1}))
    assert list(Line.objects.values_list("sku_id", flat=True)) == [None, None]


def test_a_long_title_is_cut_to_what_fits(seller: Seller) -> None:
    place(seller, draft_with(line_title="長" * 400, note="長" * 1200))
    assert Line.objects.order_by("pk").last().title == "長" * 300  # type: ignore[union-attr]
    assert Order.objects.get().note == "長" * 1000
