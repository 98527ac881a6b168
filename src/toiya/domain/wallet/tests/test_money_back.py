"""Money that came wrong goes back: by two persons, once, with a debt for what was spent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.books import findings, refused
from tests.money_world import (
    Came,
    ScriptedGateway,
    advertising,
    announced,
    bank_told,
    free,
    gift_codes,
    with_gateway,
)
from tests.world import NOON, WORLD, a_seller, acting_for
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.core.money import Money
from toiya.core.states import NoSuchStep
from toiya.domain.members.models import Seller
from toiya.domain.wallet import jobs
from toiya.domain.wallet.actions import ledger, reversals
from toiya.domain.wallet.actions.cards import (
    OtherAmountPaid,
    take_card_answer,
    take_card_page,
    want_card_payment,
)
from toiya.domain.wallet.actions.deposits import (
    OtherCurrency,
    match_deposit,
)
from toiya.domain.wallet.actions.gifts import GiftCodeOver, redeem_gift_code
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.actions.ledger_back import MoneySpent
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.wallet.actions.reversals import (
    Wrong,
    ask_reversal,
    carry_out_reversal,
    decline_reversal,
    take_gateway_word,
)
from toiya.domain.wallet.models import Account, CardPayment, Deposit, Reversal
from toiya.domain.wallet.port import CardAnswer, CardOutcome, CardPage
from toiya.domain.wallet.queries import balances_of
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db
SECOND = replace(WORLD, id="second", name="Second person")
LETTER = "Letter of the bank, 26 November, folder 7"


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def asked(cause: str, reason: str, to_seller: str = "", note: str = LETTER) -> Reversal:
    return ask_reversal(cause=cause, wrong=Wrong(reason, note, to_seller), actor=WORLD, at=NOON)


def taken_back(cause: str, reason: str, to_seller: str = "") -> Reversal:
    return carry_out_reversal(code=asked(cause, reason, to_seller).code, actor=SECOND, at=NOON)


def spent(seller: Seller, minor: int) -> None:
    ledger.reserve(Purse(seller.pk, seller.currency, WORLD.name, NOON), {f"STORAGE-{minor}": minor})


def accounts(seller: Seller) -> dict[str, int]:
    return dict(Account.objects.filter(seller=seller).exclude(balance_minor=0).values_list("kind", "balance_minor"))


def a_booked_deposit(seller: Seller, minor: int = 20_000) -> Deposit:
    (deposit,) = bank_told(Came(minor, announced(seller, minor).reference))
    return deposit


def a_paid_card(seller: Seller) -> CardPayment:
    with with_gateway(ScriptedGateway()):
        wish = want_card_payment(seller=seller, amount=Money(900, "JPY"), token="card", actor=WORLD, at=NOON)
    take_card_page(payment_id=wish.pk, page=CardPage("pay-1", "https://cards.example/pay"), actor=WORLD, at=NOON)
    return take_card_answer(answer=CardAnswer("pay-1", CardOutcome.PAID, 900, "JPY"), actor=WORLD, at=NOON)


def test_a_deposit_of_another_seller_goes_to_its_owner_by_two_persons_and_once(seller: Seller) -> None:
    owner = a_seller("Kaede")
    deposit = a_booked_deposit(seller)
    reversal = asked(deposit.code, "wrong_seller", owner.code)
    assert (free(seller), free(owner)) == (20_000, 0)  # asking moves nothing
    refused(reversals.ReversalNeedsAnother, lambda: carry_out_reversal(code=reversal.code, actor=WORLD, at=NOON))
    refused(reversals.AskedBefore, lambda: asked(deposit.code, "wrong_seller"))

    carry_out_reversal(code=reversal.code, actor=SECOND, at=NOON)
    refused(NoSuchStep, lambda: carry_out_reversal(code=reversal.code, actor=SECOND, at=NOON))
    deposit.refresh_from_db()
    assert (deposit.status, deposit.seller_id, free(seller)) == ("waiting", None, 0)
    assert (
        match_deposit(deposit_id=deposit.pk, actor=WORLD, at=NOON).status == "waiting"
    )  # a person said whose it is not
    jobs.move_deposit(reversal.pk)
    jobs.move_deposit(reversal.pk)
    assert (free(seller), free(owner)) == (0, 20_000)
    told = EventRow.objects.get(name="wallet.money_taken_back")
    assert (told.seller_id, told.data["amount_minor"], told.data["owed_minor"]) == (seller.pk, 20_000, 0)
    assert findings() == []

    taken_back(deposit.code, "wrong_seller", seller.code)  # it was the first one's after all
    jobs.move_deposit(Reversal.objects.latest("pk").pk)
    assert (free(seller), free(owner)) == (20_000, 0)
    assert findings() == []


def test_what_was_spent_is_a_debt_that_blocks_and_that_the_next_money_pays(seller: Seller) -> None:
    deposit = a_booked_deposit(seller)
    spent(seller, 15_000)
    reversal = taken_back(deposit.code, "recalled")
    assert (reversal.owed_minor, balances_of(seller.pk, "JPY").debt) == (15_000, 15_000)
    assert accounts(seller) == {"reserved": 15_000, "debt": -15_000}
    Account.objects.filter(seller=seller, kind="free").update(credit_limit_minor=10_000)
    refused(WalletTooLow, lambda: spent(seller, 1))  # the debt counts against the credit too
    Account.objects.filter(seller=seller, kind="free").update(credit_limit_minor=0)

    top_up_wallet(seller=seller, amount=Money(4_000, "JPY"), reference="cash", actor=WORLD, at=NOON)
    assert accounts(seller) == {"reserved": 15_000, "debt": -11_000, "top_ups": -4_000}
    ledger.void(Purse(seller.pk, "JPY", WORLD.name, NOON), ["STORAGE-15000"])
    assert accounts(seller) == {"free": 4_000, "top_ups": -4_000}
    deposit.refresh_from_db()
    assert (deposit.status, deposit.note) == ("not_ours", LETTER)
    assert findings() == []


def test_a_chargeback_takes_the_cards_money_back_and_a_late_callback_books_nothing(seller: Seller) -> None:
    payment = a_paid_card(seller)
    spent(seller, 300)
    word = CardAnswer("pay-1", CardOutcome.CHARGED_BACK, 900, "JPY", "fraud")
    refused(OtherAmountPaid, lambda: take_gateway_word(answer=replace(word, amount_minor=1), actor=WORLD, at=NOON))
    for _ in range(2):  # the gateway tells of it, and tells again
        take_gateway_word(answer=word, actor=WORLD, at=NOON)
    asked_for = Reversal.objects.get()
    assert (asked_for.cause, asked_for.note, free(seller)) == (payment.code, "pay-1 charged_back fraud", 600)
    reversal = carry_out_reversal(code=asked_for.code, actor=SECOND, at=NOON)
    assert (reversal.owed_minor, free(seller)) == (300, 0)
    take_gateway_word(answer=word, actor=WORLD, at=NOON)
    assert Reversal.objects.count() == 1
    again = take_card_answer(answer=CardAnswer("pay-1", CardOutcome.PAID, 900, "JPY"), actor=WORLD, at=NOON)
    assert (again.status, free(seller)) == ("taken_back", 0)
    refused(reversals.NotBookedNow, lambda: asked(payment.code, "chargeback"))
    assert findings() == []


def test_a_gift_code_booked_in_error_comes_back_and_spent_credit_does_not(seller: Seller) -> None:
    ((code, secret),) = gift_codes(5000)
    refused(reversals.NotBookedNow, lambda: asked(code, "in_error"))
    redeem_gift_code(seller=seller, typed=secret, actor=acting_for(seller), at=NOON)
    taken_back(code, "in_error")
    assert accounts(seller) == {}
    refused(GiftCodeOver, lambda: redeem_gift_code(seller=seller, typed=secret, actor=WORLD, at=NOON))

    gift = redeem_gift_code(seller=seller, typed=advertising(20), actor=acting_for(seller), at=NOON)
    ledger.charge(Purse(seller.pk, "JPY", WORLD.name, NOON), {"LEAFLET-1": 5}, ledger.Use.PROMOTION)
    reversal = asked(gift.code, "in_error")
    refused(MoneySpent, lambda: carry_out_reversal(code=reversal.code, actor=SECOND, at=NOON))
    decline_reversal(code=reversal.code, actor=SECOND, at=NOON)
    refused(NoSuchStep, lambda: decline_reversal(code=reversal.code, actor=SECOND, at=NOON))
    unspent = redeem_gift_code(seller=seller, typed=advertising(30), actor=acting_for(seller), at=NOON)
    taken_back(unspent.code, "in_error")
    assert accounts(seller)["advertising"] == 15
    assert findings() == []


def test_what_cannot_be_asked_is_refused(seller: Seller) -> None:
    deposit, other = a_booked_deposit(seller), a_seller("Blue", currency="USD")
    for cause in ("DEP-NONE", "PCL-1", ""):
        refused(NotFound, lambda cause=cause: asked(cause, "in_error"))  # type: ignore[misc]
    refused(reversals.ReasonOff, lambda: asked(deposit.code, "chargeback"))
    refused(reversals.ReasonOff, lambda: asked(deposit.code, "whole_file"))
    refused(reversals.EvidenceMissing, lambda: asked(deposit.code, "in_error", note=" "))
    refused(reversals.RightSellerOff, lambda: asked(deposit.code, "wrong_seller", seller.code))
    refused(reversals.RightSellerOff, lambda: asked(deposit.code, "in_error", a_seller("Kaede").code))
    refused(OtherCurrency, lambda: asked(deposit.code, "wrong_seller", other.code))
    refused(NotFound, lambda: asked(deposit.code, "wrong_seller", "SLR-NONE"))
    refused(NotFound, lambda: carry_out_reversal(code="RVS-NONE", actor=SECOND, at=NOON))
