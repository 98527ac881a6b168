"""Goods of a seller that does not pay go home when a person says so, and nothing else leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.books import findings, fingerprint
from tests.dues_world import asked, on, steps_until
from tests.floor_world import a_person, a_service, packed, released, walked
from tests.returns_world import (
    HOME,
    a_shipped_order,
    announced,
    at_desk,
    disposal_of,
    graded,
    removal_of,
    thrown_away,
    trio,
)
from tests.world import (
    WORLD,
    a_seller,
    a_sku,
    a_warehouse,
    acting_for,
    an_allocated_order,
    an_order,
    judged,
    money_in,
    stock_of,
)
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.dues.actions.returning import confirm_return
from toiya.domain.dues.actions.standing import hold_new_orders
from toiya.domain.dues.goods import goods_of
from toiya.domain.dues.models import ReturnPlan
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.returns.actions.ordering import RemovalWaitsForPayment
from toiya.domain.returns.actions.preparing import confirm_removal
from toiya.domain.returns.models import Aside, Removal

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
    assert (release.released, release.left) == ((going.code,), {bought.code: "not_ready"})
    assert findings("I06", "I07", "I41", "I42") == []


@pytest.mark.seed("L22")
def test_all_goods_are_listed_with_what_they_wait_for_and_one_press_takes_them_home() -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_sku(seller)
    stock_of(sku, house, 9)
    money_in(seller, 10_000)
    returned = announced(a_shipped_order(seller, house, {"LT-NVM": 2}), {sku.code: 2})
    at_desk(returned.code, house)
    graded(returned, sku, "C")
    (bought,) = judged(an_order(seller, {"LT-NVM": 2}))
    waits = an_order(seller, {"LT-NVM": 50})
    early = removal_of(seller, house, {sku.code: 1})
    disposal = disposal_of(seller, house, {sku.code: 1})
    steps_until(asked(seller), date(2027, 1, 21))
    plan = ReturnPlan.objects.get()

    (lying,) = goods_of(seller.pk)
    assert (lying.warehouse, lying.sku, lying.on_hand) == (house, sku, 8)
    assert sorted(lying.parts) == [
        ("aside", returned.code, 1),
        ("disposal", disposal.code, 1),
        ("free", "", 3),
        ("order", bought.code, 2),
        ("removal", early.code, 1),
    ]
    at = on(2027, 1, 23)
    near = replace(WORLD, warehouse_id=a_warehouse("HKT").pk)  # who confirms may belong to another building
    confirm_return(code=plan.code, actor=near, at=at)
    assert set(Order.objects.filter(pk__in=[bought.pk, waits.pk]).values_list("status", flat=True)) == {"cancelled"}
    assert set(Removal.objects.exclude(status="prepared").values_list("status", flat=True)) == {"cancelled"}
    drawn_up = Removal.objects.get(status="prepared")
    assert [(line.sku, line.quantity) for line in drawn_up.lines.all()] == [(sku, 7)]
    assert Aside.objects.get().decision == "send_back"
    assert goods_of(seller.pk)[0].parts == (("aside", returned.code, 1), ("free", "", 7))

    confirm_removal(code=drawn_up.code, receiver=HOME, service_code="", actor=WORLD, at=at)
    assert trio(sku) == (8, 1, 0), "nothing is left free, and nothing was thrown away"
    assert findings() == []


def test_what_the_floor_has_begun_goes_on_when_a_return_is_confirmed() -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_sku(seller)
    stock_of(sku, house, 9)
    begun = disposal_of(seller, house, {sku.code: 2})
    thrown_away(begun, 1)
    picked = removal_of(seller, house, {sku.code: 1}).order
    assert picked is not None
    released(house, picked)
    (bought,) = judged(an_order(seller, {"LT-NVM": 2}))
    picker = a_person(house)
    walked(released(house, bought).pick_lists[0].code, picker)
    packed("T-001", picker, a_service())
    steps_until(asked(seller), date(2027, 1, 21))

    plan = ReturnPlan.objects.get()
    confirm_return(code=plan.code, actor=WORLD, at=on(2027, 1, 23))
    bought.refresh_from_db()
    begun.refresh_from_db()
    assert (bought.status, begun.status) == ("packing", "ordered"), "its parcel is sealed, and some pieces are gone"
    assert [line.quantity for line in Removal.objects.get(status="prepared").lines.all()] == [4]
    picked.refresh_from_db()
    assert (picked.status, picked.holds.filter(lifted_at=None).count()) == ("picking", 0), "it goes home by itself"
    told = EventRow.objects.get(name="return_plan.confirmed").data
    assert (told["orders"], told["removals"]) == ([], [])
