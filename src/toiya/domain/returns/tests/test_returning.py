"""Returns from buyers: announced or found at the door, judged piece by piece, decided by their seller."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.floor_world import in_bin
from tests.returns_world import a_scan, announced, at_desk, graded, parcel_of, trio
from tests.world import NOON, WORLD, a_seller, a_warehouse, acting_for, an_order
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.core.states import NoSuchStep
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.returns.actions.announcing import (
    MoreThanLeft,
    NothingComesBack,
    ReturnChoiceUnknown,
    cancel_return,
)
from toiya.domain.returns.actions.arriving import (
    AtTheDoor,
    DoorParcelSettled,
    ReturnUnknown,
    note_unknown,
    place_parcel,
    refuse_collect,
)
from toiya.domain.returns.actions.grading import (
    GradedPiecesOff,
    GradeUnknown,
    Judged,
    MoreCameThanLeft,
    NotAtTheDesk,
    PhotoMissing,
    ShelfMissing,
    close_return,
    grade_pieces,
)
from toiya.domain.returns.models import DoorParcel, Grading, Return
from toiya.domain.stock.actions.goods import BinElsewhere
from toiya.domain.stock.actions.setting_aside import NoConsent
from toiya.domain.stock.actions.spots import BinOfOrders
from toiya.domain.stock.models import Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.mark.seed("L27", "A193")
def test_an_announced_return_is_judged_by_grade_and_each_piece_goes_its_way(
    seller: Seller, warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    found = announced(order, {tote.code: 3}, actor=acting_for(seller), tracking_number="5555-0000-1234")
    assert (found.status, found.is_announced, trio(tote)) == ("announced", True, (6, 0, 6))

    here = at_desk("555500001234", warehouse)
    assert (here.pk, here.status) == (found.pk, "arrived")
    for _ in range(2):
        graded(found, tote, "A", scan_id="sent-twice-1")
    opened, damaged = graded(found, tote, "B"), graded(found, tote, "C")
    assert (in_bin(warehouse, "A01-02-1"), opened.bin.kind, damaged.bin.kind) == (1, "quarantine", "damaged")
    assert trio(tote) == (9, 2, 7)

    done = close_return(code=found.code, actor=WORLD, at=NOON)
    assert (done.status, done.lines.get().came, done.lines.get().missing) == ("done", 3, 0)
    kinds = Movement.objects.filter(source=found.code).order_by("pk").values_list("kind", "quantity")
    assert list(kinds) == [(61, 1), (62, 1), (62, 1)]
    told = EventRow.objects.filter(subject=found.code).order_by("id").values_list("name", flat=True)
    assert list(told) == ["return.announced", "return.arrived", *["return.graded"] * 3, "return.closed"]
    assert findings() == []


@pytest.mark.seed("L27")
def test_one_that_nobody_announced_is_found_by_its_old_label(warehouse: Warehouse, tote: Sku, order: Order) -> None:
    parcel = parcel_of(order)
    number = parcel.label.tracking_number if parcel.label else ""
    first = at_desk(number, warehouse)
    assert (first.order_id, first.is_announced, first.status) == (order.pk, False, "arrived")
    assert {at_desk(scan, warehouse).pk for scan in (number, parcel.code, order.code, first.code)} == {first.pk}

    graded(first, tote, "A", 4)
    close_return(code=first.code, actor=WORLD, at=NOON)
    assert at_desk(order.code, warehouse).pk == first.pk
    assert (Return.objects.count(), trio(tote)) == (1, (10, 0, 10))
    assert findings() == []


def test_no_more_comes_back_than_left(seller: Seller, warehouse: Warehouse, tote: Sku, order: Order) -> None:
    found = announced(order, {tote.code: 3})
    with pytest.raises(MoreThanLeft):
        announced(order, {tote.code: 2})
    assert announced(order, {tote.code: 1}, tracking_number="9").pk != found.pk
    assert announced(order, {tote.code: 1}, tracking_number="9").tracking_number == "9"
    at_desk(found.code, warehouse)
    graded(found, tote, "A", 4)  # the desk takes what came, up to what left
    with pytest.raises(MoreCameThanLeft):
        graded(found, tote, "A", 1)
    assert trio(tote) == (10, 0, 10)


@pytest.mark.parametrize(
    ("pieces", "more", "refusal"),
    [
        ({}, {}, NothingComesBack),
        ({"": 1}, {}, MoreThanLeft),
        ({"LT": 5}, {}, MoreThanLeft),
        ({"LT": 1}, {"wish": "burn"}, ReturnChoiceUnknown),
        ({"LT": 1}, {"reason": "?"}, ReturnChoiceUnknown),
        ({"LT": 1}, {"wish": "dispose"}, NoConsent),
    ],
)
def test_an_announcement_that_cannot_be_is_refused_and_changes_nothing(
    pieces: dict[str, int], more: dict[str, str], refusal: type[Refusal], tote: Sku, order: Order
) -> None:
    named = {code.replace("LT", tote.code): quantity for code, quantity in pieces.items()}
    with pytest.raises(refusal):
        announced(order, named, **more)
    assert Return.objects.count() == 0


def test_only_an_order_that_left_comes_back_and_only_its_seller_announces_it(
    seller: Seller, tote: Sku, order: Order
) -> None:
    waiting, stranger = an_order(seller), acting_for(a_seller("Kumo"))
    with pytest.raises(NotFound):
        announced(waiting, {tote.code: 1})
    with pytest.raises(NotFound):
        announced(order, {tote.code: 1}, actor=stranger)
    found = announced(order, {tote.code: 1})
    with pytest.raises(NotFound):
        cancel_return(code=found.code, actor=stranger, at=NOON)


def test_a_cancelled_return_frees_its_pieces_for_another_one(warehouse: Warehouse, tote: Sku, order: Order) -> None:
    found = announced(order, {tote.code: 4})
    for _ in range(2):
        assert cancel_return(code=found.code, actor=WORLD, at=NOON).status == "cancelled"
    again = announced(order, {tote.code: 4})
    at_desk(again.code, warehouse)
    with pytest.raises(NoSuchStep):
        cancel_return(code=again.code, actor=WORLD, at=NOON)
    assert findings() == []


@pytest.mark.parametrize(
    ("grade", "quantity", "bin_code", "refusal"),
    [
        ("E", 1, "A01-01-1", GradeUnknown),
        ("A", 0, "A01-01-1", GradedPiecesOff),
        ("A", 5, "A01-01-1", MoreCameThanLeft),
        ("C", 1, "A01-01-1", PhotoMissing),
        ("D", 1, "A01-01-1", PhotoMissing),
        ("A", 1, "", ShelfMissing),
        ("A", 1, "T-001", BinOfOrders),
    ],
)
def test_what_cannot_be_judged_is_refused_and_changes_nothing(
    grade: str, quantity: int, bin_code: str, refusal: type[Refusal], tote: Sku, order: Order
) -> None:
    warehouse = Warehouse.objects.get()
    found = at_desk(order.code, warehouse)
    place = warehouse.bins.get(code=bin_code) if bin_code else None
    judged = Judged(tote.pk, grade, quantity, a_scan(), place=place)
    with pytest.raises(refusal):
        grade_pieces(code=found.code, judged=judged, actor=WORLD, at=NOON)
    assert (Grading.objects.count(), trio(tote)) == (0, (6, 0, 6))


def test_a_shelf_of_another_building_or_a_return_that_is_not_here_is_refused(
    warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    found, osaka = announced(order, {tote.code: 1}), a_warehouse("OSK", "Osaka")
    judged = Judged(tote.pk, "A", 1, a_scan(), place=osaka.bins.get(code="A01-01-1"))
    with pytest.raises(NotAtTheDesk):
        grade_pieces(code=found.code, judged=judged, actor=WORLD, at=NOON)
    with pytest.raises(NotAtTheDesk):
        close_return(code=found.code, actor=WORLD, at=NOON)
    at_desk(found.code, warehouse)
    with pytest.raises(BinElsewhere):
        grade_pieces(code=found.code, judged=judged, actor=WORLD, at=NOON)


@pytest.mark.seed("A193")
def test_freight_collect_is_refused_and_written_down_once(warehouse: Warehouse, tote: Sku, order: Order) -> None:
    found = announced(order, {tote.code: 1}, tracking_number="777")
    came = AtTheDoor("777", "door-scan-1", "driver wanted 900 yen")
    noted = {refuse_collect(warehouse_id=warehouse.pk, came=came, actor=WORLD, at=NOON).pk for _ in range(2)}
    found.refresh_from_db()
    row = DoorParcel.objects.get()
    assert (noted, row.status, row.seller_id, found.status) == ({row.pk}, "refused", order.seller_id, "refused")
    assert at_desk("777", warehouse).status == "arrived"  # sent once more, prepaid
    assert trio(tote) == (6, 0, 6)
    assert findings() == []


@pytest.mark.seed("L27")
def test_what_nobody_knows_waits_until_a_person_finds_its_seller(
    seller: Seller, warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    with pytest.raises(ReturnUnknown):
        at_desk("no such number", warehouse)
    first, second = (
        note_unknown(warehouse_id=warehouse.pk, came=AtTheDoor("?", f"door-{n}"), actor=WORLD, at=NOON) for n in "12"
    )
    made = place_parcel(code=first.code, order_code=order.code, seller_code="", actor=WORLD, at=NOON)
    assert (made.order_id, made.status) == (order.pk, "arrived")
    with pytest.raises(DoorParcelSettled):
        place_parcel(code=first.code, order_code=order.code, seller_code="", actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        place_parcel(code=second.code, order_code="", seller_code="", actor=WORLD, at=NOON)

    loose = place_parcel(code=second.code, order_code="", seller_code=seller.code, actor=WORLD, at=NOON)
    graded(loose, tote, "A", 7)  # nobody knows how many left: what came is taken
    assert (loose.order, trio(tote)) == (None, (13, 0, 13))
    assert findings() == []
