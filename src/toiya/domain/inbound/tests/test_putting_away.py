"""From the dock to a bin: what is proposed, what is booked, and what stays for orders."""

from __future__ import annotations

from datetime import date

import pytest

from tests.floor_world import a_coded_sku
from tests.receiving_world import a_delivery, arrived, carried, counted, lying
from tests.world import a_seller, a_warehouse, an_order, judged, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound import putting_away as reading
from toiya.domain.inbound.actions.putting_away import BinFull, NotAStorageBin, NotAtTheDock
from toiya.domain.inbound.models import Putaway
from toiya.domain.inbound.receiving_rules import (
    Counted,
    Found,
    Goods,
    Kind,
    Place,
    Proposal,
    Read,
    differences,
    leaves_from_dock,
    look_alike,
    propose_bin,
    read_label,
)
from toiya.domain.members.models import Seller
from toiya.domain.stock.actions.goods import QuantityNotPositive
from toiya.domain.warehouses.models import Bin, Warehouse


@pytest.mark.parametrize(
    ("scan", "read"),
    [
        ("LT-NVM", Read("LT-NVM")),
        ("(01)04901234567894(10)A7(17)271231", Read("4901234567894", "A7", date(2027, 12, 31), is_gs1=True)),
        ("010490123456789417271200" + "10A7", Read("4901234567894", "A7", date(2027, 12, 31), is_gs1=True)),
        ("010490123456789410A7\x1d17280229", Read("4901234567894", "A7", date(2028, 2, 29), is_gs1=True)),
        ("011490123456789515280101", Read("14901234567895", "", date(2028, 1, 1), is_gs1=True)),
        ("(01)04901234567894(17)271332", Read("4901234567894", "", None, is_gs1=True)),
        ("(10)A7", Read("(10)A7")),
        ("0104", Read("0104")),
        ("4901234567894", Read("4901234567894")),
    ],
)
def test_a_label_says_article_lot_and_last_day(scan: str, read: Read) -> None:
    assert read_label(scan) == read


def test_differences_of_a_delivery() -> None:
    lines = [Counted(1, 10, 8, 1), Counted(2, 3, 3, 0), Counted(3, 3, 4, 0), Counted(4, 0, 2, 0), Counted(5, 0, 0, 0)]
    assert differences(lines, {"X": 2}) == [
        Found(Kind.FEWER, 1, 1),
        Found(Kind.DAMAGED, 1, 1),
        Found(Kind.MORE, 1, 3),
        Found(Kind.UNANNOUNCED, 2, 4),
        Found(Kind.UNKNOWN, 2, scanned="X"),
    ]


@pytest.mark.seed("L18")
@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (Goods(1, 1, "Linen tote", "navy M"), Goods(2, 1, "Linen tote", "navy L"), True),
        (Goods(1, 1, "Ｌｉｎｅｎ tote", "navy"), Goods(2, 2, "linen  TOTE", "navy"), True),
        (Goods(1, 1, "Linen tote", "navy M"), Goods(2, 2, "Coffee mug", "white"), False),
        (Goods(1, 1, "Tea", "", ("4901234567894",)), Goods(2, 2, "Mug", "", ("4901234567887",)), True),
        (Goods(1, 1, "Tea", "", ("4901234567894",)), Goods(2, 2, "Mug", "", ("4909876543210",)), False),
        (Goods(1, 1, "Tea"), Goods(1, 1, "Tea"), False),
    ],
)
def test_what_a_hand_takes_for_another_looks_alike(one: Goods, other: Goods, alike: bool) -> None:
    assert look_alike(one, other) is alike
    assert look_alike(other, one) is alike


TOTE = Goods(1, 10, "Linen tote", "navy M")
OTHERS = {2: Goods(2, 10, "Linen tote", "navy L"), 3: Goods(3, 11, "Coffee mug"), 4: Goods(4, 10, "Strap, 90 cm")}


def a_place(number: int, lying: dict[int, int] | None = None, *, holds: int | None = None, zone: str = "A") -> Place:
    pieces = lying or {}
    return Place(number, f"A-{number}", zone, number, holds, pieces, frozenset((sku, "") for sku in pieces))


