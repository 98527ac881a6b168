"""A basic member has orders by hand and Smart Delivery; shops are connected by businesses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import NOON, a_seller, acting_for
from toiya.domain.channels.actions.connecting import OnlyForBusiness, Switches, connect_shop
from toiya.domain.channels.models import Connection
from toiya.domain.channels.port import IssuedKey
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A001")
def test_a_basic_member_connects_no_shop() -> None:
    seller = a_seller()
    Seller.objects.update(kind="basic")
    with pytest.raises(OnlyForBusiness):
        connect_shop(
            seller_id=seller.pk,
            channel="qoo10",
            shop_id="hanataba",
            name="",
            issued=IssuedKey("a-key", NOON + timedelta(days=365)),
            switches=Switches(),
            actor=acting_for(seller),
            at=NOON,
        )
    assert not Connection.objects.exists()
