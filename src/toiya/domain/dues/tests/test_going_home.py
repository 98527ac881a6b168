"""Goods of a seller that does not pay go home when a person says so, and nothing else leaves."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import findings, fingerprint
from tests.dues_world import asked, on, steps_until
from tests.returns_world import HOME, removal_of
from tests.world import WORLD, a_seller, a_warehouse, acting_for, an_allocated_order, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.dues.actions.returning import confirm_return
from toiya.domain.dues.actions.standing import hold_new_orders
from toiya.domain.dues.models import ReturnPlan
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.returns.actions.ordering import RemovalWaitsForPayment
from toiya.domain.returns.actions.preparing import confirm_removal
from toiya.domain.returns.models import Removal

pytestmark = pytest.mark.django_db
SUSPENDED = on(2026, 11, 21)


@pytest.mark.seed("A071", "L22")
def test_goods_of_a_stopped_service_go_home_over_the_floor_and_nothing_else_does() -> None:
    seller, house = a_seller(), a_warehouse()
    bought = an_allocated_order(seller, house)
    sku = Sku.objects.get()
    stock_of(sku, house, 4)
    request = asked(seller)
    early = removal_of(seller, house, {sku.code: 1}).order
    assert early is not None
    steps_until(request, date(2026, 11, 21))
    with pytest.raises(NothingToRelease):
        release_wave(warehouse_id=house.pk, order_codes=[early.code], actor=WORLD, at=SUSPENDED)
    before = fingerprint()
    with pytest.raises(RemovalWaitsForPayment):
        removal_of(seller, house, {sku.code: 1}, actor=acting_for(seller))
    assert fingerprint() == before
    steps_until(request, date(2027, 1, 21))

    at = on(2027, 1, 23)
    confirm_return(code=ReturnPlan.objects.get().code, actor=WORLD, at=at)
    drawn_up = Removal.objects.get(status="prepared")
    confirm_removal(code=drawn_up.code, receiver=HOME, service_code="", actor=WORLD, at=at)
    assert hold_new_orders(seller_id=seller.pk, actor=WORLD, at=at) == 0
    going = Order.objects.get(removal=drawn_up)
    release = release_wave(warehouse_id=house.pk, order_codes=[bought.code, going.code], actor=WORLD, at=at)
    assert (release.released, release.left) == ((going.code,), {bought.code: "held"})
    assert findings("I06", "I07", "I41", "I42") == []
