"""Cards: the wish, the call, the answer; late, double and lost callbacks do no harm, and no card ever touches us."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from tests.books import findings, fingerprint
from tests.money_world import ScriptedGateway, free, with_gateway
from tests.world import NOON, WORLD, a_seller, acting_for
from toiya.core.errors import NotFound, Rejected, Unreachable
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet import jobs
from toiya.domain.wallet.actions.cards import (
    NoCardGateway,
    OtherAmountPaid,
    take_card_answer,
    want_card_payment,
)
from toiya.domain.wallet.models import CardPayment, TopUp
from toiya.domain.wallet.port import CardAnswer, CardOutcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def gateway() -> Iterator[ScriptedGateway]:
    gateway = ScriptedGateway()
    with with_gateway(gateway):
        yield gateway


def wanted(seller: Seller) -> CardPayment:
    amount = Money(20_000, "JPY")
    return want_card_payment(seller=seller, amount=amount, token="form 1", actor=acting_for(seller), at=NOON)


def opened(seller: Seller) -> CardPayment:
    payment = wanted(seller)
    jobs.open_card_page(payment.pk)
    return CardPayment.objects.get(pk=payment.pk)


def answer(payment: CardPayment, outcome: CardOutcome = CardOutcome.PAID, minor: int = 20_000) -> CardAnswer:
    return CardAnswer(payment.external_id, outcome, minor, "JPY", "" if outcome == CardOutcome.PAID else "declined")


@pytest.mark.seed("L37")
def test_a_paid_card_tops_up_once_however_often_the_gateway_says_so(seller: Seller, gateway: ScriptedGateway) -> None:
    payment = opened(seller)
    assert (payment.status, payment.page_url) == ("open", "https://cards.example/pay")
    assert gateway.wishes[0].reference == payment.code
    for at in (NOON, NOON, NOON + timedelta(days=2)):
        take_card_answer(answer=answer(payment), actor=WORLD, at=at)
    take_card_answer(answer=answer(payment, CardOutcome.FAILED), actor=WORLD, at=NOON)  # late and out of order
    assert CardPayment.objects.get().status == "paid"
    assert free(seller) == 20_000
    assert TopUp.objects.count() == 1
    assert findings() == []


def test_money_that_comes_after_a_failure_is_booked(seller: Seller, gateway: ScriptedGateway) -> None:
    payment = opened(seller)
    take_card_answer(answer=answer(payment, CardOutcome.FAILED), actor=WORLD, at=NOON)
    assert (CardPayment.objects.get().status, free(seller)) == ("failed", 0)
    take_card_answer(answer=answer(payment), actor=WORLD, at=NOON)
    assert (CardPayment.objects.get().status, free(seller)) == ("paid", 20_000)


def test_a_lost_callback_is_asked_for(seller: Seller, gateway: ScriptedGateway) -> None:
    payment = opened(seller)
    gateway.answers = [Unreachable("timeout"), answer(payment, CardOutcome.OPEN), answer(payment)]
    for _ in range(3):
        jobs.ask_card(payment.pk)
    assert free(seller) == 20_000
    jobs.ask_card(payment.pk)  # nothing is left to ask


def test_a_gateway_without_an_answer_is_asked_again_and_one_that_declines_ends_it(
    seller: Seller, gateway: ScriptedGateway
) -> None:
    payment = wanted(seller)
    gateway.trouble = Unreachable("timeout")
    jobs.open_card_page(payment.pk)
    assert CardPayment.objects.get().status == "wished"
    gateway.trouble = Rejected("http_422")
    jobs.open_card_page(payment.pk)
    assert (CardPayment.objects.get().status, CardPayment.objects.get().problem) == ("failed", "http_422")
    assert [wish.reference for wish in gateway.wishes] == [payment.code] * 2


def test_another_amount_than_was_asked_books_nothing(seller: Seller, gateway: ScriptedGateway) -> None:
    payment = opened(seller)
    before = fingerprint()
    with pytest.raises(OtherAmountPaid):
        take_card_answer(answer=answer(payment, minor=2), actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        take_card_answer(answer=CardAnswer("pay-none", CardOutcome.PAID, 1, "JPY"), actor=WORLD, at=NOON)
    assert fingerprint() == before


def test_the_form_sent_twice_is_one_payment(seller: Seller, gateway: ScriptedGateway) -> None:
    assert wanted(seller).pk == wanted(seller).pk
    assert CardPayment.objects.count() == 1


def test_without_a_gateway_no_card_is_taken(seller: Seller) -> None:
    with pytest.raises(NoCardGateway):
        wanted(seller)
    assert not CardPayment.objects.exists()


def test_a_gateway_that_was_taken_away_leaves_its_payments_waiting(seller: Seller) -> None:
    with with_gateway(ScriptedGateway()):
        payment = wanted(seller)
    jobs.open_card_page(payment.pk)
    jobs.ask_card(payment.pk)
    jobs.sweep_cards(0)
    assert CardPayment.objects.get().status == "wished"


def test_there_is_no_place_for_a_card_number() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'wallet_cardpayment' ORDER BY 1"
        )
        columns = {name for (name,) in cursor.fetchall()}
    assert columns == {
        *("amount_minor", "code", "currency", "ended_at", "external_id", "id", "is_automatic", "keeps_card"),
        *("page_url", "problem", "seller_id", "status", "token", "wished_at"),
    }
