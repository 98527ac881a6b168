"""A file of the bank's: looked at before anything is booked, thrown away, undone whole; in every currency."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.books import findings, refused
from tests.money_world import Came, announced, bank_told, free, read_from_bank, zengin
from tests.world import NOON, WORLD, a_seller
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.core.states import NoSuchStep
from toiya.domain.members.models import Seller
from toiya.domain.wallet import jobs
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.bank_files import (
    SameLinesWait,
    TooLateToDropFile,
    UndoNoteMissing,
    book_bank_file,
    throw_bank_file_away,
    want_file_undo,
)
from toiya.domain.wallet.actions.deposits import assign_deposit, match_deposit, take_up_deposit
from toiya.domain.wallet.actions.reversals import Wrong, ask_reversal, carry_out_reversal
from toiya.domain.wallet.bank_files import UnreadableBankFile, read_bank_file
from toiya.domain.wallet.dry_runs import cannot_be_undone, look_at, tally
from toiya.domain.wallet.models import Account, BankFile, Deposit
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db
SECOND = replace(WORLD, id="second", name="Second person")


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def spent(seller: Seller, minor: int) -> None:
    ledger.reserve(Purse(seller.pk, seller.currency, WORLD.name, NOON), {f"STORAGE-{minor}": minor})


def test_a_file_is_looked_at_before_anything_is_booked_and_does_what_was_shown(seller: Seller) -> None:
    first, second = announced(seller, 20_000), announced(a_seller("Kaede"), 500, name="カエデ")
    third = announced(a_seller("Momiji"), 300, name="モミジヤ")
    lines = (
        *(Came(20_000, first.reference), Came(500, "ｶｴﾃﾞ"), Came(500, "ｶｴﾃﾞ", inquiry="000002")),
        *(Came(300, "ﾓﾐｼﾞﾔｼﾖｳｶｲ"), Came(11, "ﾀﾞﾚｶ"), Came(7, first.reference, is_reversal=True)),
    )
    taken = read_from_bank(zengin(*lines))
    looked = look_at(taken)
    assert tally(looked) == {"sure": (2, 20_500), "likely": (1, 300), "nobody": (2, 511), "back": (1, 7)}
    by_what = sorted((each.found.by, each.transfer.reference) for each in looked if each.found and each.transfer)
    assert by_what == sorted([("reference", first.reference), ("name", second.reference), ("name", third.reference)])
    assert (taken.status, taken.total_minor, taken.told_minor) == ("read", 21_311, 21_311)
    for deposit in taken.deposits.all():
        match_deposit(deposit_id=deposit.pk, actor=WORLD, at=NOON)  # a job that runs meanwhile books nothing
    jobs.match_waiting(seller.pk)
    assert free(seller) == 0
    unbooked = next(each.deposit.code for each in looked if each.outlook == "sure")
    refused(NoSuchStep, lambda: assign_deposit(code=unbooked, seller_code=seller.code, actor=WORLD, at=NOON))
    refused(NoSuchStep, lambda: take_up_deposit(code=unbooked, actor=WORLD, at=NOON))

    book_bank_file(code=taken.code, actor=WORLD, at=NOON)
    book_bank_file(code=taken.code, actor=WORLD, at=NOON)
    jobs.match_bank_file(taken.pk)
    booked = Deposit.objects.filter(status="booked")
    assert {each.deposit.pk for each in looked if each.outlook == "sure"} == {each.pk for each in booked}
    assert EventRow.objects.filter(name="wallet.bank_file_booked").count() == 1
    refused(TooLateToDropFile, lambda: throw_bank_file_away(code=taken.code, actor=WORLD, at=NOON))


def test_a_file_that_is_thrown_away_leaves_its_lines_to_another(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    taken = read_from_bank(zengin(Came(20_000, transfer.reference)))
    overlapping = zengin(Came(20_000, transfer.reference), Came(5, "ﾀﾞﾚｶ"))
    refused(SameLinesWait, lambda: read_from_bank(overlapping))
    throw_bank_file_away(code=taken.code, actor=WORLD, at=NOON)
    assert not Deposit.objects.exists()
    refused(NotFound, lambda: book_bank_file(code=taken.code, actor=WORLD, at=NOON))
    bank_told(Came(20_000, transfer.reference))
    assert free(seller) == 20_000


def test_a_whole_file_is_undone_as_far_as_its_money_is_unspent(seller: Seller) -> None:
    other = a_seller("Kaede")
    lines = (
        Came(20_000, announced(seller, 20_000).reference),
        Came(500, announced(other, 500).reference),
        Came(11, "?"),
    )
    bank_told(*lines)
    taken = BankFile.objects.get()
    spent(other, 100)
    assert [(each.deposit.amount_minor, each.free_minor) for each in cannot_be_undone(taken)] == [(500, 400)]
    refused(UndoNoteMissing, lambda: want_file_undo(code=taken.code, note=" ", actor=WORLD, at=NOON))

    for _ in range(2):  # pressed twice, and the job runs twice
        want_file_undo(code=taken.code, note="wrong account", actor=WORLD, at=NOON)
    jobs.undo_bank_file(taken.pk)
    jobs.undo_bank_file(taken.pk)
    taken.refresh_from_db()
    assert (taken.status, free(seller), free(other)) == ("booked", 0, 400)
    assert EventRow.objects.get(name="wallet.bank_file_undone").data == {"undone": 2, "stay": 1}

    ledger.void(Purse(other.pk, "JPY", WORLD.name, NOON), ["STORAGE-100"])
    want_file_undo(code=taken.code, note="wrong account", actor=WORLD, at=NOON)
    jobs.undo_bank_file(taken.pk)
    taken.refresh_from_db()
    assert (taken.status, free(other), Account.objects.filter(kind="debt").exists()) == ("undone", 0, False)
    assert findings() == []
    again = bank_told(*lines)  # the same file, handed in anew
    assert [deposit.status for deposit in again] == ["booked", "booked", "waiting"]
    assert (free(seller), free(other)) == (20_000, 500)
    assert findings() == []


def test_rows_that_cannot_be_read_are_kept_to_mend_and_the_files_own_total_is_compared() -> None:
    rows = ["日付,入金金額,摘要", "2026-11-26,20000,A", "2026/13/40,5,B", "2026-11-26,many,C", ",20005,合計"]
    read = read_bank_file("\n".join(rows).encode(), NOON.date())
    assert (read.total_minor, read.told_minor, len(read.lines)) == (20_000, 20_005, 1)
    found = [(bad.number, tuple(bad.cells), bad.why, bad.cell) for bad in read.to_mend]
    assert found == [
        (3, ("2026/13/40", "5", "B"), "cell_day", "2026/13/40"),
        (4, ("2026-11-26", "many", "C"), "cell_amount", "many"),
    ]


@pytest.mark.parametrize(
    ("currency", "typed", "minor"),
    [("USD", '"1,234.50"', 123_450), ("SGD", "200", 20_000), ("KRW", '"1,500,000"', 1_500_000), ("CNY", "88.8", 8880)],
)
def test_a_list_in_another_currency_fills_wallets_of_that_currency(currency: str, typed: str, minor: int) -> None:
    seller = a_seller("Blue", currency=currency)
    transfer = announced(seller, minor, name="BLUE CO")
    listed = f"date,amount,payer,reference\n2026-11-26,{typed},BLUE CO,{transfer.reference}\n".encode()
    taken = read_from_bank(listed, currency=currency)
    book_bank_file(code=taken.code, actor=WORLD, at=NOON)
    jobs.match_bank_file(taken.pk)
    assert (taken.currency, taken.total_minor, free(seller)) == (currency, minor, minor)
    wrong = Wrong("in_error", "Letter, folder 7")
    reversal = ask_reversal(cause=Deposit.objects.get().code, wrong=wrong, actor=WORLD, at=NOON)
    carry_out_reversal(code=reversal.code, actor=SECOND, at=NOON)
    assert free(seller) == 0
    assert findings() == []


@pytest.mark.parametrize(("currency", "typed"), [("USD", '"200,00"'), ("USD", "1.234"), ("KRW", "1.5"), ("JPY", "-5")])
def test_an_amount_that_is_none_in_its_currency_is_not_guessed(currency: str, typed: str) -> None:
    listed = f"date,amount,payer\n2026-11-26,{typed},BLUE CO\n".encode()
    with pytest.raises(UnreadableBankFile, match="is no amount"):
        read_bank_file(listed, NOON.date(), currency=currency)


def test_the_notice_of_200_bytes_tells_yen() -> None:
    with pytest.raises(UnreadableBankFile, match="tells yen, not USD"):
        read_bank_file(zengin(Came(1, "A")), NOON.date(), currency="USD")
