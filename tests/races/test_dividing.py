"""Orders divided and joined from several sides at once: no line, piece or yen is lost or doubled, nobody locked out."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from tests.books import findings
from tests.bundles_world import a_bundle, own_sku
from tests.races.together import together
from tests.split_world import merged, things
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.rows import LockableRows
from toiya.domain.allocation.actions.bundling import BundlePromised
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Line, Order
from toiya.domain.outbound.actions import merging, splitting
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.splitting import NothingToSplit, StaysTogether, split_order
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db(transaction=True)
PRICE, THREADS, ROUNDS = 1200, 6, 8
# Long enough for the other thread to reach the lock that it must wait for, and for PostgreSQL to find a ring.
PATIENCE = 1.5


@pytest.fixture
def seller(transactional_db: None) -> Seller:
    return a_seller()


def one_off(order: Order) -> Order:
    """One thing of the order's first line goes by itself."""
    line = Line.objects.filter(order=order, is_cancelled=False).order_by("pk")[0]
    return split_order(order_code=order.code, takes={line.pk: 1}, actor=acting_for(order.seller), at=NOON)


def joined(*orders: Order) -> Order:
    """The orders in one."""
    return merged(*orders)


def living() -> tuple[int, int]:
    """Things in the orders that are not over, and what those orders cost."""
    orders = Order.objects.exclude(status="cancelled")
    lines = Line.objects.filter(order__in=orders, is_cancelled=False)
    counted = lines.aggregate(all=Sum("quantity"))["all"] or 0, orders.aggregate(all=Sum("total_minor"))["all"] or 0
    return int(counted[0]), int(counted[1])


def promised() -> int:
    return sum(Balance.objects.values_list("allocated", flat=True))


def begins_then_waits(monkeypatch: pytest.MonkeyPatch, module: Any) -> tuple[Event, Event]:
    """Whoever has freed the promises in this module says so, and judges only when told, or after a while."""
    began, go_on = Event(), Event()
    judge = module.judge_orders

    def judge_late(**arguments: Any) -> object:
        began.set()
        go_on.wait(PATIENCE)
        return judge(**arguments)

    monkeypatch.setattr(module, "judge_orders", judge_late)
    return began, go_on


def overtaken(first: Callable[[], object], second: Callable[[], object], began: Event) -> list[BaseException]:
    """The first work as far as its promises are freed, then the second beside it; what went wrong with either."""
    troubles: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[work], daemon=True) for work in (first, second)]
    threads[0].start()
    assert began.wait(20)
    threads[1].start()
    for thread in threads:
        thread.join(60)
    assert not [thread for thread in threads if thread.is_alive()]
    return troubles


def test_six_who_divide_one_order_take_no_thing_twice(seller: Seller) -> None:
    stock_of(a_sku(seller), a_warehouse(), 4)
    order = judged(an_order(seller, {"LT-NVM": 4}))[0]

    ends = together([lambda: one_off(order)] * THREADS)

    assert (ends.troubles, len(ends.answers)) == ([], 3)
    assert {type(refusal) for refusal in ends.refusals} == {NothingToSplit}
    assert sorted(things(each)[0][1] for each in Order.objects.all()) == [1, 1, 1, 1]
    assert (living(), promised()) == ((4, 4 * PRICE), 4)
    assert findings() == []


