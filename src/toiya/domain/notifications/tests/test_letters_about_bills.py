"""A month's bill is told of by mail, once, to those who pay it."""

from __future__ import annotations

import pytest

from tests.billing_world import BEFORE, MIDDLE, a_closed_bill, fee, on_day
from tests.world import WORLD, a_member, a_seller, a_warehouse, money_in
from toiya.domain.notifications import rendering
from toiya.domain.notifications.actions.telling_bills import tell_of_bill
from toiya.domain.notifications.models import Message

pytestmark = pytest.mark.django_db


def test_owners_managers_and_accountants_get_one_letter_about_it() -> None:
    seller = a_seller()
    money_in(seller, 1000, at=BEFORE)
    fee(seller, a_warehouse(), "PCL-1", 385, on_day(11, 10))
    owner, accountant, _clerk = (a_member(seller, role) for role in ("owner", "accountant", "clerk"))
    bill = a_closed_bill(seller)
    for _ in range(2):
        tell_of_bill(statement_id=bill.pk, actor=WORLD, at=MIDDLE)
    letters = list(Message.objects.order_by("pk"))
    assert [letter.recipient for letter in letters] == [owner.email, accountant.email]
    letter = rendering.written(Message(kind=letters[0].kind, language="en", words=letters[0].words), "")
    assert letter.subject == "The bill of 2026-11 is ready: JPY 385"
    assert "There is nothing to pay." in letter.text
    assert f"/wallet/bills/{bill.code}/" in letter.text
