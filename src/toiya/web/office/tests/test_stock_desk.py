"""The stock desk: nothing changes without a reason, and everything can be looked up later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.floor_world import a_person
from tests.stock_world import counted, put_aside, spot_of, to_count
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, some_skus, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.stock.models import Balance, BinStock, CountTask, StockNote
from toiya.domain.stock.queries import count_limits
from toiya.domain.stock.rules import Limits
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse(bins=40)


@pytest.fixture
def sku(warehouse: Warehouse) -> Sku:
    sku = a_sku(a_seller())
    stock_of(sku, warehouse, 10)
    return sku


@pytest.fixture
def desk(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "floor_lead").user)
    return client


def test_pieces_go_aside_back_and_away_with_their_reasons(desk: Client, sku: Sku) -> None:
    row = BinStock.objects.get()
    assert "Set aside" in desk.get(reverse("office:stock-place", args=[row.pk])).content.decode()
    told = {"quantity": "4", "seen": "10", "kind": "quarantine", "reason": "doubtful", "note": "smells"}
    desk.post(reverse("office:stock-setting-aside", args=[row.pk]), told)
    page = desk.get(reverse("office:stock-aside")).content.decode()
    assert ("QUARANTINE-1" in page, "smells" in page, "Quality in doubt" in page) == (True, True, True)

    aside = BinStock.objects.get(bin__code="QUARANTINE-1")
    told = {"quantity": "1", "seen": "4", "bin": "A01-02-1", "reason": "checked"}
    desk.post(reverse("office:stock-freeing", args=[aside.pk]), told)
    desk.post(reverse("office:stock-freeing", args=[aside.pk]), told)
    told = {"quantity": "2", "seen": "3", "reason": "disposed", "note": "Ms Sato agreed on 20 November"}
    desk.post(reverse("office:stock-writing-off", args=[aside.pk]), told)
    balance = Balance.objects.get(sku=sku)
    assert (balance.on_hand, balance.blocked, balance.available) == (8, 1, 7)
    assert list(StockNote.objects.order_by("pk").values_list("reason", flat=True)) == [
        "doubtful",
        "checked",
        "disposed",
    ]


def test_a_correction_says_why(desk: Client, sku: Sku) -> None:
    row = BinStock.objects.get()
    url = reverse("office:stock-correction", args=[row.pk])
    desk.post(url, {"difference": "-2", "seen": "10", "reason": "lost", "note": "inventory of 20 November"})
    desk.post(url, {"difference": "-2", "seen": "10", "reason": "lost"})
    assert Balance.objects.get(sku=sku).on_hand == 8
    desk.post(url, {"difference": "x", "seen": "8", "reason": "lost"})
    assert Balance.objects.get(sku=sku).on_hand == 8


def test_a_bin_of_another_building_is_not_there(desk: Client) -> None:
    other = a_warehouse("KWG", "Kawaguchi")
    stock_of(a_sku(a_seller("Kumo")), other, 1)
    row = BinStock.objects.get(warehouse=other)
    assert desk.get(reverse("office:stock-place", args=[row.pk])).status_code == 404


def test_counts_are_proposed_asked_for_and_judged(desk: Client, sku: Sku) -> None:
    page = desk.get(reverse("office:counts"))
    assert [(each.stock.sku_id, each.cause) for each in page.context["proposals"]] == [(sku.pk, "never")]
    desk.post(reverse("office:counts"), {"selected": [str(BinStock.objects.get().pk)]})
    task = CountTask.objects.get()
    assert (task.cause, task.status) == ("never", "open")
    assert desk.get(reverse("office:counts")).context["proposals"] == []
    counted(task, 5)
    counted(task, 4, person=2)
    desk.post(reverse("office:count-judging", args=[task.code]), {"decision": "accept"})
    assert Balance.objects.get(sku=sku).on_hand == 4


def test_stock_as_it_was_is_the_sum_of_its_movements(desk: Client, sku: Sku, warehouse: Warehouse) -> None:
    stock_of(sku, warehouse, 5, at=NOON + timedelta(days=1))
    put_aside(spot_of(sku, warehouse), 3)

    def stood(moment: str) -> list[tuple[int, int, int]]:
        rows = desk.get(reverse("office:stock-then"), {"moment": moment}).context["rows"]
        return [(each.on_hand, each.blocked, each.available) for _sku, each in rows]

    assert stood("2026-11-20T11:59") == []
    assert stood("2026-11-20T12:00") == [(10, 3, 7)]
    assert stood("2026-11-21T12:00") == [(15, 3, 12)]
    assert desk.get(reverse("office:stock-then"), {"moment": "soon"}).status_code == 422


def test_lots_near_their_last_day_are_listed_by_how_far_one_looks(desk: Client, sku: Sku, warehouse: Warehouse) -> None:
    place = warehouse.bins.get(code="A01-05-1")
    arrival = Arrival(sku.pk, place.pk, 3, "L1", date.today() + timedelta(days=45))  # noqa: DTZ011
    receive_stock(
        seller_id=sku.seller_id, warehouse_id=warehouse.pk, arrivals=[arrival], source="CB", actor=WORLD, at=NOON
    )
    assert list(desk.get(reverse("office:stock-expiring")).context["page"].rows) == []
    (row,) = desk.get(reverse("office:stock-expiring"), {"days": "60"}).context["page"].rows
    assert (row.lot, row.quantity) == ("L1", 3)


@pytest.mark.parametrize("place", ["stock-aside", "counts", "stock-expiring", "stock-then"])
def test_pages_ask_as_often_for_three_rows_as_for_thirty(desk: Client, warehouse: Warehouse, place: str) -> None:
    asked_for = []
    for start, number in ((0, 3), (3, 27)):
        for sku in some_skus(a_seller(f"Seller {number}"), number):
            stock_of(sku, warehouse, 5, bin_code=f"A01-{start + 1:02d}-1")
            put_aside(spot_of(sku, warehouse, f"A01-{start + 1:02d}-1"), 1)
            to_count(spot_of(sku, warehouse, f"A01-{start + 1:02d}-1"))
        with CaptureQueriesContext(connection) as asked:
            desk.get(reverse(f"office:{place}"), {"moment": "2026-11-20T12:00"})
        asked_for.append(len(asked))
    assert asked_for[0] == asked_for[1]


def test_the_rules_for_counting_are_data_of_the_building(desk: Client, warehouse: Warehouse) -> None:
    place = reverse("office:count-rules")
    assert 'value="3"' in desk.get(place).content.decode()
    told = {"recount_pieces": "2", "recount_minor": "5000", "lead_pieces": "8"}
    for wrong in ({"recount_pieces": ""}, {"recount_pieces": "0"}, {"lead_pieces": "1"}, {"recount_minor": "-1"}):
        assert desk.post(place, told | wrong).status_code == 422
    assert count_limits(warehouse.pk) == Limits()
    assert desk.post(place, told).status_code == 302
    assert count_limits(warehouse.pk) == Limits(2, 5000, 8)
    assert place in desk.get(reverse("office:counts")).content.decode()
    picker = Client()
    picker.force_login(a_person(warehouse).user)
    assert picker.get(place).status_code == 403