def test_control_without_the_orders_lock_money_is_doubled(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    stock_of(a_sku(seller), a_warehouse(), 4)
    order = judged(an_order(seller, {"LT-NVM": 4}))[0]
    both, free = Barrier(2, timeout=20), splitting.free_promises

    def free_together(**arguments: Any) -> None:
        both.wait()
        free(**arguments)

    with monkeypatch.context() as patch:
        patch.setattr(splitting, "free_promises", free_together)
        patch.setattr(LockableRows, "lock", lambda rows: rows.order_by("pk"))
        ends = together([lambda: one_off(order)] * 2)

    assert (ends.troubles, ends.refusals) == ([], [])
    assert living()[1] > 4 * PRICE


def test_orders_that_are_joined_in_several_ways_at_once_end_in_one(seller: Seller) -> None:
    stock_of(a_sku(seller), a_warehouse(), 4)
    orders = judged(*[an_order(seller) for _ in range(4)])
    one, two, three, four = orders

    ends = together(
        [lambda: joined(one, two), lambda: joined(two, three), lambda: joined(four, one), lambda: joined(three, four)]
    )

    assert ends.troubles == []
    assert {type(refusal) for refusal in ends.refusals} <= {StaysTogether}
    assert len(ends.answers) in (2, 3)
    left = Order.objects.exclude(status="cancelled").count()
    assert left == 4 - len(ends.answers)
    assert (living(), promised()) == ((4, 4 * PRICE), 4)
    assert findings() == []


def test_dividing_joining_cancelling_and_releasing_lose_no_piece(seller: Seller) -> None:
    sku, house, dice = a_sku(seller), a_warehouse(), Random(11)  # noqa: S311 - a test's dice
    stock_of(sku, house, 5 * ROUNDS)
    known = {StaysTogether, NothingToSplit, NothingToRelease}
    for _ in range(ROUNDS):
        first, second = judged(an_order(seller, {"LT-NVM": 3}), an_order(seller, {"LT-NVM": 2}))
        before = living()
        works: list[Callable[[], object]] = [
            lambda: one_off(first),  # noqa: B023 - all end in this round
            lambda: joined(first, second),  # noqa: B023
            lambda: one_off(second),  # noqa: B023
            lambda: release_wave(
                warehouse_id=house.pk,
                order_codes=[first.code, second.code],  # noqa: B023
                actor=WORLD,
                at=NOON,
            ),
        ]
        dice.shuffle(works)
        ends = together(works)
        assert ends.troubles == []
        assert {type(refusal) for refusal in ends.refusals} <= known
        assert living() == before
        assert promised() == before[0]
        assert findings() == []


def test_who_divides_never_waits_in_a_ring_with_who_promises(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order has its pieces in the second warehouse, and judging it looks into the first as well."""
    sku, other = a_sku(seller), a_warehouse()
    far = a_warehouse("NRT", "Narita")
    stock_of(sku, far, 9)
    order = judged(an_order(seller, {"LT-NVM": 4}))[0]
    stock_of(sku, other, 1)
    late = an_order(seller, {"LT-NVM": 2})
    began, _ = begins_then_waits(monkeypatch, splitting)

    assert overtaken(lambda: one_off(order), lambda: judged(late), began) == []

    assert set(Order.objects.values_list("status", flat=True)) == {"allocated"}
    assert (living(), promised()) == ((6, 6 * PRICE), 6)
    assert findings() == []


def test_who_joins_never_waits_in_a_ring_with_who_promises(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """The waiting order's SKU is older than the promised one's, so its balance comes first."""
    house = a_warehouse()
    cup, tote = own_sku(seller, "CUP"), a_sku(seller)
    stock_of(cup, house, 1)
    stock_of(tote, house, 9)
    promised_one, short = judged(an_order(seller, {"LT-NVM": 1}), an_order(seller, {"CUP": 5}))
    late = an_order(seller, {"CUP": 1, "LT-NVM": 1})
    began, _ = begins_then_waits(monkeypatch, merging)

    assert overtaken(lambda: joined(promised_one, short), lambda: judged(late), began) == []

    assert judged(late)[0].status == "allocated"
    assert findings() == []


def test_who_divides_never_waits_in_a_ring_with_who_makes_a_bundle(
    seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock_of(a_sku(seller), a_warehouse(), 4)
    own_sku(seller, "CUP")
    order = judged(an_order(seller, {"LT-NVM": 4}))[0]
    began, _ = begins_then_waits(monkeypatch, splitting)

    troubles = overtaken(lambda: one_off(order), lambda: a_bundle(seller, "LT-NVM", {"CUP": 2}), began)

    assert [type(trouble) for trouble in troubles] == [BundlePromised]
    assert set(Order.objects.values_list("status", flat=True)) == {"allocated"}
    assert findings() == []


def test_an_order_cancelled_while_it_is_joined_is_one_or_the_other(seller: Seller) -> None:
    stock_of(a_sku(seller), a_warehouse(), 4)
    for _ in range(ROUNDS):
        old, young = judged(an_order(seller, {"LT-NVM": 2}), an_order(seller, {"LT-NVM": 1}))
        ends = together(
            [
                lambda: joined(old, young),  # noqa: B023 - both end in this round
                lambda: cancel_order(order_code=young.code, reason="by_seller", actor=WORLD, at=NOON),  # noqa: B023
            ]
        )
        assert ends.troubles == []
        old.refresh_from_db()
        assert (old.status, promised()) in {("allocated", 3), ("allocated", 2)}
        cancel_order(order_code=old.code, reason="by_seller", actor=WORLD, at=NOON)
        assert promised() == 0
        assert findings() == []
