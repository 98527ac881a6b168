"""The office says which bins are reserves and where they stand; picking follows from the next wave on."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.books import fingerprint
from tests.floor_world import a_coded_sku, a_person, on_the_floor
from tests.world import NOON, WORLD, a_seller, a_warehouse, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.outbound.models import PickTask
from toiya.domain.warehouses.actions.bins import BinFacts, NoSuchBins, NothingSaid, SameSpot, describe_bins
from toiya.domain.warehouses.models import Bin, PalletPlace, Warehouse

pytestmark = pytest.mark.django_db
PLACE = "/office/waves/bins/"


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def desk(house: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(house, "floor_lead").user)
    return client


def described(house: Warehouse, names: str, facts: BinFacts) -> int:
    return describe_bins(warehouse_id=house.pk, names=names, facts=facts, actor=WORLD, at=NOON)


def test_reserves_are_marked_by_their_beginning_and_picked_last(desk: Client, house: Warehouse) -> None:
    seller = a_seller()
    sku = a_coded_sku(seller, "A")
    for code in ("A01-01-1", "A01-06-1"):
        stock_of(sku, house, 3, bin_code=code)
    Bin.objects.update(is_reserve=True)
    told = {"bins": "a01-0*", "use": "pick", "aisle": "", "bay": "", "level": "", "holds_pieces": "40"}
    page = desk.post(PLACE, told, follow=True).content.decode()
    assert "6 bins changed." in page
    assert set(Bin.objects.filter(kind="storage").values_list("is_reserve", "holds_pieces")) == {(False, 40)}
    desk.post(PLACE, told | {"bins": "BIN-A01-01-1", "use": "reserve"})
    on_the_floor(seller, house, {"A": 2})
    assert PickTask.objects.get().bin.code == "A01-06-1"
    event = EventRow.objects.filter(name="warehouse.bins_described").order_by("id")[0]
    assert (event.data["bins"], event.data["count"], event.data["aisle"]) == ("A01-0*", 6, None)


def test_a_bin_gets_its_place(desk: Client, house: Warehouse) -> None:
    assert 'href="/office/waves/bins/"' in desk.get("/office/waves/pick-bins/").content.decode()
    told = {"bins": "A01-02-1", "use": "", "holds": "pallet", "aisle": "３", "bay": "12", "level": "1"}
    for _again in range(2):
        assert desk.post(PLACE, told).status_code == 302
    row = house.bins.get(code="A01-02-1")
    assert (row.aisle, row.bay, row.level, row.is_reserve) == (3, 12, 1, False)
    page = desk.get(f"{PLACE}?q=a01-02").content.decode()
    assert "A01-02-1" in page
    assert page.count("Pallet place</span>") == 1
    assert list(PalletPlace.objects.values_list("bin__code", "is_pallet")) == [("A01-02-1", True)]
    assert "A01-03-1" not in page


@pytest.mark.parametrize(
    ("names", "facts", "refusal"),
    [
        ("A01-01-1 Z99", BinFacts(is_reserve=True), NoSuchBins),
        ("T-001", BinFacts(is_reserve=True), NoSuchBins),
        ("*", BinFacts(is_reserve=True), NoSuchBins),
        ("", BinFacts(is_reserve=True), NoSuchBins),
        ("A01-*", BinFacts(), NothingSaid),
        ("A01-*", BinFacts(aisle=1, bay=2, level=3), SameSpot),
    ],
)
def test_what_is_no_bin_or_no_word_changes_nothing(
    house: Warehouse, names: str, facts: BinFacts, refusal: type[Exception]
) -> None:
    before = fingerprint()
    with pytest.raises(refusal):
        described(house, names, facts)
    with pytest.raises(NotFound):
        describe_bins(warehouse_id=0, names="A01-01-1", facts=facts, actor=WORLD, at=NOON)
    assert fingerprint() == before


def test_the_page_says_what_is_wrong_and_is_for_leads(desk: Client, house: Warehouse) -> None:
    told = {"bins": "Z99", "use": "reserve", "aisle": "99999", "bay": "x"}
    answer = desk.post(PLACE, told)
    assert answer.status_code == 422
    assert "enter a whole number" in answer.content.decode()
    assert desk.post(PLACE, {"bins": "Z99", "use": "reserve"}).status_code == 422
    picker = Client()
    picker.force_login(a_person(house).user)
    assert picker.get(PLACE).status_code == 403


def test_a_page_asks_the_same_for_few_and_many(desk: Client) -> None:
    counts = []
    for words in ("A01-01-1", "A01"):
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"{PLACE}?q={words}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
