"""Two hours before a truck its seller is written about the orders that wait, once for each truck."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.world import NOON, WORLD, a_member, a_seller, a_sku, a_warehouse, an_order, held, judged, stock_of
from toiya.domain.allocation.jobs import allocate_waiting
from toiya.domain.allocation.models import WaitReason
from toiya.domain.members.models import Seller, User
from toiya.domain.notifications import rendering
from toiya.domain.notifications.actions.telling_cut_offs import tell_before_cut_off
from toiya.domain.notifications.cut_offs import BEFORE, cut_offs_to_tell
from toiya.domain.notifications.models import Message
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
CUT_OFF = datetime(2026, 11, 20, 7, tzinfo=UTC)  # 16:00 in Japan


@pytest.fixture
def seller() -> Seller:
    seller = a_seller()
    stock_of(a_sku(seller), a_warehouse(), 2)
    for name, wants in (("mika", True), ("ren", False)):
        user = a_member(seller, email=f"{name}@example.com")
        User.objects.filter(pk=user.pk).update(email_verified_at=NOON, language="en", wants_order_mails=wants)
    return seller


def told(seller: Seller, at: datetime) -> list[Message]:
    for seller_id, cut_off in cut_offs_to_tell(at):
        assert (seller_id, cut_off) == (seller.pk, CUT_OFF)
        tell_before_cut_off(seller_id=seller_id, cut_off=cut_off, actor=WORLD, at=at)
    return list(Message.objects.order_by("pk"))


@pytest.mark.seed("L10")
def test_orders_are_allocated_by_themselves_and_those_that_are_not_say_why_before_the_truck(seller: Seller) -> None:
    good, short, unknown = an_order(seller), an_order(seller, {"LT-NVM": 5}), an_order(seller, {"X": 1, "LT-NVM": 1})
    allocate_waiting(seller.pk)  # the job that every new order wakes
    assert Order.objects.get(pk=good.pk).status == "allocated"
    reasons = WaitReason.objects.order_by("order_id", "line_id").values_list("order_id", "code")
    assert list(reasons) == [(short.pk, "not_enough_stock"), (unknown.pk, "no_sku"), (unknown.pk, "other_lines")]

    assert told(seller, CUT_OFF - BEFORE - timedelta(seconds=1)) == []
    for minutes in (0, 10):
        (message,) = told(seller, CUT_OFF - BEFORE + timedelta(minutes=minutes))
    assert (message.kind, message.recipient) == ("before_cut_off", "mika@example.com")
    letter = rendering.written(Message(kind=message.kind, language="en", words=message.words), "")
    assert letter.subject == "2 orders of Hanataba will miss the truck at 16:00"
    for words in ("No SKU with the site's code: 1", "Not enough stock: 1", short.code, unknown.code, "view=needs-you"):
        assert words in letter.text
    assert good.code not in letter.text
    assert "田中" not in letter.text


def test_a_held_order_is_told_of_and_one_that_goes_on_is_not(seller: Seller) -> None:
    (order,) = judged(an_order(seller))
    assert told(seller, CUT_OFF - BEFORE) == []
    hold = held(order, "seller_waits")
    (message,) = told(seller, CUT_OFF - BEFORE)
    assert (message.words["orders"], message.words["held"]) == (1, 1)
    hold.lifted_at = NOON
    hold.save()
    assert tell_before_cut_off(seller_id=seller.pk, cut_off=CUT_OFF, actor=WORLD, at=CUT_OFF - BEFORE) == 0
    assert told(seller, CUT_OFF) == [message]
