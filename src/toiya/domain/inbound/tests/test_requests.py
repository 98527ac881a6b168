"""Requests to bring in and take out: made, judged by the warehouse's rules, taken back, carried out."""

from __future__ import annotations

import pytest

from tests.centres_world import applied
from tests.inbound_world import a_request, rules_of
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.catalog.actions.stocking import stock_here
from toiya.domain.inbound.actions import requests as asking
from toiya.domain.inbound.actions.requests import Wanted, cancel_requests, make_requests
from toiya.domain.inbound.actions.taking_out import (
    NotInBin,
    PiecesDiffer,
    RequestOver,
    Taken,
    complete_taking_out,
    decline_taking_out,
)
from toiya.domain.inbound.judging import TooManyOpenPieces, TooManyPiecesAsked
from toiya.domain.inbound.models import InboundRequest
from toiya.domain.stock.actions.ledger import NotEnoughStock
from toiya.domain.stock.models import Balance, BinStock, Movement

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A111")
def test_a_request_keeps_what_was_asked_and_has_a_number() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    sku = a_sku(seller)
    wish = Wanted(sku.code, 80, house.pk, description=" 4901234567894 ")

    (made,) = make_requests(seller_id=seller.pk, wanted=[wish], actor=acting_for(seller), at=NOON)

    assert made.code.startswith("IO-")
    assert (made.kind, made.status, made.quantity, made.description) == ("in", "requested", 80, "4901234567894")
    assert (made.sku, made.warehouse, made.requested_at) == (sku, house, NOON)
    row = EventRow.objects.get(name="inbound.requested")
    assert row.subject == made.code
    assert row.data == {"sku": sku.code, "way": "in", "warehouse_id": house.pk, "quantity": 80}


def test_the_same_source_makes_one_request() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    wish = Wanted(a_sku(seller).code, 5, house.pk, source_key="api|1")
    for _ in range(2):
        (made,) = make_requests(seller_id=seller.pk, wanted=[wish], actor=acting_for(seller), at=NOON)
    assert InboundRequest.objects.get() == made


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
def test_a_quantity_out_of_range_makes_nothing(quantity: int) -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    good, bad = (Wanted(a_sku(seller, code).code, pieces, house.pk) for code, pieces in (("A", 1), ("B", quantity)))
    with pytest.raises(asking.PiecesOutOfRange):
        make_requests(seller_id=seller.pk, wanted=[good, bad], actor=acting_for(seller), at=NOON)
    assert not InboundRequest.objects.exists()


def test_another_sellers_sku_is_not_there() -> None:
    house, theirs = a_warehouse(), a_sku(a_seller("Kumo"))
    seller = a_seller()
    with pytest.raises(NotFound):
        make_requests(seller_id=seller.pk, wanted=[Wanted(theirs.code, 1, house.pk)], actor=acting_for(seller), at=NOON)


@pytest.mark.seed("A076", "A120")
def test_an_item_that_is_not_kept_here_is_refused_until_it_is_switched_on() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    sku = a_sku(seller)
    sku.item.is_stocked_here = False
    sku.item.save()
    with pytest.raises(asking.NotStockedHere) as refusal:
        a_request(sku, house)
    assert refusal.value.details == {"item": sku.item.code}

    for _ in range(2):
        stock_here(item_code=sku.item.code, actor=acting_for(seller), at=NOON)
    assert a_request(sku, house).quantity == 10
    assert EventRow.objects.filter(name="item.stocked_here").count() == 1


@pytest.mark.seed("A136", "A189", "L15")
def test_the_caps_of_the_warehouse_are_judged_when_somebody_asks() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    sku = a_sku(seller)
    rules_of(house, most_pieces_a_request=100, most_open_pieces=150)
    with pytest.raises(TooManyPiecesAsked) as over:
        a_request(sku, house, 101)
    assert over.value.details == {"warehouse": "Funabashi", "most": 100, "asked": 101}
    assert "agree on a bigger lot with the warehouse" in str(over.value)
    assert cancel_requests(request_codes=[a_request(sku, house, 1).code], actor=acting_for(seller), at=NOON)
    first = a_request(sku, house, 100)
    with pytest.raises(TooManyOpenPieces) as open_ones:
        a_request(sku, house, 51)
    assert open_ones.value.details == {"warehouse": "Funabashi", "most": 150, "asked": 151}
    cancel_requests(request_codes=[first.code], actor=acting_for(seller), at=NOON)
    assert a_request(sku, house, 51).quantity == 51


def test_one_sellers_open_pieces_do_not_count_for_another() -> None:
    house = a_warehouse()
    rules_of(house, most_open_pieces=100)
    for name in ("Hanataba", "Kumo"):
        a_request(a_sku(a_seller(name)), house, 100)
    assert InboundRequest.objects.count() == 2


def test_a_cancelled_request_stays_with_its_reason() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    request = a_request(a_sku(seller), house)
    for _ in range(2):
        cancel_requests(request_codes=[request.code], actor=acting_for(seller), at=NOON, reason="typed twice")
    request.refresh_from_db()
    assert (request.status, request.reason, request.ended_at) == ("cancelled", "typed twice", NOON)
    assert EventRow.objects.filter(name="inbound.request_cancelled").count() == 1


def test_pieces_are_taken_out_of_the_bins_that_were_named() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    sku = a_sku(seller)
    stock_of(sku, house, 6)
    stock_of(sku, house, 4, bin_code="A01-02-1")
    request = a_request(sku, house, 7, way="out")
    actor, code = WORLD, request.code

    with pytest.raises(PiecesDiffer):
        complete_taking_out(request_code=code, taken=[Taken("A01-01-1", 6)], actor=actor, at=NOON)
    with pytest.raises(NotInBin):
        complete_taking_out(request_code=code, taken=[Taken("A01-01-1", 7)], actor=actor, at=NOON)
    assert Movement.objects.filter(source=code).count() == 0

    taken = [Taken("A01-01-1", 6), Taken("A01-02-1", 1)]
    complete_taking_out(request_code=code, taken=taken, actor=actor, at=NOON)

    assert Balance.objects.get().on_hand == 3
    assert {row.bin.code: row.quantity for row in BinStock.objects.all()} == {"A01-01-1": 0, "A01-02-1": 3}
    moved = Movement.objects.filter(source=code).order_by("id").values_list("kind", "quantity")
    assert list(moved) == [(21, 6), (21, 1)]
    with pytest.raises(RequestOver):
        complete_taking_out(request_code=code, taken=taken, actor=actor, at=NOON)


def test_promised_pieces_stay() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    sku = a_sku(seller)
    stock_of(sku, house, 3)
    with pytest.raises(asking.FewerThere):
        a_request(sku, house, 4, way="out")
    request = a_request(sku, house, 3, way="out")
    judged(an_order(seller))
    with pytest.raises(NotEnoughStock):
        complete_taking_out(request_code=request.code, taken=[Taken("A01-01-1", 3)], actor=WORLD, at=NOON)
    assert Balance.objects.get().on_hand == 3


def test_the_office_declines_with_a_reason() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    sku = a_sku(seller)
    stock_of(sku, house, 3)
    request = a_request(sku, house, 3, way="out")
    decline_taking_out(request_code=request.code, reason="stock count under way", actor=WORLD, at=NOON)
    request.refresh_from_db()
    assert (request.status, request.reason) == ("cancelled", "stock count under way")
    assert Balance.objects.get().on_hand == 3
