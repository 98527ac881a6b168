"""Two workers at the same shop at the same time, with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.world import NOON, a_seller, a_shop, a_warehouse
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.models import Connection, WriteBack
from toiya.domain.channels.tests.left import a_parcel_that_left, shipped_order
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.orders.models import Line, Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_shop(transactional_db: None, site: PretendSite) -> Connection:
    return a_shop(a_seller(), at=NOON - timedelta(hours=1))


def at_once(works: list[Callable[[], None]]) -> list[Exception]:
    troubles: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return troubles


def test_two_pulls_at_once_are_one_order_each(open_shop: Connection, site: PretendSite) -> None:
    for number in range(30):
        site.sell(str(701 + number), "A", "B")
    both = Barrier(4)

    def meet(method: str) -> None:
        if method == "orders":
            both.wait(timeout=20)

    site.on_call = meet

    troubles = at_once([lambda: reading.pull(open_shop.pk, NOON)] * 4)

    assert troubles == []
    assert (Order.objects.count(), Line.objects.count()) == (30, 60)


def test_four_tellers_have_one_effect_per_parcel(open_shop: Connection, site: PretendSite) -> None:
    for number in range(12):
        site.sell(str(701 + number), "A")
    reading.pull(open_shop.pk, NOON)
    want_all(open_shop.seller_id, NOON)
    telling.run(telling.CONFIRMATIONS, open_shop.pk, lambda: NOON)
    warehouse = a_warehouse()
    for number in range(12):
        a_parcel_that_left(shipped_order(open_shop, str(701 + number)), warehouse, f"4900-{number}")
    site.rows_per_call = 2

    def work() -> None:
        want_all(open_shop.seller_id, NOON)
        telling.run(telling.WRITE_BACKS, open_shop.pk, lambda: NOON)

    troubles = at_once([work] * 4)

    assert troubles == []
    assert WriteBack.objects.filter(status="accepted", attempt=1).count() == 12
    assert len(site.done("ship")) == 12
    assert [rows for name, rows in site.calls if name == "ship" and rows > 2] == []
