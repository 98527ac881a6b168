"""Ten SKUs that everybody wants, eight at once, in sets and by hand: none oversold, nobody locked out."""

from __future__ import annotations

import multiprocessing
import os
from random import Random
from typing import Any

import pytest
from django.db import connection, connections

from tests.books import findings
from tests.races.together import together
from tests.world import NOON, WORLD, a_seller, a_warehouse, an_order, some_skus, stock_of
from toiya.core.errors import Refusal
from toiya.domain.allocation.actions.branching import send_from, take_back_orders
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.orders.models import Line, Order
from toiya.domain.outbound.actions.merging import merge_orders
from toiya.domain.outbound.actions.splitting import split_order
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH, PIECES = 8, 4, 12
PROCESSES, TURNS = 8, 25


def test_eight_at_once_on_ten_hot_skus_oversell_nothing_and_never_lock_each_other_out() -> None:
    seller, house = a_seller(), a_warehouse()
    for sku in some_skus(seller, 10):
        stock_of(sku, house, PIECES)
    names = [f"T-{number:03d}" for number in range(1, 11)]
    turns = [[(number * 7 + place * 3) % 10 for place in range(EACH)] for number in range(THREADS)]
    sets = [
        [an_order(seller, {names[(start + step * (1 + start % 3)) % 10]: 2 for step in range(4)}) for start in starts]
        for starts in turns
    ]

    def work(number: int, orders: list[Order]) -> None:
        codes = [order.code for order in orders]
        if number % 2:
            allocate_orders(seller_id=seller.pk, order_ids=[order.pk for order in orders], actor=WORLD, at=NOON)
        else:
            send_from(order_codes=codes, warehouse_code=house.code, actor=WORLD, at=NOON)
        take_back_orders(order_codes=codes[: number % 3], actor=WORLD, at=NOON)

    ends = together([lambda number=number, orders=orders: work(number, orders) for number, orders in enumerate(sets)])  # type: ignore[misc]
    assert (ends.refusals, ends.troubles, len(ends.answers)) == ([], [], THREADS)
    assert all(0 <= balance.allocated <= PIECES for balance in Balance.objects.all())
    assert Order.objects.filter(status="allocated").count() > 0
    assert findings() == []


@pytest.mark.processes
def test_eight_processes_on_ten_hot_skus_oversell_nothing_and_meet_no_deadlock() -> None:
    """Sets, orders by hand, promises taken back, orders divided and joined; in two warehouses, in any order."""
    seller, houses = a_seller(), [a_warehouse(), a_warehouse("NRT", "Narita")]
    for place, sku in enumerate(some_skus(seller, 10)):
        for house in houses:
            stock_of(sku, house, PIECES + place)
    dice = Random(5)  # noqa: S311 - a test's dice
    names = [f"T-{number:03d}" for number in range(1, 11)]
    orders = [an_order(seller, dict.fromkeys(dice.sample(names, 4), 2)) for _ in range(PROCESSES * EACH)]
    everyone = [(order.pk, order.code) for order in orders]
    before = deadlocks()
    connections.close_all()  # a connection is not for two processes

    context = multiprocessing.get_context("fork")
    start, ends = context.Barrier(PROCESSES, timeout=60), context.Queue()
    workers = [
        context.Process(target=in_a_process, args=(number, seller.pk, everyone, start, ends), daemon=True)
        for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    troubles = [trouble for _ in workers for trouble in ends.get(timeout=120)]
    for worker in workers:
        worker.join(30)

    assert troubles == []
    assert deadlocks() == before
    assert all(0 <= balance.allocated <= balance.on_hand for balance in Balance.objects.all())
    assert Order.objects.filter(status="allocated").count() > 0
    assert findings() == []


def in_a_process(number: int, seller_id: int, everyone: list[tuple[int, str]], start: Any, ends: Any) -> None:
    """What one of the eight does; puts what went wrong into `ends`."""
    dice, troubles = Random(number), []  # noqa: S311 - a test's dice
    try:
        start.wait()
        for _ in range(TURNS):
            try:
                one_turn(dice, seller_id, dice.sample(everyone, 6))
            except Refusal:  # somebody else was quicker
                continue
    except BaseException as trouble:
        troubles.append(f"{type(trouble).__name__}: {trouble}")
    finally:
        ends.put(troubles)
        ends.close()
        ends.join_thread()
        connections.close_all()
        os._exit(0)  # without what the parent would tidy up at its own end


def one_turn(dice: Random, seller_id: int, chosen: list[tuple[int, str]]) -> None:
    """One thing that somebody does to these orders."""
    ids, codes = [number for number, _ in chosen], [code for _, code in chosen]
    what = dice.randrange(5)
    if what == 0:
        allocate_orders(seller_id=seller_id, order_ids=ids, actor=WORLD, at=NOON)
    elif what == 1:
        send_from(order_codes=codes, warehouse_code=dice.choice(["FNB", "NRT", ""]), actor=WORLD, at=NOON)
    elif what == 2:
        take_back_orders(order_codes=codes, actor=WORLD, at=NOON)
    elif what == 3:
        line = Line.objects.filter(order_id=ids[0], is_cancelled=False).order_by("pk").first()
        if line is not None:
            split_order(order_code=codes[0], takes={line.pk: 1}, actor=WORLD, at=NOON)
    else:
        merge_orders(order_codes=codes[:2], actor=WORLD, at=NOON)


def deadlocks() -> int:
    """How many this database has met; a session tells the server at its end at the latest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot(), pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
