"""SKUs with their stock, and one SKU's truth."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.floor_world import a_coded_sku, a_person, a_service, labelled, on_the_floor, packed, walked
from tests.world import (
    NOON,
    WORLD,
    a_seller,
    a_sku,
    a_warehouse,
    an_allocated_order,
    an_order,
    judged,
    money_in,
    some_skus,
    stock_of,
)
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.shipping import ship_parcels

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def test_stock_is_summed_over_the_warehouses(seller: Seller, sign_in: SignIn) -> None:
    sku = a_sku(seller)
    first, second = a_warehouse(), a_warehouse("YKH", "Yokohama")
    stock_of(sku, first, 12)
    stock_of(sku, second, 5)
    an_allocated_order(seller, first)
    (row,) = sign_in(seller).get("/skus/").context["page"].rows
    assert (row.on_hand, row.allocated) == (18, 1)


def test_search_and_views_find_skus(seller: Seller, sign_in: SignIn) -> None:
    tote = a_sku(seller, barcode="4901234567894")
    bare = a_sku(seller, "", "Candle", "vanilla")
    stock_of(tote, a_warehouse(), 2)
    client = sign_in(seller)

    def found(query: str) -> list[str]:
        return [sku.code for sku in client.get(f"/skus/{query}").context["page"].rows]

    assert found("?q=4901234567894") == [tote.code]
    assert found("?q=lt-n") == [tote.code]
    assert found("?q=van") == [bare.code]
    assert found(f"?q={bare.code}") == [bare.code]
    assert found("?view=none-left") == [bare.code]
    assert found("?view=no-code") == [bare.code]
    assert found("?view=no-barcode") == [bare.code]
    assert found("?q=nothing") == []
    assert "No SKUs match" in client.get("/skus/?q=nothing").content.decode()
    assert "Register your first SKU" in sign_in(a_seller("Kumo")).get("/skus/").content.decode()


def test_a_sku_shows_where_it_lies_and_every_movement_with_its_cause(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    order = an_allocated_order(seller, house)
    sku = Sku.objects.get()
    answer = sign_in(seller).get(f"/skus/{sku.code}/")
    told = [
        (row.movement.get_kind_display(), row.on_hand, row.allocated, row.to_bin, row.source_url)
        for row in answer.context["movements"]
    ]
    assert told == [
        ("Promised", 0, 1, "", f"/orders/{order.code}/"),
        ("Received", 1, 0, "A01-01-1", ""),
    ]
    assert [(row.bin.code, row.quantity) for row in answer.context["bins"]] == [("A01-01-1", 1)]
    assert (answer.context["on_hand"], answer.context["allocated"], answer.context["available"]) == (1, 1, 0)
    only = sign_in(seller).get(f"/skus/{sku.code}/?view=allocated").context["movements"]
    assert [row.movement.get_kind_display() for row in only] == ["Promised"]


def test_movements_are_paged(seller: Seller, sign_in: SignIn) -> None:
    sku, house = a_sku(seller), a_warehouse()
    for _ in range(55):
        stock_of(sku, house, 1, at=NOON)
    client = sign_in(seller)
    page = client.get(f"/skus/{sku.code}/").context["page"]
    assert (len(page.rows), page.total) == (50, 55)
    assert len(client.get(f"/skus/{sku.code}/", {"at": page.next}).context["page"].rows) == 5


def test_the_seller_code_is_set_and_a_taken_one_is_refused_at_its_field(seller: Seller, sign_in: SignIn) -> None:
    first, second = some_skus(seller, 2)
    client = sign_in(seller)
    assert client.post(f"/skus/{first.code}/", {"seller_code": " NEW-1 "}).status_code == 302
    first.refresh_from_db()
    assert first.seller_code == "NEW-1"
    answer = client.post(f"/skus/{second.code}/", {"seller_code": "NEW-1"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["seller_code"] == [
        "Seller code NEW-1 belongs to another SKU. Enter a different one."
    ]
    second.refresh_from_db()
    assert second.seller_code == "T-002"


def test_the_list_says_how_many_days_the_stock_lasts(seller: Seller, sign_in: SignIn) -> None:
    now, house = timezone.now(), a_warehouse()
    money_in(seller, 10_000)
    stock_of(a_coded_sku(seller, "A"), house, 30)
    stock_of(a_coded_sku(seller, "B"), house, 30)
    picker = a_person(house)
    release, _ = on_the_floor(seller, house, {"A": 2}, at=now)
    walked(release.pick_lists[0].code, picker, at=now)
    parcel = labelled(packed("T-001", picker, a_service(), at=now), at=now)
    ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=now)
    answer = sign_in(seller).get("/skus/")
    assert answer.context["cover"] == {Sku.objects.get(seller_code="A").pk: 28 * 28 // 2}
    assert "392 days" in answer.content.decode()

    client = sign_in(seller)
    assert "Runs out soon" not in client.get("/").content.decode()
    assert client.get("/skus/?view=runs-out").context["page"].rows == []
    judged(an_order(seller, {"A": 28}), at=now)
    home = client.get("/")
    assert [(sku.seller_code, *out[1:]) for sku, out in home.context["running_out"]] == [("A", 0, 2, 0)]
    assert 'href="/skus/?view=runs-out"' in home.content.decode()
    assert [sku.seller_code for sku in client.get("/skus/?view=runs-out").context["page"].rows] == ["A"]
