"""An order divided by a person, or once by its seller's rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.floor_world import on_the_floor
from tests.split_world import sends_what_is_there, split, things, verify_finds
from tests.world import (
    NOON,
    WORLD,
    a_seller,
    a_sku,
    a_warehouse,
    acting_for,
    an_order,
    held,
    judged,
    stock_of,
)
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.allocation.actions.reserving import reserve_ship_day
from toiya.domain.orders.models import Address, Hold, LineOrigin, Order, SplitOff
from toiya.domain.outbound.actions.splitting import NothingToSplit, StaysTogether, send_what_is_there, split_order
from toiya.domain.outbound.jobs import split_waiting
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db


def test_pieces_of_a_promised_order_become_an_order_of_their_own() -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_sku(seller)
    stock_of(sku, house, 3)
    order = judged(an_order(seller, {"LT-NVM": 3}, external_id="C1"))[0]

    stays, part = split(order, 1)

    assert (things(stays), things(part)) == ([("C1-1", 2)], [("C1-1", 1)])
    assert (stays.status, part.status) == ("allocated", "allocated")
    assert (stays.total_minor, part.total_minor) == (2400, 1200)
    assert (part.external_id, part.placed_at, part.paid_at) == ("C1+2", order.placed_at, order.paid_at)
    assert Address.objects.get(order=part).name == Address.objects.get(order=order).name
    assert Balance.objects.get(sku=sku).allocated == 3
    assert set(LineOrigin.objects.values_list("order_id", "bought", "is_divided")) == {(order.pk, 3, True)}
    told = EventRow.objects.get(name="order.split")
    assert (told.subject, told.data) == (order.code, {"part": part.code, "things": 1, "is_automatic": False})
    assert verify_finds() == []


def test_whole_lines_move_with_their_sku_their_wishes_and_their_holds() -> None:
    seller, house = a_seller(), a_warehouse()
    tote, cup = a_sku(seller), a_sku(seller, "CUP", "Cup", "white")
    stock_of(tote, house, 2)
    order = judged(an_order(seller, {"LT-NVM": 2, "CUP": 1}, external_id="C2"))[0]
    day = (NOON + timedelta(days=3)).date()
    reserve_ship_day(order_code=order.code, day=day, actor=acting_for(seller), at=NOON)
    held(order, "seller_waits")

    stays, part = split(order, 0, 1)

    assert (things(stays), things(part)) == ([("C2-1", 2)], [("C2-2", 1)])
    assert (stays.status, part.status, part.waiting_reason) == ("allocated", "waiting", "not_enough_stock")
    assert part.lines.get().sku_id == cup.pk
    assert part.ship_day.day == day
    assert Hold.objects.filter(order=part, code="seller_waits", lifted_at=None).count() == 1
    assert not LineOrigin.objects.get().is_divided
    assert verify_finds() == []


def test_a_part_of_a_part_still_sums_up() -> None:
    seller, _ = a_seller(), a_warehouse()
    a_sku(seller)
    order = judged(an_order(seller, {"LT-NVM": 5}, external_id="C3"))[0]
    stays, part = split(order, 3)
    part, third = split(part, 1)
    assert [things(each)[0][1] for each in (stays, part, third)] == [2, 2, 1]
    assert [each.total_minor for each in (stays, part, third)] == [2400, 2400, 1200]
    assert third.external_id == "C3+3"
    assert verify_finds() == []


@pytest.mark.parametrize("takes", [(0,), (2,), (3,), (-1,)])
def test_a_part_takes_something_and_leaves_something(takes: tuple[int, ...]) -> None:
    seller, _ = a_seller(), a_warehouse()
    a_sku(seller)
    order = an_order(seller, {"LT-NVM": 2})
    with pytest.raises(NothingToSplit):
        split(order, *takes)
    assert Order.objects.count() == 1
    assert things(order)[0][1] == 2


def test_what_the_floor_has_stays_together() -> None:
    seller, house = a_seller(), a_warehouse()
    stock_of(a_sku(seller), house, 2)
    _, (order,) = on_the_floor(seller, house, {"LT-NVM": 2})
    with pytest.raises(StaysTogether):
        split(order, 1)
    assert not SplitOff.objects.exists()


def test_nobody_splits_the_order_of_another_seller() -> None:
    seller, other, _ = a_seller(), a_seller("Kumo"), a_warehouse()
    a_sku(seller)
    order = an_order(seller, {"LT-NVM": 2})
    with pytest.raises(NotFound):
        split_order(order_code=order.code, takes={order.lines.get().pk: 1}, actor=acting_for(other), at=NOON)


@pytest.mark.seed("L30")
def test_by_the_sellers_rule_what_is_there_goes_and_the_rest_follows() -> None:
    seller, house = a_seller(), a_warehouse()
    tote, cup = a_sku(seller), a_sku(seller, "CUP", "Cup", "white")
    stock_of(tote, house, 3)
    order = judged(an_order(seller, {"LT-NVM": 4, "CUP": 1}, external_id="C4"))[0]
    split_waiting(seller.pk)
    assert Order.objects.get(pk=order.pk).status == "waiting"  # all or none, unless the seller says else

    sends_what_is_there(seller)
    split_waiting(seller.pk)
    split_waiting(seller.pk)

    stays, rest = Order.objects.order_by("pk")
    assert (things(stays), stays.status) == ([("C4-1", 3)], "allocated")
    assert (things(rest), rest.status, rest.waiting_reason) == (
        [("C4-2", 1), ("C4-1", 1)],
        "waiting",
        "not_enough_stock",
    )
    assert rest.split_off.is_automatic
    stock_of(cup, house, 1)
    split_waiting(seller.pk)
    assert Order.objects.count() == 2  # once per order: the rest goes whole
    stock_of(tote, house, 1)
    assert judged(rest)[0].status == "allocated"
    assert verify_finds() == []


@pytest.mark.seed("L30")
def test_the_rule_leaves_held_orders_those_for_a_day_and_those_with_nothing_there() -> None:
    seller, house = a_seller(), a_warehouse()
    stock_of(a_sku(seller), house, 1)
    a_sku(seller, "CUP", "Cup", "white")
    sends_what_is_there(seller)
    orders = judged(*[an_order(seller, {"LT-NVM": 1, "CUP": 1}) for _ in range(2)], an_order(seller, {"CUP": 2}))
    held(orders[0], "seller_waits")
    day = (NOON + timedelta(days=3)).date()
    reserve_ship_day(order_code=orders[1].code, day=day, actor=acting_for(seller), at=NOON)
    assert [send_what_is_there(order_id=order.pk, actor=WORLD, at=NOON) for order in orders] == [None, None, None]


@pytest.mark.seed("L30")
def test_who_can_go_whole_is_served_before_anything_is_divided() -> None:
    seller, house = a_seller(), a_warehouse()
    tote = a_sku(seller)
    short = judged(an_order(seller, {"LT-NVM": 2}), at=NOON)[0]
    whole = an_order(seller, {"LT-NVM": 1}, at=NOON + timedelta(minutes=1))
    stock_of(tote, house, 1)
    sends_what_is_there(seller)
    split_waiting(seller.pk)
    assert Order.objects.get(pk=whole.pk).status == "allocated"
    assert Order.objects.get(pk=short.pk).status == "waiting"
    assert not SplitOff.objects.exists()
