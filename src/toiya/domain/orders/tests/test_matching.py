"""Lines that had no SKU are tied to one as soon as there is one, by code or by a person."""

from __future__ import annotations

import pytest

from tests.books import fingerprint
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.allocation import jobs
from toiya.domain.catalog.actions.registering import set_seller_code
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.changing import add_lines
from toiya.domain.orders.actions.matching import OrderAlreadyPromised, match_line, match_waiting_lines
from toiya.domain.orders.models import Line, Order
from toiya.domain.orders.rules import LineDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


def skus_of(order: Order) -> list[int | None]:
    return list(Line.objects.filter(order=order).order_by("pk").values_list("sku_id", flat=True))


def match(seller: Seller) -> int:
    return match_waiting_lines(seller_id=seller.pk, actor=WORLD, at=NOON)


@pytest.mark.seed("L09")
def test_orders_sold_before_their_sku_existed_are_matched_when_it_is_added(seller: Seller) -> None:
    waiting, received = judged(an_order(seller, {"LATE": 1, "OTHER": 2}))[0], an_order(seller, {"LATE": 3})
    sku = a_sku(seller, "LATE")
    assert match(seller) == 2
    assert (skus_of(waiting), skus_of(received)) == ([sku.pk, None], [sku.pk])
    told = EventRow.objects.filter(name="order.line_matched").order_by("pk")
    assert [(row.subject, row.data["sku"]) for row in told] == [(waiting.code, sku.code), (received.code, sku.code)]


@pytest.mark.seed("L09")
def test_they_get_their_stock_by_themselves_once_the_code_is_given(seller: Seller) -> None:
    order = judged(an_order(seller, {"LATE": 1}))[0]
    sku = a_sku(seller, "EARLY")
    stock_of(sku, a_warehouse(), 5)
    set_seller_code(sku_code=sku.code, seller_code="LATE", actor=acting_for(seller), at=NOON)
    jobs.match_waiting(seller.pk)
    jobs.allocate_waiting(seller.pk)
    order.refresh_from_db()
    assert (order.status, order.waiting_reason) == ("allocated", "")


def test_matching_twice_ties_nothing_twice(seller: Seller) -> None:
    an_order(seller, {"LATE": 1})
    a_sku(seller, "LATE")
    assert match(seller) == 1
    before = fingerprint()
    assert match(seller) == 0
    assert fingerprint() == before


def test_a_line_without_any_code_matches_no_sku_without_a_code(seller: Seller) -> None:
    order = an_order(seller, {"": 1})
    a_sku(seller, "")
    assert match(seller) == 0
    assert skus_of(order) == [None]


def test_another_sellers_orders_and_skus_do_not_meet(seller: Seller) -> None:
    order = an_order(seller, {"LATE": 1})
    a_sku(a_seller("Kaede"), "LATE")
    assert match(seller) == 0
    assert skus_of(order) == [None]


def test_a_person_gives_a_line_its_sku_even_another_than_the_one_it_had(seller: Seller) -> None:
    wrong, right = a_sku(seller, "LT-NVM"), a_sku(seller, "LT-RED")
    order = judged(an_order(seller))[0]
    line = order.lines.get()
    assert line.sku_id == wrong.pk
    match_line(line_id=line.pk, sku_code=right.code, actor=acting_for(seller), at=NOON)
    assert skus_of(order) == [right.pk]
    row = EventRow.objects.get(name="order.line_matched")
    assert (row.subject, row.actor_name, row.data) == (
        order.code,
        "Hanataba owner",
        {"title": "Thing LT-NVM", "sku": right.code},
    )


def test_a_line_of_an_order_with_its_stock_keeps_its_sku(seller: Seller) -> None:
    sku, other = a_sku(seller), a_sku(seller, "OTHER")
    stock_of(sku, a_warehouse(), 1)
    order = judged(an_order(seller))[0]
    before = fingerprint()
    with pytest.raises(OrderAlreadyPromised, match=order.code):
        match_line(line_id=order.lines.get().pk, sku_code=other.code, actor=acting_for(seller), at=NOON)
    assert fingerprint() == before


@pytest.mark.parametrize("whose", ["line", "sku", "nobody"])
def test_what_is_not_the_readers_is_not_found(seller: Seller, whose: str) -> None:
    stranger = a_seller("Kaede")
    own, foreign = a_sku(seller), a_sku(stranger)
    line = an_order(seller).lines.get()
    actor = acting_for(stranger if whose == "line" else seller)
    code = {"line": own.code, "sku": foreign.code, "nobody": "300000000001-99999"}[whose]
    before = fingerprint()
    with pytest.raises(NotFound):
        match_line(line_id=line.pk, sku_code=code, actor=actor, at=NOON)
    assert fingerprint() == before


def a_line(external_id: str, code: str, quantity: int = 1) -> LineDraft:
    return LineDraft(external_id, f"Thing {code}", "", code, "", quantity, 500)


def test_lines_a_site_adds_later_are_matched_and_counted_once(seller: Seller) -> None:
    sku = a_sku(seller, "MORE")
    order = an_order(seller, {"LT-NVM": 1}, external_id="701")
    for _ in range(2):
        add_lines(order_id=order.pk, lines=[a_line("701-1", "X"), a_line("701-2", "MORE", 3)], actor=WORLD, at=NOON)
    order.refresh_from_db()
    assert (order.total_minor, skus_of(order)) == (1200 + 1500, [None, sku.pk])
    row = EventRow.objects.get(name="order.lines_added")
    assert row.data == {"lines": 1, "pieces": 3}


def test_no_lines_are_added_to_an_order_with_its_stock(seller: Seller) -> None:
    stock_of(a_sku(seller), a_warehouse(), 1)
    order = judged(an_order(seller))[0]
    before = fingerprint()
    with pytest.raises(OrderAlreadyPromised):
        add_lines(order_id=order.pk, lines=[a_line("9", "MORE")], actor=WORLD, at=NOON)
    assert fingerprint() == before
