"""Low free money is mailed to those who look after it, once for each time."""

from __future__ import annotations

import pytest

from tests.world import NOON, WORLD, a_member, a_seller, acting_for, money_in
from toiya.domain.notifications import rendering
from toiya.domain.notifications.actions.telling_money import tell_of_low_money
from toiya.domain.notifications.models import Message
from toiya.domain.wallet.actions.watching import set_alert, watch_balance

pytestmark = pytest.mark.django_db


@pytest.mark.seed("L21")
def test_owners_get_one_letter_when_free_money_is_low() -> None:
    seller = a_seller()
    owner, _clerk = a_member(seller), a_member(seller, "clerk")
    money_in(seller, 1_500)
    tell_of_low_money(seller_id=seller.pk, actor=WORLD, at=NOON)
    set_alert(seller=seller, below_minor=20_000, actor=acting_for(seller), at=NOON)
    watch_balance(seller=seller, actor=WORLD, at=NOON)
    for _ in range(2):
        tell_of_low_money(seller_id=seller.pk, actor=WORLD, at=NOON)
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("wallet_low", owner.email)
    letter = rendering.written(Message(kind=message.kind, language="en", words=message.words), "")
    assert letter.subject == "Free money is low: JPY 1,500"
    assert "less than the JPY 20,000 you named" in letter.text
    assert "/wallet/top-ups/" in letter.text
