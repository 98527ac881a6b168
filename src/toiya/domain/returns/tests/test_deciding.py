"""Returned pieces that were set aside: what their seller says is done, and nothing else."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.returns_world import announced, at_desk, graded, trio
from tests.world import NOON, WORLD, a_seller, acting_for
from toiya.core.errors import NotFound
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.returns.actions.deciding import (
    DecisionDone,
    Done,
    NeverSoldAgain,
    NotDecided,
    TrackingMissing,
    decide_aside,
    finish_aside,
)
from toiya.domain.returns.models import Aside
from toiya.domain.stock.actions.setting_aside import NoConsent
from toiya.domain.stock.models import Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("decision", "kind", "left"), [("restock", 9, 7), ("send_back", 63, 6), ("dispose", 10, 6)])
def test_pieces_set_aside_go_where_their_seller_says(
    decision: str, kind: int, left: int, warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    found = at_desk(order.code, warehouse)
    graded(found, tote, "B")
    aside = Aside.objects.get()
    assert (aside.status, trio(tote)) == ("waiting", (7, 1, 6))
    done = Done(warehouse.bins.get(code="A01-03-1"), "1234-5678")
    with pytest.raises(NotDecided):
        finish_aside(aside_id=aside.pk, done=done, actor=WORLD, at=NOON)

    owner = acting_for(order.seller)
    decide_aside(aside_id=aside.pk, decision=decision, consents=True, actor=owner, at=NOON)
    for _ in range(2):
        finish_aside(aside_id=aside.pk, done=done, actor=WORLD, at=NOON)
    aside.refresh_from_db()
    assert (aside.status, aside.decided_by, trio(tote)) == ("done", owner.name, (left, 0, left))
    assert list(Movement.objects.filter(source=found.code).order_by("pk").values_list("kind", flat=True)) == [62, kind]
    with pytest.raises(DecisionDone):
        decide_aside(aside_id=aside.pk, decision="send_back", actor=owner, at=NOON)
    assert findings() == []


@pytest.mark.seed("A193")
def test_damage_is_never_sold_again_and_nothing_is_thrown_away_unasked(
    seller: Seller, warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    found, owner = at_desk(order.code, warehouse), acting_for(seller)
    graded(found, tote, "D")
    aside = Aside.objects.get()
    with pytest.raises(NeverSoldAgain):
        decide_aside(aside_id=aside.pk, decision="restock", actor=owner, at=NOON)
    with pytest.raises(NoConsent):
        decide_aside(aside_id=aside.pk, decision="dispose", actor=owner, at=NOON)
    with pytest.raises(NotFound):
        decide_aside(aside_id=aside.pk, decision="send_back", actor=acting_for(a_seller("Kumo")), at=NOON)
    decide_aside(aside_id=aside.pk, decision="send_back", actor=owner, at=NOON)
    with pytest.raises(TrackingMissing):
        finish_aside(aside_id=aside.pk, done=Done(), actor=WORLD, at=NOON)
    assert trio(tote) == (7, 1, 6)
    assert findings() == []


@pytest.mark.parametrize(("wish", "status"), [("ask", "waiting"), ("send_back", "decided"), ("dispose", "decided")])
def test_the_wish_of_the_announcement_decides_at_once(
    wish: str, status: str, warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    found = announced(order, {tote.code: 1}, wish=wish, consents=True)
    at_desk(found.code, warehouse)
    graded(found, tote, "C")
    assert Aside.objects.get().status == status
    assert findings() == []


def test_opened_pieces_are_sold_again_where_their_seller_wishes_so(
    warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    found = announced(order, {tote.code: 2}, wish="restock")
    at_desk(found.code, warehouse)
    graded(found, tote, "B")
    tote.tracks_expiry = True
    tote.save()
    graded(found, tote, "A")  # nobody knows its use-by day any more
    assert (trio(tote), Aside.objects.get().grading.bin.kind) == ((8, 1, 7), "quarantine")
