"""The order file as a session: carts wait whole, known orders stay, digits that Excel ate are named."""

from __future__ import annotations

import pytest

from tests.imports_world import applied, checked, csv_file, flaws, states
from tests.world import a_seller, a_shop
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
HEAD = ["配送状態", "注文番号", "カート番号", "数量", "受取人名", "住所"]


def row(number: str, cart: str, quantity: str = "1", state: str = "新規注文", receiver: str = "田中") -> list[str]:
    return [state, number, cart, quantity, receiver, "千葉県船橋市１－２"]


@pytest.mark.seed("A119")
def test_a_cart_waits_whole_for_its_row_to_mend_and_nobody_else_does() -> None:
    seller = a_seller()
    session = checked(
        seller,
        "orders",
        csv_file(HEAD, row("1", "C1"), row("2", "C1", "２個"), row("3", "C2"), row("4", "C3", state="配送完了")),
    )
    assert states(session) == {2: "to_mend", 3: "to_mend", 4: "new", 5: "unchanged"}
    assert flaws(session) == {2: [("cart_number", "cart_waits")], 3: [("quantity", "not_a_number")]}
    assert session.effects == {"orders": 1, "pieces": 1}
    applied(session)
    order = Order.objects.get()
    assert order.external_id == "C2"
    assert order.address.first_line == "千葉県船橋市１－２", "an address stays as it is written"


def test_an_order_that_is_here_already_is_left_alone() -> None:
    seller = a_seller()
    applied(checked(seller, "orders", csv_file(HEAD, row("1", "C1"))))
    again = checked(seller, "orders", csv_file(HEAD, row("1", "C1"), row("2", "C2")))
    assert states(again) == {2: "unchanged", 3: "new"}
    applied(again)
    assert sorted(Order.objects.values_list("external_id", flat=True)) == ["C1", "C2"]


def test_digits_that_excel_ate_stop_the_row_and_its_cart() -> None:
    session = checked(a_seller(), "orders", csv_file(HEAD, row("1.23457E+11", "C1"), row("2", "C1"), row("3", "C2")))
    assert flaws(session) == {2: [("order_number", "eaten")], 3: [("", "group_waits")]}
    assert states(session)[4] == "new"


def test_the_shop_option_makes_file_and_site_one_order() -> None:
    seller = a_seller()
    shop = a_shop(seller)
    session = applied(checked(seller, "orders", csv_file(HEAD, row("1", "C1")), options={"shop": shop.code}))
    order = Order.objects.get()
    assert (order.shop_code, session.import_rows.get().subject) == (shop.code, order.code)
