"""A cart with two totes, walked through a minute without connection: nothing is lost, nothing counts twice (R07)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_floor import Shift
from tests.floor_world import a_coded_sku, a_person, in_bin, on_the_floor
from tests.world import a_seller, a_warehouse, stock_of
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import PickList, PickTask
from toiya.domain.warehouses.models import Warehouse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def typed(page: Page, code: str) -> None:
    page.keyboard.type(code, delay=2)
    page.keyboard.press("Enter")


def at_the_cart(page: Page, address: str, warehouse: Warehouse) -> Shift:
    """Two orders on a cart: two and one pieces of A in the first bin, one of B in the third."""
    seller = a_seller()
    stock_of(a_coded_sku(seller, "A"), warehouse, 3, bin_code="A01-01-1")
    stock_of(a_coded_sku(seller, "B"), warehouse, 1, bin_code="A01-03-1")
    on_the_floor(seller, warehouse, {"A": 2}, {"A": 1, "B": 1})
    page.clock.install()
    shift = Shift(page, address, a_person(warehouse))
    shift.begin()
    shift.touch(".job")
    for tote in ("T-001", "T-002"):
        shift.scan(tote)
    shift.sees("Scan the bin")
    return shift


def test_a_cart_is_picked_through_a_minute_without_connection(
    new_page: Callable[..., Page],
    live_server: LiveServer,
    transactional_db: None,
    violations: Callable[[Page], list[str]],
) -> None:
    warehouse = a_warehouse()
    shift = at_the_cart(new_page(width=320, height=533), live_server.url, warehouse)
    page = shift.page
    expect(page.locator("#ahead")).to_be_hidden()

    page.context.set_offline(True)
    for code in ["A01-01-1", "A", "A", "A01-01-1", "WRONG", "A"]:
        typed(page, code)
    expect(page.locator("#offline")).to_contain_text("Scans kept: 6")
    expect(page.locator("#ahead")).to_contain_text("A01-03-1 × 1 option B · slot 2")
    assert PickTask.objects.filter(picked__gt=0).count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    page.clock.fast_forward("01:05")
    for code in ("A01-03-1", "B"):
        typed(page, code)
    expect(page.locator("#offline")).to_contain_text("Scans kept: 8")
    page.context.set_offline(False)

    shift.sees("All picked")
    expect(page.locator("#offline")).to_be_hidden()
    refused = page.locator("#refused")
    expect(refused.locator("li")).to_have_count(1)
    expect(refused).to_contain_text("WRONG Wrong item: WRONG. Scan Thing A")
    assert violations(page) == []
    refused.get_by_role("button", name="Understood").click()
    expect(refused).to_be_hidden()
    done = PickTask.objects.order_by("sequence").values_list("bin__code", "slot__number", "picked")
    assert list(done) == [("A01-01-1", 1, 2), ("A01-01-1", 2, 1), ("A01-03-1", 2, 1)]
    assert [in_bin(warehouse, code) for code in ("A01-01-1", "A01-03-1", "T-001", "T-002")] == [0, 0, 2, 2]
    assert PickList.objects.get().status == PickList.Status.DONE
    assert set(Order.objects.values_list("status", flat=True)) == {Order.Status.PACKING}
