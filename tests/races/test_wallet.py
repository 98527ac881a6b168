"""The last yen of a wallet, wanted for eight parcels at once."""

from __future__ import annotations

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import transaction

from tests.books import findings
from tests.races.together import together, unlocked
from tests.world import NOON, WORLD, a_seller, money_in
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet import sql
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.ledger import ReservationEnded, WalletTooLow
from toiya.domain.wallet.actions.payments import ToppedUpBefore, top_up_wallet
from toiya.domain.wallet.models import Account, Entry, Posting, Reservation
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, ENOUGH_FOR, FEE = 8, 3, 385


@pytest.fixture
def seller(transactional_db: None) -> Seller:
    seller = a_seller()
    money_in(seller, ENOUGH_FOR * FEE + FEE - 1)
    return seller


def reserve(seller: Seller, number: int) -> None:
    with transaction.atomic():
        ledger.reserve(Purse(seller.pk, "JPY", "tests", NOON), {f"PCL-{number}": FEE})


def balance(seller: Seller, kind: str) -> int:
    return Account.objects.get(seller=seller, kind=kind).balance_minor


def test_eight_threads_for_money_for_three_set_aside_three(seller: Seller) -> None:
    ends = together([lambda number=number: reserve(seller, number) for number in range(THREADS)])  # type: ignore[misc]
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [WalletTooLow] * (THREADS - ENOUGH_FOR)
    assert (balance(seller, "free"), balance(seller, "reserved")) == (FEE - 1, ENOUGH_FOR * FEE)
    assert Reservation.objects.count() == ENOUGH_FOR
    assert findings("I06") == []


def test_a_top_up_sent_eight_times_at_once_is_booked_once(seller: Seller) -> None:
    paid, before = Money(20_000, "JPY"), balance(seller, "free")

    def press() -> None:
        top_up_wallet(seller=seller, amount=paid, reference="transfer", actor=WORLD, at=NOON, token="form-1")

    ends = together([press] * THREADS)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [ToppedUpBefore] * (THREADS - 1)
    assert balance(seller, "free") == before + 20_000
    assert findings("I06") == []


def test_control_without_the_lock_the_constraint_has_the_last_word(
    seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody_has_read, lock = Barrier(THREADS), sql.lock_accounts

    def read_together(*arguments: object) -> object:
        accounts = lock(*arguments)  # type: ignore[arg-type]
        with suppress(BrokenBarrierError):
            everybody_has_read.wait(timeout=2)
        return accounts

    monkeypatch.setattr(sql, "lock_accounts", read_together)
    with unlocked(monkeypatch, sql, "_LOCK"):
        ends = together([lambda number=number: reserve(seller, number) for number in range(THREADS)])  # type: ignore[misc]
    assert [type(trouble).__name__ for trouble in ends.troubles] == ["IntegrityError"] * (THREADS - ENOUGH_FOR)
    assert balance(seller, "free") == FEE - 1


def test_control_read_add_save_spends_the_same_yen_many_times(seller: Seller) -> None:
    everybody_has_read = Barrier(THREADS, timeout=30)
    spent: list[int] = []

    def spend() -> None:
        account = Account.objects.get(seller=seller, kind="free")
        everybody_has_read.wait()
        if account.balance_minor >= FEE:
            account.balance_minor -= FEE
            account.save()
            spent.append(FEE)

    together([spend] * THREADS)
    assert (len(spent), balance(seller, "free")) == (THREADS, ENOUGH_FOR * FEE - 1)


def test_eight_threads_end_one_reservation_once(seller: Seller) -> None:
    reserve(seller, 1)
    purse = Purse(seller.pk, "JPY", "tests", NOON)

    def end(number: int) -> None:
        with transaction.atomic():
            (ledger.capture if number % 2 else ledger.void)(purse, ["PCL-1"])

    ends = together([lambda number=number: end(number) for number in range(THREADS)])  # type: ignore[misc]
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [ReservationEnded] * (THREADS - 1)
    assert balance(seller, "reserved") == 0
    assert Posting.objects.filter(kind__in=["capture", "void"]).count() == 1
    assert sum(Entry.objects.values_list("amount_minor", flat=True)) == 0
    assert findings("I06", "I07") == []
