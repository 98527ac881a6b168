"""The interrupt on a handheld: an order is stopped while somebody picks it, and the bin's barcode answers it (D-08)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_floor import Shift
from tests.floor_world import in_bin
from tests.orders_change_world import a_road
from tests.world import NOON, acting_for
from toiya.domain.outbound.actions.stopping import stop_order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_next_scan_shows_the_stop_and_the_bin_answers_it(
    new_page: Callable[..., Page],
    live_server: LiveServer,
    transactional_db: None,
    violations: Callable[[Page], list[str]],
) -> None:
    road = a_road()
    order = road.begin()
    shift = Shift(new_page(width=320, height=533), live_server.url, road.staff)
    shift.begin()
    shift.touch(".job")
    shift.sees("Scan an empty tote")
    shift.scan("T-001")
    shift.scan("A01-01-1")
    shift.scan(road.sku.code)
    stop_order(order_code=order.code, reason="by_seller", actor=acting_for(road.seller), at=NOON)

    shift.scan(road.sku.code)
    shift.sees(f"{order.code} is cancelled")
    shift.sees("Take this out of tote T-001")
    shift.fits()
    assert shift.tones[-1] == "call"
    assert violations(shift.page) == []
    shift.scan("A01-01-1")
    shift.sees("Next job")
    assert (in_bin(road.warehouse, "A01-01-1"), in_bin(road.warehouse, "T-001")) == (100, 0)
