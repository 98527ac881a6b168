"""Letters about returns and removals: each once, with grades, decisions and numbers, to those who may act."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.floor_world import a_person
from tests.returns_world import a_shipped_order, announced, at_desk, graded, parcel_of, removal_of, sent_out
from tests.world import NOON, WORLD, a_member, a_seller, a_sku, a_warehouse, acting_for, money_in, stock_of
from toiya.domain.notifications.actions.telling_returns import (
    tell_of_arrival,
    tell_of_decision,
    tell_of_inspection,
    tell_of_removal,
    tell_of_sending,
)
from toiya.domain.notifications.models import Message
from toiya.domain.notifications.queries import removals_that_left
from toiya.domain.notifications.rendering import written
from toiya.domain.orders.models import Order
from toiya.domain.returns.actions.deciding import Done, decide_aside, finish_aside
from toiya.domain.returns.actions.grading import close_return
from toiya.domain.returns.models import Aside

pytestmark = pytest.mark.django_db


def text_of(kind: str) -> str:
    made = written(Message.objects.get(kind=kind), "")
    return f"{made.subject}\n{made.text}"


@pytest.mark.seed("L27")
def test_a_return_is_told_when_it_comes_when_it_is_inspected_and_when_it_is_decided() -> None:
    seller, house = a_seller(), a_warehouse()
    owner, _clerk = a_member(seller), a_member(seller, "clerk")
    owner.language = "en"
    owner.save()
    money_in(seller, 10_000)
    sku = a_sku(seller)
    stock_of(sku, house, 5)
    order = a_shipped_order(seller, house, {"LT-NVM": 3})
    found = at_desk(announced(order, {sku.code: 3}).code, house)
    for _ in range(2):
        tell_of_arrival(return_id=found.pk, actor=WORLD, at=NOON)
    graded(found, sku, "A")
    graded(found, sku, "C")
    close_return(code=found.code, actor=WORLD, at=NOON)
    for _ in range(2):
        tell_of_inspection(return_id=found.pk, actor=WORLD, at=NOON)
    aside = Aside.objects.get()
    tell_of_decision(aside_id=aside.pk, actor=WORLD, at=NOON)
    assert not Message.objects.filter(kind="return_decided").exists(), "nobody decided yet"
    decide_aside(aside_id=aside.pk, decision="send_back", actor=acting_for(seller), at=NOON)
    for _ in range(2):
        tell_of_decision(aside_id=aside.pk, actor=WORLD, at=NOON)
    finish_aside(aside_id=aside.pk, done=Done(tracking_number="4444-5"), actor=WORLD, at=NOON)
    for _ in range(2):
        tell_of_sending(aside_id=aside.pk, actor=WORLD, at=NOON)

    assert [(each.kind, each.recipient) for each in Message.objects.order_by("pk")] == [
        ("return_arrived", owner.email),
        ("return_inspected", owner.email),
        ("return_decided", owner.email),
        ("return_sent", owner.email),
    ]
    assert "4444-5" in text_of("return_sent")
    assert order.code in text_of("return_arrived")
    inspected = text_of("return_inspected")
    said = (": A × 1", ": C × 1", "1 pieces were announced and did not come", "1 pieces are set aside and wait for you")
    assert [words in inspected for words in said] == [True] * 4
    assert "They are sent to you" in text_of("return_decided")
    assert f"/returns/{found.code}/" in text_of("return_decided")


@pytest.mark.seed("L26")
def test_a_removal_that_left_is_told_once_with_its_number() -> None:
    seller, house = a_seller(), a_warehouse()
    a_member(seller)
    money_in(seller, 10_000)
    sku = a_sku(seller)
    stock_of(sku, house, 5)
    removal = removal_of(seller, house, {sku.code: 2})
    tell_of_removal(removal_id=removal.pk, actor=WORLD, at=NOON)
    assert (removals_that_left(NOON), Message.objects.count()) == ([], 0)
    order = sent_out(Order.objects.get(removal=removal), a_person(house), house)
    assert (removals_that_left(NOON), removals_that_left(NOON + timedelta(days=4))) == ([removal.pk], [])
    for _ in range(2):
        tell_of_removal(removal_id=removal.pk, actor=WORLD, at=NOON)
    label = parcel_of(order).label
    assert label is not None
    assert label.tracking_number in text_of("removal_left")
