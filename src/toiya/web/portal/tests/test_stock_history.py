"""What a seller sees of every change: who, when, why; and stock as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.stock_world import put_aside, spot_of
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.core import papers
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.actions.setting_aside import set_aside
from toiya.domain.stock.models import StockNote
from toiya.domain.warehouses.models import Bin, Warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def sku(seller: Seller, warehouse: Warehouse) -> Sku:
    sku = a_sku(seller)
    stock_of(sku, warehouse, 10)
    return sku


def test_what_is_set_aside_is_part_of_the_sum_and_says_why(
    seller: Seller, sku: Sku, warehouse: Warehouse, sign_in: SignIn
) -> None:
    put_aside(spot_of(sku, warehouse), 3, "damaged", "wet corner")
    answer = sign_in(seller).get(f"/skus/{sku.code}/")
    page = answer.content.decode()
    assert (answer.context["on_hand"], answer.context["blocked"], answer.context["available"]) == (10, 3, 7)
    assert ("wet corner" in page, "Damaged" in page, "DAMAGED-1" in page) == (True, True, True)
    row = answer.context["movements"][0]
    assert (row.movement.get_kind_display(), row.blocked, row.note.note) == ("Set aside", 3, "wet corner")
    (listed,) = sign_in(seller).get("/skus/").context["page"].rows
    assert (listed.on_hand, listed.allocated, listed.blocked) == (10, 0, 3)


def test_the_photo_is_shown_to_the_owner(seller: Seller, sku: Sku, warehouse: Warehouse, sign_in: SignIn) -> None:
    stored = papers.keep(papers.Paper("photo.jpg", papers.JPEG, b"\xff\xd8\xff picture"), at=NOON)
    why = Why("damaged", "", stored.storage_key, stored.media_type)
    set_aside(spot=spot_of(sku, warehouse), kind=Bin.Kind.DAMAGED, quantity=1, why=why, actor=WORLD, at=NOON)
    url = f"/skus/{sku.code}/notes/{StockNote.objects.get().code}/"
    answer = sign_in(seller).get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content) == b"\xff\xd8\xff picture"
    assert sign_in(a_seller("Kumo")).get(url).status_code == 404


@pytest.mark.seed("A097")
def test_stock_as_it_was_has_promises_bins_and_lots(
    seller: Seller, sku: Sku, warehouse: Warehouse, sign_in: SignIn
) -> None:
    later = NOON + timedelta(hours=1)
    judged(an_order(seller, {"LT-NVM": 4}), at=later)
    stock_of(sku, warehouse, 2, bin_code="A01-02-1", at=later)
    client = sign_in(seller)

    def stood(moment: str) -> tuple[list[tuple[int, int, int]], list[tuple[str, str, int]]]:
        context = client.get("/skus/then/", {"moment": moment}).context
        return [(each.on_hand, each.allocated, each.available) for _s, _h, each in context["rows"]], context["places"]

    assert stood("2026-11-20T12:30") == ([(10, 0, 10)], [("A01-01-1", "", 10)])
    assert stood("2026-11-20T13:00") == ([(12, 4, 8)], [("A01-01-1", "", 10), ("A01-02-1", "", 2)])
    assert client.get("/skus/then/").status_code == 200
    page = client.get(f"/skus/{sku.code}/", {"moment": "2026-11-20T12:30"})
    ((_sku, _house, numbers),) = page.context["rows_then"]
    assert (numbers.on_hand, numbers.allocated) == (10, 0)
    assert page.context["places_then"] == [("A01-01-1", "", 10)]
    assert f"/skus/{sku.code}/check-list/" in page.content.decode()
    assert "Enter date and time" in client.get(f"/skus/{sku.code}/", {"moment": "soon"}).content.decode()
    assert client.get("/skus/expiring/").status_code == 200
