"""Who may only look at deliveries, and how many questions the pages ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.inbound_world import a_bundle, a_request, approved
from tests.world import a_seller, a_sku, a_warehouse, some_skus

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.mark.seed("A108", "A121")
def test_the_place_is_in_the_rail_and_questions_are_asked_beside_the_thing(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    bundle, client = a_bundle(seller, house, {a_sku(seller): 10}), sign_in(seller)
    assert 'href="/inbound/"' in client.get("/").content.decode()
    assert 'href="/inbound/requests/"' in client.get("/inbound/").content.decode()
    ask = f"/conversations/new/?kind=bundle&code={bundle.code}"
    assert ask.replace("&", "&amp;") in client.get(f"/inbound/{bundle.code}/").content.decode()
    assert client.get(ask).status_code == 200
    answer = client.post("/conversations/new/", {"kind": "bundle", "code": bundle.code, "text": "When is it booked?"})
    assert answer.status_code == 302
    general = f"/conversations/new/?kind=seller&code={seller.code}"
    assert general.replace("&", "&amp;") in client.get("/inbound/requests/new/").content.decode()
    assert client.get(general).status_code == 200


def test_a_viewer_looks_and_changes_nothing(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = approved(a_bundle(seller, house, {a_sku(seller): 10}))
    client = sign_in(seller, role="viewer")
    page = client.get(f"/inbound/{bundle.code}/").content.decode()
    assert 'method="post"' not in page.split("<main")[1].split("</main")[0]
    assert client.post(f"/inbound/{bundle.code}/deletion/").status_code == 403


def test_pages_ask_the_same_for_few_and_many(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    skus, client = some_skus(seller, 12), sign_in(seller)
    bundle = a_bundle(seller, house, {skus[0]: 10})
    addresses = ("/inbound/", "/inbound/requests/", f"/inbound/{bundle.code}/", "/inbound/requests/new/?q=Tea")
    before = [asked(client, address) for address in addresses]
    for sku in skus:
        a_request(sku, house)
        a_bundle(seller, house, {sku: 10})
    bundle.lines.bulk_create([bundle.lines.model(seller=seller, bundle=bundle, sku=sku, told=1) for sku in skus[1:]])
    assert [asked(client, address) for address in addresses] == before


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
