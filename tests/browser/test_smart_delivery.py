"""Smart Delivery in Chromium: labels made with and without scripts, a bundle scanned in; axe, phone, dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_floor import Shift
from tests.floor_world import a_person, a_service
from tests.smart_world import a_packing_seller, handed_in, to_hand_in, with_label
from tests.world import NOON, PASSWORD, WORLD, a_member, a_warehouse, money_in
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.announcing import make_hand_in_list
from toiya.domain.outbound.models import HandIn, Parcel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]


@pytest.fixture
def seller(db: None) -> Seller:
    """Two orders to label, two labels to print on a list, one parcel that came in."""
    seller, centre, service = a_packing_seller(), a_warehouse(), a_service()
    money_in(seller, 9_000)
    for receiver in ("佐藤 花", "田中 みなみ"):
        to_hand_in(seller, receiver=receiver)
    for _ in range(2):
        with_label(to_hand_in(seller), centre, service)
    make_hand_in_list(seller_id=seller.pk, warehouse_id=centre.pk, actor=WORLD, at=NOON)
    handed_in(with_label(to_hand_in(seller), centre, service))
    return seller


def _enter(page: Page, address: str, seller: Seller) -> Page:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=email]", a_member(seller).email)
    page.fill("[name=password]", PASSWORD)
    page.click("#enter")
    page.wait_for_url(f"{address}/")
    return page


def test_no_view_has_an_axe_violation_or_scrolls_sideways(
    live_server: LiveServer, seller: Seller, new_page: PageMaker, faults: Violations
) -> None:
    page = _enter(new_page(), live_server.url, seller)
    orders = [f"orders/{parcel.order.code}/" for parcel in Parcel.objects.order_by("pk")[:1]]
    for place in ("?view=label", "?view=bring", "?view=came"):
        page.goto(f"{live_server.url}/smart-delivery/{place}")
        assert faults(page) == []
    page.goto(f"{live_server.url}/{orders[0]}")
    assert faults(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_labels_are_made_for_the_chosen_orders(
    live_server: LiveServer, seller: Seller, new_page: PageMaker, *, scripts: bool
) -> None:
    page = _enter(new_page(java_script_enabled=scripts), live_server.url, seller)
    page.goto(f"{live_server.url}/smart-delivery/")
    row = page.locator("#list tbody tr").filter(has_text="佐藤 花")
    row.locator("input[type=checkbox]").check()
    page.click("#make-labels")
    expect(page.locator("#problem")).to_contain_text("has no weight")
    expect(row.locator("input[type=checkbox]")).to_be_checked()

    row.get_by_label("Weight of").fill("640")
    page.click("#make-labels")
    page.wait_for_url("**/smart-delivery/?view=bring")
    assert Parcel.objects.get(status="sealed").weight_g == 640


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_bundle_is_scanned_in_at_the_counter(
    live_server: LiveServer, seller: Seller, new_page: PageMaker, violations: Violations, theme: str
) -> None:
    awaited = list(Parcel.objects.filter(status="awaited").select_related("label", "warehouse", "hand_in__list"))
    bundle = awaited[0].hand_in.list
    assert bundle is not None
    shift = Shift(new_page(390, 700, theme=theme), live_server.url, a_person(awaited[0].warehouse))
    shift.begin()
    shift.scan(bundle.code)
    shift.sees("0 of 2")
    assert violations(shift.page) == []
    for parcel in awaited:
        assert parcel.label is not None
        shift.scan(parcel.label.tracking_number)
    shift.sees("The list is complete")
    assert awaited[0].label is not None
    shift.scan(awaited[0].label.tracking_number)
    shift.sees("If this is a second box")
    assert violations(shift.page) == []
    assert shift.tones[-3:] == ["ok", "done", "stop"]
    assert HandIn.objects.exclude(handed_in_at=None).count() == 3
