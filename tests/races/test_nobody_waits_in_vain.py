"""What an order waits for comes in the very moment it is judged or placed: it still gets it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest
from django.db import connection

from tests.books import findings
from tests.races.queue import work_off
from tests.races.together import together
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order, stock_of
from toiya.config.reactions import REACTIONS
from toiya.core.events import install_reactions
from toiya.domain.allocation import rules
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.allocation.events import OrderWaits
from toiya.domain.members.models import Seller
from toiya.domain.orders import sql as orders_sql
from toiya.domain.orders.actions.changing import add_lines
from toiya.domain.orders.models import Line, Order
from toiya.domain.orders.rules import LineDraft
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def warehouse(transactional_db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(transactional_db: None) -> Seller:
    return a_seller()


def in_another_thread(work: Callable[[], object], patience: float = 30) -> None:
    """Do it on a connection of its own; come back when it is done, or when it has waited so long for our locks."""
    done = Event()

    def run() -> None:
        try:
            work()
        finally:
            connection.close()
            done.set()

    Thread(target=run, daemon=True).start()
    done.wait(patience)


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    for _ in range(300):
        if is_so():
            return
        sleep(0.1)
    raise AssertionError("it never came true")


@pytest.mark.parametrize("is_known", [True, False], ids=["a_sku_that_was_here_before", "a_sku_that_never_was_here"])
def test_stock_that_arrives_while_the_order_is_judged_is_promised(
    seller: Seller, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    sku = a_sku(seller)
    if is_known:
        stock_of(sku, warehouse, 1)
    order = an_order(seller, {"LT-NVM": 5})
    decide = rules.plan_promises

    def decide_and_be_overtaken(*arguments: Any) -> rules.Plan:
        plan = decide(*arguments)
        in_another_thread(lambda: stock_of(sku, warehouse, 5), patience=1)
        return plan

    with monkeypatch.context() as patch:
        patch.setattr(rules, "plan_promises", decide_and_be_overtaken)
        allocate_orders(seller_id=seller.pk, order_ids=[order.pk], actor=WORLD, at=NOON)
    until(lambda: Balance.objects.filter(on_hand__gte=5).exists())
    order.refresh_from_db()
    assert order.status == "waiting"
    work_off()
    order.refresh_from_db()
    assert order.status == "allocated"
    assert findings() == []


def test_eight_arrivals_beside_eight_allocations_leave_nothing_over_and_nobody_waiting(
    seller: Seller, warehouse: Warehouse
) -> None:
    sku = a_sku(seller)
    orders = [an_order(seller, {"LT-NVM": 2}) for _ in range(8)]

    def allocate(order: Order) -> object:
        return allocate_orders(seller_id=seller.pk, order_ids=[order.pk], actor=WORLD, at=NOON)

    works: list[Callable[[], object]] = [lambda order=order: allocate(order) for order in orders]  # type: ignore[misc]
    works += [lambda: stock_of(sku, warehouse, 2)] * 8
    ends = together(works)
    assert (ends.refusals, ends.troubles) == ([], [])
    work_off()
    assert set(Order.objects.values_list("status", flat=True)) == {"allocated"}
    assert findings() == []


def a_sku_comes_between(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """After we looked for SKUs and before we commit, the SKU is added and its own matching has run."""
    look = orders_sql.skus_by_code

    def look_too_early(*arguments: Any) -> dict[str, int]:
        found = look(*arguments)
        monkeypatch.setattr(orders_sql, "skus_by_code", look)
        in_another_thread(lambda: (a_sku(seller, "LATE"), work_off()))
        return found

    monkeypatch.setattr(orders_sql, "skus_by_code", look_too_early)


@pytest.mark.seed("L09")
def test_a_sku_added_while_its_order_is_placed_is_matched(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    a_sku_comes_between(seller, monkeypatch)
    an_order(seller, {"LATE": 1})
    assert Line.objects.get().sku_id is None
    work_off()
    assert Line.objects.get().sku_id is not None
    assert Order.objects.get().waiting_reason == "no_warehouse"  # judged anew: it has its SKU, and there is no house


def test_control_without_the_second_look_the_line_stays_unmatched(
    seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_reactions({event: those for event, those in REACTIONS.items() if event is not OrderWaits})
    try:
        a_sku_comes_between(seller, monkeypatch)
        an_order(seller, {"LATE": 1})
        work_off()
        assert Line.objects.get().sku_id is None
    finally:
        install_reactions(REACTIONS)


def test_a_sku_added_while_its_line_is_added_is_matched(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    a_sku(seller)
    order = an_order(seller)
    work_off()
    a_sku_comes_between(seller, monkeypatch)
    late = LineDraft("9", "Late thing", "", "LATE", "", 1)
    add_lines(order_id=order.pk, lines=[late], actor=WORLD, at=NOON)
    work_off()
    assert Line.objects.get(external_id="9").sku_id is not None
