"""Lots and use-by dates are switched on only while every piece has one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import fingerprint
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.stock.actions.tracking import StockWithoutExpiry, StockWithoutLots, track_sku

pytestmark = pytest.mark.django_db


def track(sku: Sku, *, lots: bool, expiry: bool) -> None:
    actor = acting_for(sku.seller)
    track_sku(sku_code=sku.code, tracks_lots=lots, tracks_expiry=expiry, tracks_serials=False, actor=actor, at=NOON)


@pytest.mark.parametrize(
    ("lots", "expiry", "kind"), [(True, False, StockWithoutLots), (False, True, StockWithoutExpiry)]
)
def test_stock_without_lots_or_dates_stops_it_and_nothing_changes(
    lots: bool, expiry: bool, kind: type[Refusal]
) -> None:
    sku = a_sku(a_seller())
    stock_of(sku, a_warehouse(), 3)
    before = fingerprint()
    with pytest.raises(kind, match="3 pieces"):
        track(sku, lots=lots, expiry=expiry)
    assert fingerprint() == before


def test_stock_with_lots_and_dates_or_none_lets_it_be_switched_on_and_off() -> None:
    sku, house = a_sku(a_seller()), a_warehouse()
    track(sku, lots=True, expiry=True)
    track(sku, lots=True, expiry=True)
    arrival = Arrival(sku.pk, house.bins.get(code="A01-01-1").pk, 2, lot="L1", expires_on=date(2027, 1, 1))
    receive_stock(
        seller_id=sku.seller_id, warehouse_id=house.pk, arrivals=[arrival], source="CB-1", actor=WORLD, at=NOON
    )
    track(sku, lots=False, expiry=False)
    track(sku, lots=True, expiry=True)
    sku.refresh_from_db()
    assert (sku.tracks_lots, sku.tracks_expiry) == (True, True)
    assert EventRow.objects.filter(name="sku.tracking_set").count() == 3
    stranger = acting_for(a_seller("Kumo"))
    with pytest.raises(NotFound):
        track_sku(
            sku_code=sku.code, tracks_lots=False, tracks_expiry=False, tracks_serials=True, actor=stranger, at=NOON
        )
