"""Lots that near their last usable day are mailed to owners and managers, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.floor_world import a_coded_sku
from tests.receiving_world import a_delivery, arrived, counted
from tests.world import NOON, WORLD, a_member, a_seller, a_warehouse
from toiya.domain.inbound.actions.lot_warnings import warn_of_lots
from toiya.domain.inbound.models import LotWarning
from toiya.domain.notifications import rendering
from toiya.domain.notifications.actions.telling_lots import tell_of_lots
from toiya.domain.notifications.models import Message

pytestmark = pytest.mark.django_db


def test_owners_get_one_letter_about_all_lots_of_the_moment() -> None:
    tea = a_coded_sku(a_seller(), "TEA")
    bundle = arrived(a_delivery(tea.seller, a_warehouse(), {tea: 20}))
    for lot, days in (("A", 29), ("B", 30)):
        counted(bundle, tea, 10, lot=lot, expires_on=NOON.date() + timedelta(days=days))
    owner, _clerk = a_member(tea.seller), a_member(tea.seller, "clerk")
    warn_of_lots(seller_id=tea.seller_id, actor=WORLD, at=NOON)
    first = LotWarning.objects.order_by("pk")[0]
    for _ in range(2):
        tell_of_lots(warning_id=first.pk, actor=WORLD, at=NOON)
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("lots_near_end", owner.email)
    letter = rendering.written(Message(kind=message.kind, language="en", words=message.words), "")
    assert letter.subject == "2 lots come near their last usable day"
    assert f"2026-12-19  {tea.code}  Thing TEA option TEA  A" in letter.text
    assert "/skus/expiring/" in letter.text
