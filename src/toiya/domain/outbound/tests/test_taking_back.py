"""An order file is undone: what nobody touched is cancelled and gives its goods back, the rest stays with a reason."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.imports_world import applied, checked, csv_file, flaws, owner_of, states, undone
from tests.world import NOON, a_seller, a_sku, a_warehouse, judged, stock_of
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.imports.flaws import told
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.holds import place_hold
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
HEAD = ["注文番号", "カート番号", "数量", "オプションコード", "受取人名", "住所"]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def sku(seller: Seller, warehouse: Warehouse) -> Sku:
    sku = a_sku(seller)
    stock_of(sku, warehouse, 5)
    return sku


def row(number: str, cart: str, quantity: int = 1, code: str = "LT-NVM") -> list[str]:
    return [number, cart, str(quantity), code, "田中", "千葉県船橋市"]


def an_applied_file(seller: Seller, *rows: list[str]) -> ImportSession:
    session = applied(checked(seller, "orders", csv_file(HEAD, *rows)))
    judged(*Order.objects.filter(seller=seller, status="received"))
    return session


def the_order(cart: str) -> Order:
    return Order.objects.get(external_id=cart)


def why(session: ImportSession, number: int) -> str:
    return told(kind_of("orders"), session.import_rows.get(number=number).flaws[0])


def test_a_whole_file_of_orders_is_taken_back_and_its_goods_are_free_again(seller: Seller, sku: Sku) -> None:
    rows = [row("1", "C1", 2), row("2", "C1", 1), row("3", "C2", 2), row("4", "C3", 9)]
    session = an_applied_file(seller, *rows)
    assert [the_order(cart).status for cart in ("C1", "C2", "C3")] == ["allocated", "allocated", "waiting"]
    assert Balance.objects.get(sku=sku).allocated == 5

    session = undone(session)

    assert (session.status, set(states(session).values()), session.rows_applied) == ("undone", {"undone"}, 0)
    assert set(Order.objects.values_list("status", flat=True)) == {"cancelled"}
    balance = Balance.objects.get(sku=sku)
    assert (balance.on_hand, balance.allocated) == (5, 0)
    cancelled = EventRow.objects.filter(name="order.cancelled")
    assert {(each.data["reason"], each.actor_id) for each in cancelled} == {(session.code, owner_of(seller).id)}
    assert cancelled.count() == 3
    assert findings() == []


def test_what_was_touched_or_is_at_work_stays_with_its_reason_and_undo_may_be_tried_again(
    seller: Seller, sku: Sku
) -> None:
    session = an_applied_file(seller, row("1", "C1"), row("2", "C2"), row("3", "C2"), row("4", "C3"))
    place_hold(order_id=the_order("C2").pk, code="asked", details={}, actor=owner_of(seller), at=NOON)
    Order.objects.filter(external_id="C3").update(status="picking")

    session = undone(session)

    assert (session.status, states(session)) == ("done", {2: "undone", 3: "applied", 4: "applied", 5: "applied"})
    assert flaws(session) == {3: [("", "touched")], 4: [("", "touched")], 5: [("", "at_work")]}
    assert why(session, 3) == f"Somebody changed order {the_order('C2').code} since. Cancel it on its page."
    assert the_order("C2").status == "allocated"
    cancel_order(order_code=the_order("C2").code, reason="by_seller", actor=owner_of(seller), at=NOON)
    assert states(undone(session)) == {2: "undone", 3: "undone", 4: "undone", 5: "applied"}


def test_an_order_that_was_here_before_the_file_is_left_alone(seller: Seller, sku: Sku) -> None:
    before = checked(seller, "orders", csv_file(HEAD, row("1", "C1"), row("2", "C2")))
    an_applied_file(seller, row("1", "C1"))
    session = undone(applied(before))
    assert (session.status, states(session)) == ("undone", {2: "undone", 3: "undone"})
    assert (the_order("C1").status, the_order("C2").status) == ("allocated", "cancelled")


def test_a_file_of_before_this_could_be_done_says_so(seller: Seller, sku: Sku) -> None:
    session = an_applied_file(seller, row("1", "C1"))
    ImportRow.objects.update(undo={})
    session = undone(session)
    assert (session.status, flaws(session)) == ("done", {2: [("", "old_file")]})
    assert the_order("C1").status == "allocated"
