"""The letter when free money runs low: once, and once more only after there was enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from tests.books import findings, fingerprint
from tests.money_world import ScriptedGateway, free, with_gateway
from tests.world import NOON, WORLD, a_seller, acting_for, money_in
from toiya.core.errors import Rejected
from toiya.core.models import EventRow
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet import jobs
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.cards import take_card_answer, want_card_payment
from toiya.domain.wallet.actions.ledger import AmountNotPositive
from toiya.domain.wallet.actions.watching import (
    CapTooLow,
    Filling,
    NoCardKept,
    fill_wallet,
    forget_card,
    set_alert,
    set_filling,
    watch_balance,
)
from toiya.domain.wallet.models import CardPayment, MoneyWatch
from toiya.domain.wallet.port import CardAnswer, CardOutcome
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db


def told() -> list[int]:
    return [row.data["free_minor"] for row in EventRow.objects.filter(name="wallet.low").order_by("pk")]


def reserved(seller: Seller, source: str, minor: int) -> None:
    ledger.reserve(Purse(seller.pk, "JPY", "tests", NOON), {source: minor})


@pytest.mark.seed("L21")
def test_low_free_money_is_told_once_until_there_was_enough_again() -> None:
    seller = a_seller()
    money_in(seller, 10_000)
    set_alert(seller=seller, below_minor=5_000, actor=acting_for(seller), at=NOON)
    jobs.watch_balances(0)
    assert told() == []
    reserved(seller, "FEE-1", 6_000)
    for _ in range(2):
        watch_balance(seller=seller, actor=WORLD, at=NOON)
    assert told() == [4_000]
    money_in(seller, 1_000)
    watch_balance(seller=seller, actor=WORLD, at=NOON)
    reserved(seller, "FEE-2", 1)
    watch_balance(seller=seller, actor=WORLD, at=NOON)
    assert told() == [4_000, 4_999]


def test_without_an_amount_nothing_is_told() -> None:
    seller = a_seller()
    set_alert(seller=seller, below_minor=5_000, actor=acting_for(seller), at=NOON)
    set_alert(seller=seller, below_minor=None, actor=acting_for(seller), at=NOON)
    watch_balance(seller=seller, actor=WORLD, at=NOON)
    assert told() == []
    with pytest.raises(AmountNotPositive):
        set_alert(seller=seller, below_minor=0, actor=acting_for(seller), at=NOON)
    assert MoneyWatch.objects.get().alert_below_minor is None


@pytest.fixture
def gateway() -> Iterator[ScriptedGateway]:
    gateway = ScriptedGateway()
    with with_gateway(gateway):
        yield gateway


def a_kept_card(seller: Seller, minor: int = 1_000) -> None:
    """The seller paid once by a card that the payment service keeps."""
    amount, actor = Money(minor, "JPY"), acting_for(seller)
    payment = want_card_payment(
        seller=seller, amount=amount, token="form", actor=actor, at=NOON - timedelta(days=40), keeps_card=True
    )
    jobs.open_card_page(payment.pk)
    answer = CardAnswer(f"pay-{payment.code}", CardOutcome.PAID, minor, "JPY", card="crd_7")
    take_card_answer(answer=answer, actor=WORLD, at=NOON)


def filled(seller: Seller, at=NOON) -> CardPayment | None:  # type: ignore[no-untyped-def]
    """The automatic payment that is wished at that time, told to the gateway."""
    payment = fill_wallet(seller=seller, actor=WORLD, at=at)
    if payment:
        jobs.open_card_page(payment.pk)
    return payment


@pytest.mark.seed("L21")
def test_the_kept_card_fills_the_wallet_when_it_is_low_up_to_the_cap(gateway: ScriptedGateway) -> None:
    seller = a_seller()
    a_kept_card(seller)
    filling = Filling(below_minor=5_000, amount_minor=2_000, cap_minor=5_000)
    set_filling(seller=seller, filling=filling, actor=acting_for(seller), at=NOON)
    assert filled(seller) is not None
    assert (free(seller), gateway.cards) == (3_000, ["crd_7"])
    assert filled(seller, NOON + timedelta(minutes=10)) is not None
    assert filled(seller, NOON + timedelta(minutes=20)) is None  # 6,000 would be past the cap
    assert free(seller) == 5_000
    reserved(seller, "FEE-1", 1)
    assert filled(seller, NOON + timedelta(days=30)) is None
    assert filled(seller, NOON + timedelta(days=32)) is not None
    assert free(seller) == 6_999
    assert filled(seller, NOON + timedelta(days=33)) is None  # there is enough
    assert findings() == []


def test_a_card_that_is_declined_rests_for_a_day(gateway: ScriptedGateway) -> None:
    seller = a_seller()
    a_kept_card(seller)
    filling = Filling(below_minor=5_000, amount_minor=2_000, cap_minor=9_000)
    set_filling(seller=seller, filling=filling, actor=acting_for(seller), at=NOON)
    gateway.trouble = Rejected("http_402")
    assert filled(seller) is not None
    assert filled(seller, NOON + timedelta(hours=1)) is None
    gateway.trouble = None
    assert filled(seller, NOON + timedelta(hours=25)) is not None
    assert free(seller) == 3_000


def test_a_second_payment_waits_for_the_first(gateway: ScriptedGateway) -> None:
    seller = a_seller()
    a_kept_card(seller)
    filling = Filling(below_minor=5_000, amount_minor=2_000, cap_minor=9_000)
    set_filling(seller=seller, filling=filling, actor=acting_for(seller), at=NOON)
    assert fill_wallet(seller=seller, actor=WORLD, at=NOON) is not None
    assert fill_wallet(seller=seller, actor=WORLD, at=NOON) is None


def test_a_payment_that_was_never_answered_hinders_no_other_for_ever(gateway: ScriptedGateway) -> None:
    seller = a_seller()
    a_kept_card(seller)
    filling = Filling(below_minor=5_000, amount_minor=2_000, cap_minor=5_000)
    set_filling(seller=seller, filling=filling, actor=acting_for(seller), at=NOON)
    assert fill_wallet(seller=seller, actor=WORLD, at=NOON) is not None
    assert fill_wallet(seller=seller, actor=WORLD, at=NOON + timedelta(days=2)) is None
    assert filled(seller, NOON + timedelta(days=4)) is not None
    assert free(seller) == 3_000
    assert filled(seller, NOON + timedelta(days=5)) is None, "the one without an answer counts in the cap"


def test_the_word_for_the_card_is_sealed_and_forgotten_when_the_seller_says_so(gateway: ScriptedGateway) -> None:
    seller = a_seller()
    a_kept_card(seller)
    assert "crd_7" not in MoneyWatch.objects.get().sealed_card
    filling = Filling(below_minor=5_000, amount_minor=2_000, cap_minor=9_000)
    set_filling(seller=seller, filling=filling, actor=acting_for(seller), at=NOON)
    payment = fill_wallet(seller=seller, actor=WORLD, at=NOON)
    assert payment is not None
    for _ in range(2):
        forget_card(seller=seller, actor=acting_for(seller), at=NOON)
    assert MoneyWatch.objects.get().sealed_card == ""
    jobs.open_card_page(payment.pk)
    assert CardPayment.objects.get(pk=payment.pk).problem == "card_forgotten"
    assert filled(seller, NOON + timedelta(days=2)) is None
    assert EventRow.objects.filter(name="wallet.card_forgotten").count() == 1


def test_what_cannot_be_filled_is_refused(gateway: ScriptedGateway) -> None:
    seller = a_seller()
    filling = Filling(below_minor=5_000, amount_minor=2_000, cap_minor=9_000)
    with pytest.raises(NoCardKept):
        set_filling(seller=seller, filling=filling, actor=WORLD, at=NOON)
    a_kept_card(seller)
    before = fingerprint()
    for wrong, kind in (
        (Filling(0, 2_000, 9_000), AmountNotPositive),
        (Filling(5_000, 0, 9_000), AmountNotPositive),
        (Filling(5_000, 2_000, 1_999), CapTooLow),
    ):
        with pytest.raises(kind), transaction.atomic():
            set_filling(seller=seller, filling=wrong, actor=WORLD, at=NOON)
    assert fingerprint() == before
