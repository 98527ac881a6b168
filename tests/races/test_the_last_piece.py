"""The last pieces of a SKU, wanted by more orders than there are: each piece is promised once."""

from __future__ import annotations

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from tests.books import findings
from tests.races.together import Ends, together, unlocked
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order, stock_of
from toiya.domain.allocation import rules
from toiya.domain.allocation.actions.promising import Outcome, allocate_orders
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Order
from toiya.domain.stock import sql
from toiya.domain.stock.actions.ledger import NotEnoughStock
from toiya.domain.stock.models import Balance, Movement

pytestmark = pytest.mark.django_db(transaction=True)
PIECES, THREADS = 5, 8


@pytest.fixture
def sku(transactional_db: None) -> Sku:
    sku = a_sku(a_seller())
    stock_of(sku, a_warehouse(), PIECES)
    return sku


def eight_want_it(sku: Sku) -> Ends:
    orders = [an_order(sku.seller) for _ in range(THREADS)]

    def allocate(order: Order) -> Outcome:
        return allocate_orders(seller_id=order.seller_id, order_ids=[order.pk], actor=WORLD, at=NOON)

    return together([lambda order=order: allocate(order) for order in orders])  # type: ignore[misc]


def promised() -> int:
    return sum(Movement.objects.filter(kind=Movement.Kind.ALLOCATE).values_list("quantity", flat=True))


def test_eight_threads_for_five_pieces_promise_five(sku: Sku) -> None:
    ends = eight_want_it(sku)
    assert (ends.refusals, ends.troubles) == ([], [])
    assert Order.objects.filter(status="allocated").count() == PIECES
    assert Order.objects.filter(status="waiting", waiting_reason="not_enough_stock").count() == THREADS - PIECES
    assert (Balance.objects.get().allocated, promised()) == (PIECES, PIECES)
    assert findings() == []


def meet_before_deciding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody decides before everybody has read (or has waited long enough for somebody else's lock)."""
    everybody_has_read, decide = Barrier(THREADS), rules.plan_promises

    def decide_together(*arguments: object) -> rules.Plan:
        with suppress(BrokenBarrierError):
            everybody_has_read.wait(timeout=2)
        return decide(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(rules, "plan_promises", decide_together)


def test_with_the_lock_nobody_decides_on_what_another_is_about_to_change(
    sku: Sku, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_before_deciding(monkeypatch)
    ends = eight_want_it(sku)
    assert (ends.refusals, ends.troubles, promised()) == ([], [], PIECES)


def test_control_without_the_lock_more_is_decided_than_there_is_and_the_constraint_has_the_last_word(
    sku: Sku, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_before_deciding(monkeypatch)
    with unlocked(monkeypatch, sql, "_LOCK"):
        ends = eight_want_it(sku)
    assert [type(refusal) for refusal in ends.refusals] == [NotEnoughStock] * (THREADS - PIECES)
    assert promised() == PIECES


def test_control_read_add_save_promises_one_piece_to_many(sku: Sku) -> None:
    """What the usual shop does: everybody reads the same number, adds one and saves."""
    everybody_has_read = Barrier(THREADS, timeout=30)
    sold: list[int] = []

    def sell() -> None:
        balance = Balance.objects.get()
        everybody_has_read.wait()
        if balance.available >= 1:
            balance.allocated += 1
            balance.save()
            sold.append(1)

    together([sell] * THREADS)
    assert (len(sold), Balance.objects.get().allocated) == (THREADS, 1)
    assert len(sold) > PIECES
