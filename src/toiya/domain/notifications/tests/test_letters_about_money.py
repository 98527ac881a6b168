"""Low free money, and money taken back, are mailed to those who look after it, once for each time."""

from __future__ import annotations

import pytest

from tests.money_world import gift_codes
from tests.world import NOON, WORLD, a_member, a_seller, acting_for, money_in
from toiya.domain.notifications import rendering
from toiya.domain.notifications.actions.telling_money import tell_of_low_money, tell_of_money_back
from toiya.domain.notifications.models import Message
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.gifts import redeem_gift_code
from toiya.domain.wallet.actions.reversals import Wrong, ask_reversal, carry_out_reversal
from toiya.domain.wallet.actions.watching import set_alert, watch_balance
from toiya.domain.wallet.sql import Purse

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


def test_owners_get_one_letter_when_money_was_taken_back_and_what_is_owed() -> None:
    seller = a_seller()
    owner = a_member(seller)
    ((code, secret),) = gift_codes(5000)
    redeem_gift_code(seller=seller, typed=secret, actor=acting_for(seller), at=NOON)
    ledger.reserve(Purse(seller.pk, "JPY", "tests", NOON), {"STORAGE-1": 1200})
    wrong = Wrong("in_error", "Letter, folder 7")
    reversal = ask_reversal(cause=code, wrong=wrong, actor=acting_for(seller), at=NOON)
    tell_of_money_back(reversal_id=reversal.pk, actor=WORLD, at=NOON)
    assert not Message.objects.exists()
    carry_out_reversal(code=reversal.code, actor=WORLD, at=NOON)
    for _ in range(2):
        tell_of_money_back(reversal_id=reversal.pk, actor=WORLD, at=NOON)
    message = Message.objects.get()
    assert message.recipient == owner.email
    letter = rendering.written(Message(kind=message.kind, language="en", words=message.words), "")
    assert letter.subject == "JPY 5,000 left your wallet again"
    assert f"came as {code} was taken back from your wallet. It was booked in error." in letter.text
    assert "JPY 1,200 of it was spent already." in letter.text
    assert "folder 7" not in letter.text
