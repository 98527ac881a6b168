"""A closed bill is asked for by itself, and is paid when its request is (A171, A173)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.billing_world import a_card, a_closed_bill, on_day
from tests.books import findings
from tests.dues_world import paid
from tests.world import WORLD, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.domain.billing.models import Statement
from toiya.domain.dues.actions.bills import ask_for_bill, settle_bills
from toiya.domain.dues.models import PaymentRequest

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A171", "A173")
def test_the_storage_of_november_is_asked_for_in_december_and_paid_once() -> None:
    a_card()
    seller, house = a_seller(), a_warehouse()
    stock_of(a_sku(seller), house, 20, at=on_day(10, 5))
    bill = a_closed_bill(seller)
    for _ in range(2):
        ask_for_bill(statement_id=bill.pk, actor=WORLD, at=on_day(12, 15))
    request = PaymentRequest.objects.get()
    assert (request.subject, request.amount_minor, bill.due_minor) == (bill.code, 600, 600)
    assert (request.notice_on, request.due_on) == (date(2026, 12, 15), date(2026, 12, 20))
    assert [(line.kind, line.quantity, line.amount_minor) for line in request.lines.all()] == [
        ("storage_month", 20, 600)
    ]
    assert settle_bills(seller_id=seller.pk, actor=WORLD, at=on_day(12, 16)) == 0
    money_in(seller, 600)
    paid(request, at=on_day(12, 17))
    assert settle_bills(seller_id=seller.pk, actor=WORLD, at=on_day(12, 17)) == 1
    assert settle_bills(seller_id=seller.pk, actor=WORLD, at=on_day(12, 17)) == 0
    assert Statement.objects.get().status == "paid"
    assert findings("I06", "I08", "I41") == []
