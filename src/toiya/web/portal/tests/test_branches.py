"""Branch shipping in the portal and the office: what is shown, what is done by hand, whose it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.allocation_world import a_due_order, a_house
from tests.world import a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.core import clock
from toiya.domain.allocation.models import AllocationRules, ChosenWarehouse, ShipDay, SkuBuffer, WarehouseRank
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order, Wish
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def house(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(house: Warehouse) -> Seller:
    """LT-NVM: one piece in Funabashi, two in Osaka."""
    seller = a_seller()
    sku = a_sku(seller)
    stock_of(sku, house, 1)
    stock_of(sku, a_house("OSK", "530-0001"), 2)
    return seller


def shown(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/orders/branches/{query}")
    assert answer.status_code == 200
    return [row.order.code for row in answer.context["rows"]]


def said(client: Client, path: str, **posted: object) -> list[str]:
    answer = client.post(path, posted, follow=True)
    assert answer.redirect_chain
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.seed("A140", "A141", "A142")
def test_the_page_lists_order_lines_with_their_warehouse_and_filters_them(seller: Seller, sign_in: SignIn) -> None:
    done = judged(a_due_order(seller, {"LT-NVM": 2}))[0]
    waits = judged(a_due_order(seller, {"LT-NVM": 3}))[0]
    client = sign_in(seller)
    assert shown(client) == [waits.code, done.code]
    assert shown(client, "?place=none") == [waits.code]
    assert shown(client, "?place=some") == [done.code]
    assert shown(client, "?warehouse=OSK") == [done.code]
    assert shown(client, "?warehouse=FNB") == []
    assert shown(client, "?state=waiting") == [waits.code]
    assert shown(client, "?from=2026-11-21") == []
    assert shown(client, "?until=2026-11-20") == [waits.code, done.code]
    assert shown(client, f"?q={done.external_id}") == [done.code]
    assert shown(client, "?place=strange&state=strange&from=yesterday") == [waits.code, done.code]
    page = client.get("/orders/branches/").content.decode()
    line = done.lines.get()
    sku = seller.sku_set.get()
    for word in (done.external_id, line.external_id, line.title, sku.code[-5:], sku.seller_code, "Osk", "OSK", "JP"):
        assert word in page, word
    assert "3 needed, 1 available" in page


@pytest.mark.seed("A145")
def test_an_opened_order_shows_receiver_and_wishes(seller: Seller, sign_in: SignIn) -> None:
    order = a_due_order(seller, {"LT-NVM": 1})
    Wish.objects.create(order=order, seller=seller, deliver_on=date(2026, 11, 22), slot="18-21")
    Order.objects.filter(pk=order.pk).update(note="ring twice")
    page = sign_in(seller).get(f"/orders/branches/?open={order.code}").content.decode()
    address = order.address
    for word in (
        address.name,
        address.phone,
        address.postal_code,
        address.first_line,
        "ring twice",
        "18-21",
        "2026-11-22",
    ):
        assert word in page, word


@pytest.mark.seed("A144")
def test_ticked_or_all_orders_of_the_page_go_to_a_warehouse_and_back(seller: Seller, sign_in: SignIn) -> None:
    one, two = a_due_order(seller, {"LT-NVM": 1}), a_due_order(seller, {"LT-NVM": 1})
    client = sign_in(seller)
    path = "/orders/branches/"
    assert said(client, f"{path}sending/", selected=[one.code], warehouse="FNB") == ["1 order is allocated."]
    left = said(client, f"{path}sending/", shown=[one.code, two.code], every="FNB")
    assert left == [
        f"Left as they are, because they do not wait: {one.code}",
        f"Waiting for stock – the reason is at each line: {two.code}",
    ]
    assert said(client, f"{path}return/", selected=[one.code]) == ["The pieces of 1 order are free again."]
    assert said(client, f"{path}return/") == ["No order was ticked. Tick the orders first."]
    assert list(ChosenWarehouse.objects.values_list("order_id", flat=True)) == [two.pk]


def test_a_day_is_reserved_and_dropped(seller: Seller, sign_in: SignIn) -> None:
    order = a_due_order(seller, {"LT-NVM": 1})
    client = sign_in(seller)
    path = "/orders/branches/days/"
    assert said(client, path, order=order.code, day="soon") == ["“soon” is no day. Enter one, such as 2026-11-24."]
    assert client.post(path, {"order": order.code, "day": "1999-01-01"}).status_code == 409
    tomorrow = (clock.now() + timedelta(days=1)).date()
    assert said(client, path, order=order.code, day=tomorrow.isoformat()) == [f"Saved for {order.code}."]
    assert ShipDay.objects.get().day == tomorrow
    assert said(client, path, order=order.code, day="") == [f"Saved for {order.code}."]
    assert ShipDay.objects.count() == 0


def test_nobody_touches_another_sellers_orders_and_a_reader_none(seller: Seller, sign_in: SignIn) -> None:
    order = a_due_order(seller, {"LT-NVM": 1})
    stranger = sign_in(a_seller("Kumo"))
    assert shown(stranger) == []
    for path in ("sending", "return"):
        assert stranger.post(f"/orders/branches/{path}/", {"selected": [order.code]}).status_code == 404
    assert stranger.post("/orders/branches/days/", {"order": order.code}).status_code == 404
    assert stranger.get(f"/orders/branches/?open={order.code}").context["panel"] is None
    order.refresh_from_db()
    assert order.status == "received"


def test_the_page_costs_the_same_however_many_orders(seller: Seller, sign_in: SignIn) -> None:
    client, counts = sign_in(seller), []
    for _ in range(2):
        judged(*[an_order(seller, {"LT-NVM": 3}) for _ in range(3)])
        client.get("/orders/branches/")
        with CaptureQueriesContext(connection) as ran:
            client.get("/orders/branches/")
        counts.append(len(ran.captured_queries))
    assert counts[0] == counts[1]


def test_the_seller_puts_its_own_rules_in_force(seller: Seller, sign_in: SignIn) -> None:
    client, path = sign_in(seller), "/settings/allocation/"
    rules = {"buffer_pieces": "2", "expiry_days": "３０", "unpaid_hours": "", "place_1": "OSK", "place_2": ""}
    assert said(client, path, **rules) == ["In force from now on. What waits is judged by these rules."]
    kept = AllocationRules.objects.get()
    assert (kept.buffer_pieces, kept.expiry_days, kept.unpaid_hours) == (2, 30, None)
    ranks = WarehouseRank.objects.order_by("place").values_list("warehouse__code", "is_left_out")
    assert list(ranks) == [("OSK", False), ("FNB", True)]
    form = client.get(path).context["form"]
    assert (form["buffer_pieces"].value(), form["place_1"].value()) == (2, "OSK")
    for wrong in ({"expiry_days": "99999"}, {"buffer_pieces": "some"}):
        answer = client.post(path, wrong)
        assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    code = seller.sku_set.get().code
    assert said(client, f"{path}sku/", sku="LT-NVM", pieces="1") == [f"Saved for {code}."]
    assert SkuBuffer.objects.get().pieces == 1
    assert client.post(f"{path}sku/", {"sku": "NOBODYS", "pieces": "1"}).status_code == 422
    assert said(client, f"{path}sku/", sku=code, pieces="") == [f"Saved for {code}."]
    assert SkuBuffer.objects.count() == 0
