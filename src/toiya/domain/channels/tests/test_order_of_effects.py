"""Whatever happens to the goods is told to the sites by jobs at once, and never more than may still be sold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.links_world import an_offer, linked, offered
from tests.sites_world import worked_off
from tests.world import NOON, WORLD, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.core import clock
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.jobs import reading, want_all
from toiya.domain.channels.models import Connection, StockPush, WriteBack
from toiya.domain.channels.tests.left import a_parcel_that_left, shipped_order
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.stock.actions.goods import adjust_stock
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
PROMISE, TELL = "allocation.allocate_waiting", "channels.want"


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def sku(shop: Connection, site: PretendSite, warehouse: Warehouse) -> Sku:
    """A SKU on sale at the shop, none of it there, and the site knows."""
    sku = a_sku(shop.seller)
    site.offers = [an_offer("1001")]
    linked(offered(shop, *site.offers)[0], sku)
    worked_off()
    return sku


@pytest.mark.seed("A151", "A154", "A198", "L05")
@pytest.mark.parametrize("first", [PROMISE, TELL])
def test_goods_that_come_in_go_to_waiting_orders_first_and_the_rest_is_told(
    first: str, shop: Connection, site: PretendSite, sku: Sku, warehouse: Warehouse
) -> None:
    waits = judged(an_order(shop.seller, {"LT-NVM": 4}))[0]
    worked_off()
    site.effects.clear()

    stock_of(sku, warehouse, 10)
    done = worked_off(first=[first])

    waits.refresh_from_db()
    assert waits.status == Order.Status.ALLOCATED
    assert done.index(first) == 0
    assert site.done("show") == ["1001 6"]  # never 10, whichever job came first


def _comes_in(sku: Sku, warehouse: Warehouse) -> int:
    stock_of(sku, warehouse, 3)
    return 8


def _is_ordered(sku: Sku, _warehouse: Warehouse) -> int:
    an_order(sku.seller, {"LT-NVM": 2})
    return 3


def _is_adjusted(sku: Sku, warehouse: Warehouse) -> int:
    place = warehouse.bins.get(code="A01-01-1")
    adjust_stock(sku=sku, place=place, difference=-1, lot="", reason="counted", actor=WORLD, at=NOON)
    return 4


def _is_cancelled(sku: Sku, _warehouse: Warehouse) -> int:
    order = judged(an_order(sku.seller, {"LT-NVM": 2}))[0]
    worked_off()
    assert StockPush.objects.get().told_quantity == 3
    cancel_order(order_code=order.code, reason="changed my mind", actor=WORLD, at=NOON)
    return 5


@pytest.mark.seed("A153", "A220", "L06", "L07")
@pytest.mark.parametrize("happens", [_comes_in, _is_ordered, _is_adjusted, _is_cancelled])
def test_every_change_is_told_by_the_jobs_it_woke_without_a_tick(
    happens: Callable[[Sku, Warehouse], int], shop: Connection, site: PretendSite, sku: Sku, warehouse: Warehouse
) -> None:
    stock_of(sku, warehouse, 5)
    worked_off()
    assert site.shown == {"1001": 5}

    number = happens(sku, warehouse)
    worked_off()

    assert site.shown == {"1001": number}


@pytest.mark.seed("A061", "L08")
def test_a_tracking_number_is_told_by_the_job_that_the_scan_at_the_truck_woke(
    shop: Connection, site: PretendSite, warehouse: Warehouse
) -> None:
    site.sell("701", "A")
    reading.pull(shop.pk, NOON)
    worked_off()
    a_parcel_that_left(shipped_order(shop, "701"), warehouse, "4900-701", at=clock.now())
    assert ProcrastinateJob.objects.filter(task_name=TELL).count() == 1

    worked_off()

    assert site.done("ship") == ["701-1 ネコポス 4900-701"]
    wish = WriteBack.objects.get()
    assert (wish.status, wish.attempt) == ("accepted", 1)
    assert wish.settled_at is not None
    assert wish.settled_at - wish.due_since < timedelta(seconds=10)


@pytest.mark.seed("L05")
def test_a_burst_of_changes_is_one_call_with_the_newest_number(
    shop: Connection, site: PretendSite, sku: Sku, warehouse: Warehouse
) -> None:
    site.calls.clear()
    for _ in range(20):
        stock_of(sku, warehouse, 1)
        want_all(shop.seller_id, clock.now())
    worked_off()
    assert [rows for name, rows in site.calls if name == "show_stock"] == [1]
    assert site.shown == {"1001": 20}
