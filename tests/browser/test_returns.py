"""The returns station on a phone: scan a parcel, scan a piece, judge it, put it on a shelf; damage with a photo."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_floor import Shift
from tests.floor_world import a_coded_sku, a_person, in_bin
from tests.returns_world import a_shipped_order, announced
from tests.world import a_seller, a_warehouse, money_in, stock_of
from toiya.domain.returns.models import Grading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.seed("L27")
def test_a_returned_parcel_is_judged_on_a_phone(
    new_page: Callable[..., Page],
    live_server: LiveServer,
    transactional_db: None,
    violations: Callable[[Page], list[str]],
) -> None:
    seller, house = a_seller(), a_warehouse()
    money_in(seller, 10_000)
    sku = a_coded_sku(seller, "A", barcode="4901234567894")
    stock_of(sku, house, 3)
    staff = a_person(house)
    order = a_shipped_order(seller, house, {"A": 2}, picker=staff)
    announced(order, {sku.code: 2})
    shift = Shift(new_page(width=360, height=640), live_server.url, staff)
    shift.begin()
    shift.page.goto(f"{live_server.url}/floor/returns/")
    shift.scan(order.code)
    shift.sees("Scan each piece")
    shift.fits()
    shift.scan("4901234567894")
    shift.sees("How does it look?")
    assert violations(shift.page) == []
    shift.page.get_by_role("button", name="A · As new").click()
    shift.sees("scan the bin")
    shift.scan("BIN-A01-02-1")
    shift.sees("A: 1 → A01-02-1")

    shift.scan("4901234567894")
    shift.sees("How does it look?")
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(kept, "JPEG")
    picture = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}
    shift.page.locator("#photo").set_input_files(picture)  # type: ignore[arg-type]
    shift.page.get_by_role("button", name="C · Damaged").click()
    shift.sees("C: 1 → DAMAGED-1")
    shift.page.get_by_role("button", name="All is judged").click()
    shift.sees("Nothing stands at the desk.")
    assert (in_bin(house, "A01-02-1"), in_bin(house, "DAMAGED-1"), Grading.objects.count()) == (1, 1, 2)
