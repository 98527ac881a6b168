"""A seller divides and joins orders on their pages, and says what happens when pieces are lacking."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.inbound_world import a_bundle, approved
from tests.world import a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.domain.allocation.models import AllocationRules
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def test_pieces_of_a_line_go_by_themselves(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    stock_of(a_sku(seller), house, 3)
    order = judged(an_order(seller, {"LT-NVM": 3}))[0]
    client, address = sign_in(seller), f"/orders/{order.code}/parts/"
    line = order.lines.get().pk
    assert f'href="{address}"' in client.get(f"/orders/{order.code}/").content.decode()
    assert "its own shipping fee" in client.get(address).content.decode()
    wrong = client.post(address, {f"take_{line}": "3"})
    assert (wrong.status_code, Order.objects.count()) == (422, 1)
    assert "leave at least one in it" in wrong.content.decode()
    page = client.post(address, {f"take_{line}": "1"}, follow=True).content.decode()
    part = Order.objects.exclude(pk=order.pk).get()
    assert f"Divided: {part.code} goes by itself." in page
    assert f'href="/orders/{part.code}/"' in page
    assert "Split off from" in client.get(f"/orders/{part.code}/").content.decode()


def test_orders_to_the_same_receiver_are_proposed_and_sent_together(sign_in: SignIn) -> None:
    seller, _ = a_seller(), a_warehouse()
    a_sku(seller)
    old, young, _other = an_order(seller), an_order(seller), an_order(seller, receiver="佐藤 花")
    client = sign_in(seller)
    page = client.get(f"/orders/{young.code}/").content.decode()
    assert "1 more order goes to the same receiver" in page
    page = client.post(f"/orders/{young.code}/merging/", {"orders": old.code}, follow=True).content.decode()
    assert f"They go together as {old.code}." in page
    assert Order.objects.get(pk=young.pk).status == "cancelled"
    ended = client.get(f"/orders/{young.code}/").content.decode()
    assert "Goes together with" in ended
    assert f'href="/orders/{old.code}/"' in ended


@pytest.mark.seed("L30")
def test_the_rule_for_orders_that_lack_pieces_is_set_and_shown(sign_in: SignIn) -> None:
    seller, _ = a_seller(), a_warehouse()
    client = sign_in(seller)
    assert "a second parcel, with its own shipping fee" in client.get("/settings/allocation/").content.decode()
    client.post("/settings/allocation/", {"when_short": "send"})
    assert AllocationRules.objects.get(seller=seller).sends_what_is_there
    client.post("/settings/allocation/", {"when_short": ""})
    assert not AllocationRules.objects.get(seller=seller).sends_what_is_there


@pytest.mark.seed("L30")
def test_the_page_says_when_the_lacking_pieces_come(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_sku(seller)
    bundle = approved(a_bundle(seller, house, {sku: 10}))
    order = judged(an_order(seller))[0]
    page = sign_in(seller).get(f"/orders/{order.code}/").content.decode()
    assert f"{bundle.estimated_on.isoformat()}, {bundle.code}: 10 pcs" in page
