"""The office's page of all shops: what waits, and what differed at night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.floor_world import a_person
from tests.links_world import an_offer, linked, offered
from tests.world import NOON, WORLD, a_seller, a_shop, a_sku, a_warehouse, stock_of
from toiya.domain.channels.actions.comparing import compare_numbers
from toiya.domain.channels.actions.telling import want_stock

pytestmark = pytest.mark.django_db


def _a_shop_that_differs(name: str) -> None:
    shop = a_shop(a_seller(name), shop_id=name, at=NOON - timedelta(hours=1))
    sku = a_sku(shop.seller)
    stock_of(sku, a_warehouse(name[:3].upper(), name), 5)
    offer = an_offer("1001", quantity=9)
    linked(offered(shop, offer)[0], sku)
    want_stock(seller_id=shop.seller_id, at=NOON)
    compare_numbers(connection_id=shop.pk, site_listings=[offer], night=NOON.date(), actor=WORLD, at=NOON)


@pytest.mark.seed("L06", "L08")
def test_every_shop_shows_what_waits_and_what_differed_in_a_constant_number_of_statements() -> None:
    lead = a_person(a_warehouse(), "administrator")
    client = Client()
    client.force_login(lead.user)
    counts = []
    for names in (["alpha"], ["beta", "gamma", "delta"]):
        for name in names:
            _a_shop_that_differs(name)
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/office/sites/")
        counts.append(len(captured))
    assert [(row["health"].waiting, row["since"], row["night"].differences) for row in page.context["rows"]] == [
        (1, NOON, 1)
    ] * 4
    assert counts[0] == counts[1]
