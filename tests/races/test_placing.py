"""The same orders from eight sides at once are placed once (R01), and so when an answer was lost (F09)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection

from tests.books import findings
from tests.races.together import together
from tests.world import NOON, WORLD, a_draft, a_seller, a_sku
from toiya.core.models import EventRow
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions import placing
from toiya.domain.orders.actions.placing import Placed, place_orders
from toiya.domain.orders.models import Address, Line, Order

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, ORDERS = 8, 30
DRAFTS = [a_draft(str(701 + number), {"LT-NVM": 1, "MUG": 2}) for number in range(ORDERS)]


@pytest.fixture
def seller(transactional_db: None) -> Seller:
    seller = a_seller()
    a_sku(seller)
    return seller


def counts() -> tuple[int, int, int, int]:
    events = EventRow.objects.filter(name="order.placed")
    return Order.objects.count(), Line.objects.count(), Address.objects.count(), events.count()


def turned(thread: int) -> list[placing.OrderDraft]:
    """The same set, but everybody begins elsewhere."""
    return [*DRAFTS[thread:], *DRAFTS[:thread]]


def test_eight_threads_place_each_order_once(seller: Seller) -> None:
    def place(thread: int) -> Placed:
        return place_orders(seller_id=seller.pk, drafts=turned(thread), actor=WORLD, at=NOON)

    ends = together([lambda thread=thread: place(thread) for thread in range(THREADS)])  # type: ignore[misc]
    assert (ends.refusals, ends.troubles) == ([], [])
    assert counts() == (ORDERS, 2 * ORDERS, ORDERS, ORDERS)
    placed = [answer for answer in ends.answers if isinstance(answer, Placed)]
    assert sum(len(answer.codes) for answer in placed) == ORDERS
    assert all(len(answer.codes) + len(answer.known) == ORDERS for answer in placed)
    assert findings() == []


def test_sets_that_overlap_only_in_part_are_placed_once_each(seller: Seller) -> None:
    def place(thread: int) -> Placed:
        return place_orders(seller_id=seller.pk, drafts=turned(thread * 3)[:12], actor=WORLD, at=NOON)

    ends = together([lambda thread=thread: place(thread) for thread in range(THREADS)])  # type: ignore[misc]
    assert (ends.refusals, ends.troubles) == ([], [])
    assert counts() == (ORDERS, 2 * ORDERS, ORDERS, ORDERS)


def test_who_never_heard_that_the_set_was_placed_may_place_it_again(seller: Seller) -> None:
    """The answer to the COMMIT is lost: the connection breaks after the work is done."""
    place_orders(seller_id=seller.pk, drafts=DRAFTS, actor=WORLD, at=NOON)
    connection.close()
    again = place_orders(seller_id=seller.pk, drafts=DRAFTS, actor=WORLD, at=NOON)
    assert (again.codes, len(again.known)) == ({}, ORDERS)
    assert counts() == (ORDERS, 2 * ORDERS, ORDERS, ORDERS)


def test_control_without_the_unique_key_orders_are_doubled(seller: Seller) -> None:
    """Eight who look first and write afterwards, with nothing in the database to stop them."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_order DROP CONSTRAINT one_order_per_cart")
    try:
        ends = together([lambda: place_orders(seller_id=seller.pk, drafts=DRAFTS, actor=WORLD, at=NOON)] * THREADS)
        assert ends.troubles == []
        assert Order.objects.count() > ORDERS
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM orders_line; DELETE FROM orders_address; DELETE FROM orders_order")
            cursor.execute(
                "ALTER TABLE orders_order ADD CONSTRAINT one_order_per_cart UNIQUE (external_id, shop_code, seller_id)"
            )


def test_a_seller_that_does_not_exist_is_no_endless_loop(transactional_db: None) -> None:
    orphan = a_draft("701", {"A": 1})
    try:
        place_orders(seller_id=999_999, drafts=[orphan], actor=WORLD, at=NOON)
    except IntegrityError:
        assert Order.objects.count() == 0