@pytest.mark.seed("L18")
@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        ([a_place(1), a_place(2, {1: 3})], Proposal(2, "A-2", 5)),  # where it lies already
        ([a_place(1), a_place(2, {4: 3}, zone="B"), a_place(3, zone="B")], Proposal(3, "A-3", 5)),  # the item's zone
        ([a_place(1, {2: 3}), a_place(2)], Proposal(2, "A-2", 5)),  # not beside a look-alike
        ([a_place(1, {3: 9}), a_place(2)], Proposal(2, "A-2", 5)),  # an empty bin before a shared one
        ([a_place(1, {3: 9}, holds=10), a_place(2, holds=4)], Proposal(2, "A-2", 4)),  # a part, when all fits nowhere
        ([a_place(1, {3: 9}, holds=9), a_place(2, {2: 1})], None),  # full, or look-alikes
        ([a_place(2), a_place(1)], Proposal(1, "A-1", 5)),  # the walk
    ],
)
def test_a_bin_is_proposed(places: list[Place], wanted: Proposal | None) -> None:
    assert propose_bin(TOTE, "", 5, places, OTHERS) == wanted


def test_what_orders_were_promised_and_lies_nowhere_else_stays_at_the_dock() -> None:
    assert [leaves_from_dock(5, 3, 0), leaves_from_dock(5, 3, 2), leaves_from_dock(5, 9, 0)] == [3, 1, 5]
    assert leaves_from_dock(5, 2, 4) == 0


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


@pytest.fixture
def house(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def tote(seller: Seller, house: Warehouse) -> Sku:
    """Ten pieces of it stand at the dock."""
    sku = a_coded_sku(seller, "TOTE")
    counted(arrived(a_delivery(seller, house, {sku: 10})), sku, 10)
    return sku


def test_pieces_are_carried_to_any_storage_bin_and_the_same_walk_counts_once(tote: Sku, house: Warehouse) -> None:
    first = carried(tote, house, 6, "A01-02-1", scan_id="walk-once")
    again = carried(tote, house, 6, "A01-02-1", scan_id="walk-once")
    assert (first.is_repeat, again.is_repeat, again.bin_code) == (False, True, "A01-02-1")
    assert lying(tote) == {"A01-02-1": 6, "DOCK-1": 4}
    assert Putaway.objects.get().quantity == 6


def test_what_is_no_storage_bin_takes_nothing(tote: Sku, house: Warehouse) -> None:
    for scan in ("T-001", "DOCK-1", "NOWHERE", ""):
        with pytest.raises(NotAStorageBin):
            carried(tote, house, 1, scan)
    assert lying(tote) == {"DOCK-1": 10}


def test_no_more_than_stands_there_and_no_less_than_one(tote: Sku, house: Warehouse) -> None:
    with pytest.raises(NotAtTheDock):
        carried(tote, house, 11, "A01-01-1")
    with pytest.raises(QuantityNotPositive):
        carried(tote, house, 0, "A01-01-1")
    with pytest.raises(NotAtTheDock):
        carried(tote, house, 1, "A01-01-1", lot="L1")
    assert lying(tote) == {"DOCK-1": 10}


def test_a_bin_takes_no_more_than_it_holds(tote: Sku, house: Warehouse) -> None:
    Bin.objects.filter(code="A01-01-1").update(holds_pieces=4)
    with pytest.raises(BinFull):
        carried(tote, house, 5, "A01-01-1")
    carried(tote, house, 4, "A01-01-1")
    assert lying(tote) == {"A01-01-1": 4, "DOCK-1": 6}


@pytest.mark.seed("L18")
def test_a_look_alike_in_the_bin_is_told_of(tote: Sku, house: Warehouse, seller: Seller) -> None:
    twin = a_coded_sku(seller, "TOTF")
    stock_of(twin, house, 1, bin_code="A01-03-1")
    assert carried(tote, house, 1, "A01-03-1").alike == (twin.code,)


@pytest.mark.seed("L17")
def test_pieces_that_orders_wait_for_stay_at_the_dock(tote: Sku, house: Warehouse, seller: Seller) -> None:
    judged(an_order(seller, {"TOTE": 3}))
    (row,) = reading.at_dock(house.pk)
    assert (row.straight, row.free) == (3, 7)
    with pytest.raises(NotAtTheDock):
        carried(tote, house, 8, "A01-01-1")
    carried(tote, house, 7, "A01-01-1")
    assert reading.at_dock(house.pk)[0].free == 3  # seven in the bin serve the order as well


@pytest.mark.seed("A054")
def test_the_proposal_follows_what_lies_in_the_building(tote: Sku, house: Warehouse) -> None:
    (row,) = reading.at_dock(house.pk)
    assert reading.proposal(row.stock, 10) == Proposal(house.bins.get(code="A01-01-1").pk, "A01-01-1", 10)
    carried(tote, house, 1, "A01-05-1")
    (row,) = reading.at_dock(house.pk)
    assert reading.proposal(row.stock, 9) == Proposal(house.bins.get(code="A01-05-1").pk, "A01-05-1", 9)
