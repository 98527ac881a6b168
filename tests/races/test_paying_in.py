"""One gift code wanted by eight shops at once, one deposit matched by eight jobs, one sale settled eight times."""

from __future__ import annotations

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import transaction

from tests.books import findings
from tests.money_world import Came, announced, free, gift_codes, taken_from_bank, zengin
from tests.races.together import together
from tests.world import NOON, WORLD, a_seller, acting_for
from toiya.core import checks
from toiya.core.money import Money
from toiya.core.rows import LockableRows
from toiya.core.states import NoSuchStep
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.deposits import match_deposit
from toiya.domain.wallet.actions.gifts import GiftCodeOver, redeem_gift_code
from toiya.domain.wallet.actions.ledger import BookedBefore, WalletTooLow
from toiya.domain.wallet.actions.reversals import Wrong, ask_reversal, carry_out_reversal
from toiya.domain.wallet.actions.sales import SaleTerms, settle_sale_of
from toiya.domain.wallet.checks import TRUTHS
from toiya.domain.wallet.models import Deposit, GiftCode
from toiya.domain.wallet.queries import balances_of
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


@pytest.fixture
def sellers(transactional_db: None) -> list[Seller]:
    return [a_seller(f"Shop {number}") for number in range(THREADS)]


def redeem(seller: Seller, secret: str) -> None:
    redeem_gift_code(seller=seller, typed=secret, actor=acting_for(seller), at=NOON)


def test_a_gift_code_wanted_by_eight_shops_is_one_shops(sellers: list[Seller]) -> None:
    ((_code, secret),) = gift_codes(5000)
    ends = together([lambda seller=seller: redeem(seller, secret) for seller in sellers])  # type: ignore[misc]
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [GiftCodeOver] * (THREADS - 1)
    assert sum(map(free, sellers)) == 5000
    assert findings() == []


def test_control_without_the_lock_each_shop_has_the_money(
    sellers: list[Seller], monkeypatch: pytest.MonkeyPatch
) -> None:
    ((_code, secret),) = gift_codes(5000)
    everybody_has_read, move = Barrier(THREADS), GiftCode.move_to

    def read_together(gift: GiftCode, status: str) -> None:
        with suppress(BrokenBarrierError):
            everybody_has_read.wait(timeout=5)
        move(gift, status)

    with monkeypatch.context() as patch:
        patch.setattr(LockableRows, "lock", lambda rows: rows.order_by("pk"))
        patch.setattr(GiftCode, "move_to", read_together)
        together([lambda seller=seller: redeem(seller, secret) for seller in sellers])  # type: ignore[misc]
    assert sum(map(free, sellers)) > 5000
    assert "money_in_has_its_cause" in {
        finding.check.code for finding in checks.run(TRUTHS.checks, at=NOON) if finding.count
    }


def test_a_deposit_that_eight_jobs_match_is_booked_once(sellers: list[Seller]) -> None:
    seller = sellers[0]
    transfer = announced(seller, 700)
    taken_from_bank(zengin(Came(700, transfer.reference)))
    deposit = Deposit.objects.get()
    ends = together([lambda: match_deposit(deposit_id=deposit.pk, actor=WORLD, at=NOON)] * THREADS)
    assert (ends.troubles, ends.refusals) == ([], [])
    assert free(seller) == 700
    assert findings() == []


def test_a_deposit_that_eight_persons_take_back_leaves_once_while_its_money_is_spent(sellers: list[Seller]) -> None:
    seller = sellers[0]
    transfer = announced(seller, 700)
    taken_from_bank(zengin(Came(700, transfer.reference)))
    deposit = match_deposit(deposit_id=Deposit.objects.get().pk, actor=WORLD, at=NOON)
    wrong = Wrong("recalled", "Letter of the bank")
    reversal = ask_reversal(cause=deposit.code, wrong=wrong, actor=acting_for(seller), at=NOON)
    purse = Purse(seller.pk, "JPY", WORLD.name, NOON)

    def spend() -> None:
        with transaction.atomic():
            ledger.reserve(purse, {"STORAGE-1": 500})

    def take_back() -> None:
        carry_out_reversal(code=reversal.code, actor=WORLD, at=NOON)

    ends = together([spend, *[take_back] * (THREADS - 1)])
    assert ends.troubles == []
    refusals = [type(refusal) for refusal in ends.refusals]
    assert refusals.count(NoSuchStep) == THREADS - 2
    balances = balances_of(seller.pk, "JPY")
    spent_first = WalletTooLow not in refusals
    assert (balances.free, balances.aside, balances.debt) == ((0, 500, 500) if spent_first else (0, 0, 0))
    assert findings() == []


def test_a_sale_that_is_settled_eight_times_at_once_is_booked_once(sellers: list[Seller]) -> None:
    seller = sellers[0]
    terms = SaleTerms("ORD-1", "CON-1", Money(900, "JPY"))

    def settle() -> None:
        settle_sale_of(seller=seller, terms=terms, paid=Money(800, "JPY"), actor=WORLD, at=NOON)

    ends = together([settle] * THREADS)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [BookedBefore] * (THREADS - 1)
    assert free(seller) == 800
    assert findings() == []
