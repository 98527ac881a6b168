"""Why an order line has no stock, whose turn it is, and the one press that cures it (D-03)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.allocation_world import a_house
from tests.bundles_world import own_sku
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.domain.allocation import jobs
from toiya.domain.allocation.models import WaitReason
from toiya.domain.allocation.queries import OWNERS
from toiya.domain.allocation.rules import Owner, Why
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.matching import match_waiting_lines
from toiya.domain.orders.models import Order
from toiya.web.portal import needs_you

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller(db: None) -> Seller:
    a_warehouse()
    seller = a_seller()
    a_sku(seller)
    return seller


def cards(client: Client, order: Order) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/orders/{order.code}/").context["whys"]
    return found


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_a_card_with_one_owner_and_a_cure_that_is_there(
    seller: Seller, sign_in: SignIn, why: Why
) -> None:
    order = judged(an_order(seller, {"LT-NVM": 2}))[0]
    details = {"sku_id": seller.sku_set.get().pk, "needed": 2, "available": 1, "kept": 1, "soon": 1, "code": "X"}
    WaitReason.objects.update(code=why.value, details=details)
    Order.objects.filter(pk=order.pk).update(waiting_reason=why.value)
    order.lines.filter(order__waiting_reason=Why.NO_SKU).update(sku_id=None)
    client = sign_in(seller)
    (card,) = cards(client, order)
    assert (card["reason_code"], "–" in str(card["fact"])) == (why.value, False)
    assert (
        str(card["owner_word"])
        == {Owner.SELLER: "You", Owner.WAREHOUSE: "Warehouse", Owner.SITE: "Sales site"}[OWNERS[why]]
    )
    assert len(card["cures"]) >= 1
    for cure in card["cures"]:
        if cure.get("method") != "post" and not cure["url"].startswith("#"):
            assert client.get(cure["url"]).status_code == 200, cure
    assert client.get(f"/orders/?reason={why.value}&view=all").context["page"].total == 1


@pytest.mark.seed("A146", "A147", "A148")
def test_a_line_tied_to_the_wrong_sku_shows_it_with_its_quantities_and_is_mended_by_the_seller(
    seller: Seller, sign_in: SignIn
) -> None:
    wrong, right = seller.sku_set.get(), own_sku(seller, "RIGHT")
    house = a_house("OSK", "530-0001")
    stock_of(right, house, 3)
    order = judged(an_order(seller, {"LT-NVM": 3}))[0]
    client = sign_in(seller)
    (card,) = cards(client, order)
    assert str(card["fact"]) == "Linen tote, navy M: 3 needed, 0 available"
    assert [str(words) for words in card["trace"]] == [
        "Compared by the code LT-NVM.",
        "No warehouse ever had this SKU.",
    ]
    assert [str(cure["label"]) for cure in card["cures"]] == ["Check again", "Change SKU"]
    stock_of(wrong, house, 1)
    (card,) = cards(client, order)
    assert str(card["trace"][1]) == "Osk has 1, of that 0 promised: 1 available."
    client.post(card["cures"][1]["url"], {"sku": right.code})
    jobs.allocate_waiting(seller.pk)
    order.refresh_from_db()
    assert (order.status, order.lines.get().sku_id) == ("allocated", right.pk)


@pytest.mark.seed("A179", "A181", "A182")
def test_what_was_sold_before_its_sku_was_there_is_told_and_allocated_when_it_comes(seller: Seller) -> None:
    early, short = judged(an_order(seller, {"NEW": 1}), an_order(seller, {"LT-NVM": 9}))
    told = {group.code: group.orders for group in needs_you.groups(acting_for(seller))}
    assert told == {"no_sku": 1, "not_enough_stock": 1}
    assert needs_you.count(acting_for(seller)) == 2
    house = a_house("OSK", "530-0001")
    stock_of(own_sku(seller, "NEW"), house, 1)
    match_waiting_lines(seller_id=seller.pk, actor=WORLD, at=NOON)
    jobs.allocate_waiting(seller.pk)
    statuses = [Order.objects.get(pk=order.pk).status for order in (early, short)]
    assert statuses == ["allocated", "waiting"]
