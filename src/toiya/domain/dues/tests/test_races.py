"""Two who act at once: nothing is held behind the back of a seller that pays."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from tests.billing_world import a_card, a_closed_bill, on_day
from tests.books import findings
from tests.dues_world import asked, on, paid, steps_until
from tests.world import WORLD, a_seller, a_sku, a_warehouse, an_allocated_order, an_order, money_in, stock_of
from toiya.domain.billing.models import Statement
from toiya.domain.dues.actions.bills import ask_for_bill, settle_bills
from toiya.domain.dues.actions.standing import hold_new_orders
from toiya.domain.members.models import Standstill
from toiya.domain.orders.models import Hold

SUSPENDED = on(2026, 11, 21)


@pytest.mark.django_db(transaction=True)
def test_two_payments_that_wake_two_jobs_settle_a_bill_once() -> None:
    a_card()
    seller = a_seller()
    stock_of(a_sku(seller), a_warehouse(), 20, at=on_day(10, 5))
    bill, at = a_closed_bill(seller), on_day(12, 17)
    request = ask_for_bill(statement_id=bill.pk, actor=WORLD, at=at)
    assert request is not None
    money_in(seller, 600)
    paid(request, at=at)
    troubles: list[Exception] = []

    def the_other_job() -> None:
        try:
            settle_bills(seller_id=seller.pk, actor=WORLD, at=at)
        except Exception as trouble:  # whatever it is, the job would be shown as failed
            troubles.append(trouble)
        connection.close()

    other = Thread(target=the_other_job)
    with transaction.atomic():
        settle_bills(seller_id=seller.pk, actor=WORLD, at=at)
        other.start()
        other.join(0.5)
        assert other.is_alive(), "it waits for the first"
    other.join(10)
    assert troubles == []
    assert Statement.objects.get().status == "paid"


@pytest.mark.django_db(transaction=True)
def test_the_minute_in_which_a_seller_pays_holds_none_of_its_new_orders() -> None:
    seller = a_seller()
    an_allocated_order(seller, a_warehouse())
    request = asked(seller)
    steps_until(request, date(2026, 11, 21))
    an_order(seller)
    money_in(seller, 10_000)
    held: list[int] = []

    def the_minutes_job() -> None:
        held.append(hold_new_orders(seller_id=seller.pk, actor=WORLD, at=SUSPENDED))
        connection.close()

    other = Thread(target=the_minutes_job)
    with transaction.atomic():
        paid(request, at=SUSPENDED)
        other.start()
        other.join(0.5)
        assert other.is_alive(), "it waits for whoever pays"
    other.join(10)
    assert held == [0]
    assert not Standstill.objects.exists()
    assert not Hold.objects.filter(code="fees_unpaid", lifted_at=None).exists()
    assert findings("I41", "I42") == []
