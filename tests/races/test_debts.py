"""Paying, suspending and releasing at once: one payment, one suspension, and nothing leaves in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db.models import QuerySet

from tests.books import findings
from tests.dues_world import asked, on, paid, steps_until
from tests.races.together import together
from tests.world import WORLD, a_seller, a_warehouse, an_allocated_order, money_in
from toiya.core.rows import LockableRows
from toiya.domain.dues.actions.dunning import take_step
from toiya.domain.dues.actions.paying import PaysTooMuch, pay_automatically, set_auto_pay
from toiya.domain.dues.models import DunningStep, Payment
from toiya.domain.members.models import Seller, Standstill
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.wallet.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6
SUSPENDED = on(2026, 11, 21)
VERIFIED = ("I06", "I41", "I42")


@pytest.fixture
def seller(transactional_db: None) -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    return seller


@contextmanager
def nothing_locked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The control: rows are read in order and not locked."""
    with monkeypatch.context() as patch:
        patch.setattr(LockableRows, "lock", lambda rows: QuerySet.order_by(rows, "pk"))
        yield


def test_one_form_pressed_six_times_at_once_pays_once(seller: Seller) -> None:
    request = asked(seller)
    ends = together([lambda: paid(request)] * THREADS)
    assert (ends.troubles, ends.refusals) == ([], [])
    assert Payment.objects.count() == 1
    assert Account.objects.get(seller=seller, kind="free").balance_minor == 5590
    assert findings(*VERIFIED) == []


def test_six_forms_at_once_pay_a_debt_once(seller: Seller) -> None:
    request = asked(seller)
    works = [lambda number=number: paid(request, token=f"form {number}") for number in range(THREADS)]  # type: ignore[misc]
    ends = together(works)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [PaysTooMuch] * (THREADS - 1)
    assert Payment.objects.count() == 1
    assert findings(*VERIFIED) == []


def test_without_the_locks_a_debt_is_paid_more_than_once_or_breaks(
    seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(seller, 1000)
    works = [lambda number=number: paid(request, token=f"form {number}") for number in range(THREADS)]  # type: ignore[misc]
    with nothing_locked(monkeypatch):
        ends = together(works)
    assert Payment.objects.count() > 1 or ends.troubles, "the race is there"


def test_automatic_payment_beside_payments_by_hand_in_two_tabs_is_one(seller: Seller) -> None:
    request = asked(seller)
    set_auto_pay(seller_id=seller.pk, is_on=True, actor=WORLD, at=SUSPENDED)
    works = [lambda: pay_automatically(seller_id=seller.pk, actor=WORLD, at=SUSPENDED)] * 3
    ends = together([*works, lambda: paid(request), lambda: paid(request, token="the other tab")])
    assert ends.troubles == []
    assert {type(refusal) for refusal in ends.refusals} == {PaysTooMuch}
    assert Payment.objects.count() == 1
    assert Account.objects.get(seller=seller, kind="free").balance_minor == 5590
    assert findings(*VERIFIED) == []


def test_a_suspension_looked_for_by_six_workers_is_taken_once(seller: Seller) -> None:
    an_allocated_order(seller, a_warehouse())
    request = asked(seller)
    steps_until(request, date(2026, 11, 20))
    ends = together([lambda: take_step(request_id=request.pk, actor=WORLD, at=SUSPENDED)] * THREADS)
    assert ends.troubles == []
    assert DunningStep.objects.filter(step="suspension").count() == 1
    assert Hold.objects.filter(code="fees_unpaid").count() == 1
    assert findings(*VERIFIED) == []


def test_paying_suspending_and_releasing_at_once_agree_in_the_end(seller: Seller) -> None:
    house = a_warehouse()
    orders = [an_allocated_order(seller, house) for _ in range(3)]
    request = asked(seller)
    steps_until(request, date(2026, 11, 20))

    def release(code: str) -> object:
        return release_wave(warehouse_id=house.pk, order_codes=[code], actor=WORLD, at=SUSPENDED)

    ends = together(
        [
            lambda: take_step(request_id=request.pk, actor=WORLD, at=SUSPENDED),
            lambda: paid(request, at=SUSPENDED),
            *(lambda code=order.code: release(code) for order in orders),  # type: ignore[misc]
        ]
    )
    assert ends.troubles == []
    assert {type(refusal) for refusal in ends.refusals} <= {NothingToRelease}
    assert not Standstill.objects.exists()
    assert not Hold.objects.filter(code="fees_unpaid", lifted_at=None).exists()
    assert Order.objects.filter(status__in=["allocated", "picking"]).count() == 3
    assert findings(*VERIFIED, "I01", "I03") == []
