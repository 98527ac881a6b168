"""Requests and payments: asked once, paid once, whole or in part, by hand or by itself."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import findings, fingerprint
from tests.dues_world import asked, on, paid, signed
from tests.world import NOON, WORLD, a_seller, a_warehouse, acting_for, money_in
from toiya.core.errors import NotFound
from toiya.core.states import NoSuchStep
from toiya.domain.contracts.actions.terms import set_variation
from toiya.domain.dues.actions.paying import (
    NothingChosenToPay,
    Paying,
    PaysTooMuch,
    pay_automatically,
    pay_requests,
    set_auto_pay,
)
from toiya.domain.dues.actions.requesting import DayToPayOff, NothingToAskFor, withdraw_request
from toiya.domain.dues.models import Payment, PaymentRequest
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.models import Account

pytestmark = pytest.mark.django_db
VERIFIED = ("I06", "I07", "I41", "I42")


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def free(seller: Seller) -> int:
    return Account.objects.get(seller=seller, kind="free").balance_minor


@pytest.mark.seed("A171", "A174")
def test_fees_of_a_month_are_asked_for_mid_next_month_and_due_on_the_20th(seller: Seller) -> None:
    request = asked(seller)
    assert (request.notice_on, request.due_on) == (date(2026, 11, 15), date(2026, 11, 20))
    assert (request.amount_minor, request.currency, request.status) == (4410, "JPY", "to_pay")
    assert request.is_automatic
    assert request.get_kind_display() == "Warehouse fees"


def test_the_days_are_those_the_seller_signed(seller: Seller) -> None:
    house = a_warehouse()
    set_variation(seller_code=seller.code, country="JP", changes={"due_day": 28}, note="", actor=WORLD, at=NOON)
    signed(seller, house)
    assert asked(seller, at=NOON).due_on == date(2026, 11, 28)


def test_a_month_that_is_billed_late_is_due_later(seller: Seller) -> None:
    request = asked(seller, at=on(2026, 11, 18))
    assert (request.notice_on, request.due_on) == (date(2026, 11, 18), date(2026, 11, 23))


def test_one_subject_is_asked_for_once(seller: Seller) -> None:
    assert asked(seller, 100).pk == asked(seller, 999).pk
    assert PaymentRequest.objects.get().amount_minor == 100
    assert asked(a_seller("Kaede"), 100).seller.name == "Kaede"


def test_nothing_and_days_that_are_over_are_not_asked_for(seller: Seller) -> None:
    before = fingerprint()
    with pytest.raises(NothingToAskFor):
        asked(seller, 100, -100)
    with pytest.raises(DayToPayOff):
        asked(seller, 100, month=None, due_on=date(2026, 10, 31))
    with pytest.raises(DayToPayOff):
        asked(seller, 100, month=None, due_on=date(2027, 11, 2))
    assert fingerprint() == before


@pytest.mark.seed("A173")
def test_what_is_chosen_is_paid_from_the_wallet_all_or_none(seller: Seller) -> None:
    one, other = asked(seller, 4410), asked(seller, 6000, subject="STM-2026-11")
    money_in(seller, 10_000)
    paying = Paying({one.code: None, other.code: None}, "form 1")
    before = fingerprint()
    with pytest.raises(WalletTooLow):
        pay_requests(seller_id=seller.pk, paying=paying, actor=acting_for(seller), at=NOON)
    assert fingerprint() == before
    money_in(seller, 410)
    payments = pay_requests(seller_id=seller.pk, paying=paying, actor=acting_for(seller), at=NOON)
    assert [payment.amount_minor for payment in payments] == [4410, 6000]
    assert free(seller) == 0
    assert {request.status for request in PaymentRequest.objects.all()} == {"paid"}
    assert PaymentRequest.objects.filter(completed_at=NOON).count() == 2
    assert findings(*VERIFIED) == []


def test_a_form_that_comes_twice_pays_once(seller: Seller) -> None:
    request = asked(seller)
    money_in(seller, 10_000)
    assert paid(request, 1000) == paid(request, 1000)
    assert free(seller) == 9000
    assert [payment.amount_minor for payment in paid(request, 1000, token="form 2")] == [1000]
    assert free(seller) == 8000


@pytest.mark.seed("L22")
def test_a_part_is_paid_and_the_rest_stays(seller: Seller) -> None:
    request = asked(seller)
    money_in(seller, 10_000)
    paid(request, 1000)
    request.refresh_from_db()
    assert (request.status, request.owed_minor, request.completed_at) == ("part_paid", 3410, None)
    paid(request, token="form 2")
    request.refresh_from_db()
    assert (request.status, request.owed_minor) == ("paid", 0)
    assert findings(*VERIFIED) == []


def test_too_much_too_little_and_others_debts_are_not_paid(seller: Seller) -> None:
    request, others = asked(seller), asked(a_seller("Kaede"))
    money_in(seller, 10_000)
    before = fingerprint()
    for amount in (0, -5, 4411):
        with pytest.raises(PaysTooMuch):
            paid(request, amount)
    with pytest.raises(NotFound):
        pay_requests(seller_id=seller.pk, paying=Paying({others.code: None}, "f"), actor=acting_for(seller), at=NOON)
    with pytest.raises(NothingChosenToPay):
        pay_requests(seller_id=seller.pk, paying=Paying({}, "f"), actor=acting_for(seller), at=NOON)
    assert fingerprint() == before
    paid(request)
    with pytest.raises(PaysTooMuch):
        paid(request, token="form 2")


@pytest.mark.seed("L21")
def test_who_chose_so_pays_by_itself_as_soon_as_the_wallet_covers_it(seller: Seller) -> None:
    request = asked(seller)
    set_auto_pay(seller_id=seller.pk, is_on=True, actor=acting_for(seller), at=NOON)
    set_auto_pay(seller_id=seller.pk, is_on=True, actor=acting_for(seller), at=NOON)
    assert pay_automatically(seller_id=seller.pk, actor=WORLD, at=NOON) == []
    money_in(seller, 5000)
    (payment,) = pay_automatically(seller_id=seller.pk, actor=WORLD, at=NOON)
    assert (payment.way, payment.amount_minor) == (Payment.Way.AUTOMATIC, 4410)
    assert pay_automatically(seller_id=seller.pk, actor=WORLD, at=NOON) == []
    request.refresh_from_db()
    assert request.status == "paid"
    set_auto_pay(seller_id=seller.pk, is_on=False, actor=acting_for(seller), at=NOON)
    asked(seller, 10, subject="STM-2026-11")
    assert pay_automatically(seller_id=seller.pk, actor=WORLD, at=NOON) == []


def test_a_request_is_withdrawn_while_nothing_is_paid(seller: Seller) -> None:
    request = asked(seller)
    withdraw_request(code=request.code, reason="asked in error", actor=WORLD, at=on(2026, 11, 2))
    request.refresh_from_db()
    assert (request.status, request.owed_minor) == ("withdrawn", 0)
    other = asked(seller, 500, subject="STM-2026-11")
    money_in(seller, 10_000)
    paid(other, 100)
    before = fingerprint()
    with pytest.raises(NoSuchStep):
        withdraw_request(code=other.code, reason="too late", actor=WORLD, at=NOON)
    assert fingerprint() == before
    assert findings(*VERIFIED) == []
