"""From an announced transfer and the bank's file to money in the wallet: once, whoever tells of it."""

from __future__ import annotations

import pytest

from tests.books import findings, refused
from tests.money_world import Came, announced, bank_told, free, taken_from_bank, zengin
from tests.world import NOON, WORLD, a_seller, acting_for
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.core.money import Money
from toiya.core.states import NoSuchStep
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.bank_files import BankFileTakenBefore
from toiya.domain.wallet.actions.deposits import (
    DepositIsReversal,
    NoteMissing,
    OtherCurrency,
    assign_deposit,
    match_deposit,
    set_deposit_aside,
    take_up_deposit,
)
from toiya.domain.wallet.actions.ledger import AmountNotPositive
from toiya.domain.wallet.actions.transfers import (
    SenderNameMissing,
    TooManyAnnounced,
    announce_transfer,
    withdraw_transfer,
)
from toiya.domain.wallet.bank_files import UnreadableBankFile, read_bank_file
from toiya.domain.wallet.models import AnnouncedTransfer, Deposit, TopUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def test_an_announcement_books_nothing_and_is_one_however_often_the_form_is_sent(seller: Seller) -> None:
    told = {"seller": seller, "amount": Money(20_000, "JPY"), "sender_name": "カ）ハナタバ", "token": "form 1"}
    first = announce_transfer(**told, actor=acting_for(seller), at=NOON)
    again = announce_transfer(**told, actor=acting_for(seller), at=NOON)
    assert (again.pk, len(first.reference)) == (first.pk, 8)
    assert AnnouncedTransfer.objects.count() == 1
    assert free(seller) == 0
    assert EventRow.objects.filter(name="wallet.transfer_announced").count() == 1


def test_what_is_no_announcement_is_refused(seller: Seller) -> None:
    told = {"seller": seller, "sender_name": "ハナタバ", "token": "form 1", "actor": WORLD, "at": NOON}
    refused(AmountNotPositive, lambda: announce_transfer(**told, amount=Money(0, "JPY")))
    nameless = told | {"sender_name": " -- "}
    refused(SenderNameMissing, lambda: announce_transfer(**nameless, amount=Money(1, "JPY")))
    for _ in range(20):
        announced(seller, 1000)
    refused(TooManyAnnounced, lambda: announce_transfer(**told, amount=Money(1, "JPY")))


@pytest.mark.seed("A177", "L37")
def test_a_transfer_with_its_number_is_booked_without_a_person(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    (deposit,) = bank_told(Came(20_000, f"{transfer.reference} ﾀﾞﾚｶ"))
    assert (deposit.status, deposit.matched_by, deposit.confidence) == ("booked", "reference", 100)
    assert (deposit.seller_id, deposit.transfer_id) == (seller.pk, transfer.pk)
    transfer.refresh_from_db()
    assert transfer.status == "arrived"
    assert free(seller) == 20_000
    told = EventRow.objects.get(name="wallet.topped_up")
    assert told.data == {"currency": "JPY", "amount_minor": 20_000, "reference": deposit.code}
    assert findings() == []


def test_a_transfer_without_its_number_is_found_by_name_and_amount(seller: Seller) -> None:
    announced(seller, 20_000)
    (deposit,) = bank_told(Came(20_000, "ｶ)ﾊﾅﾀﾊﾞ"))
    assert (deposit.status, deposit.matched_by, deposit.confidence) == ("booked", "name", 90)
    assert free(seller) == 20_000


def test_what_came_is_booked_not_what_was_announced(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    (deposit,) = bank_told(Came(19_340, f"{transfer.reference} ﾊﾅﾀﾊﾞ"))  # the payer's bank took its fee out
    assert (deposit.status, deposit.confidence) == ("booked", 95)
    assert free(seller) == 19_340


def test_what_is_not_sure_waits_with_the_likeliest_transfer(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    likely, unknown = bank_told(Came(20_000, "ﾊﾅﾀﾊﾞｼﾖｳｶｲ"), Came(700, "ﾘｿｸ"))
    assert (likely.status, likely.guess, likely.confidence) == ("waiting", transfer.reference, 70)
    assert (unknown.status, unknown.guess, unknown.confidence) == ("waiting", "", 0)
    assert free(seller) == 0

    assign_deposit(code=likely.code, seller_code=seller.code, actor=WORLD, at=NOON)
    set_deposit_aside(code=unknown.code, note="interest", actor=WORLD, at=NOON)
    likely.refresh_from_db()
    transfer.refresh_from_db()
    assert (likely.status, likely.matched_by, transfer.status) == ("booked", "person", "arrived")
    assert free(seller) == 20_000
    refused(NoSuchStep, lambda: assign_deposit(code=likely.code, seller_code=seller.code, actor=WORLD, at=NOON))
    refused(NoSuchStep, lambda: set_deposit_aside(code=likely.code, note="x", actor=WORLD, at=NOON))

    take_up_deposit(code=unknown.code, actor=WORLD, at=NOON)
    assert Deposit.objects.get(code=unknown.code).status == "waiting"
    assert findings() == []


def test_the_same_file_is_taken_once(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    came = Came(20_000, transfer.reference)
    bank_told(came)
    refusal = refused(BankFileTakenBefore, lambda: taken_from_bank(zengin(came)))
    assert "nothing was booked twice" in str(refusal)


def test_files_that_overlap_tell_a_line_once_and_two_alike_twice(seller: Seller) -> None:
    transfer = announced(seller, 300)
    came = Came(300, f"{transfer.reference} ﾊﾅﾀﾊﾞ")
    bank_told(came, came)  # the seller sent it twice: both are its money
    assert free(seller) == 600
    again = taken_from_bank(zengin(came, came, Came(50, transfer.reference)))
    assert (again.lines, again.new_lines) == (3, 1)
    for deposit in Deposit.objects.filter(bank_file=again):
        match_deposit(deposit_id=deposit.pk, actor=WORLD, at=NOON)
        match_deposit(deposit_id=deposit.pk, actor=WORLD, at=NOON)
    assert free(seller) == 650
    assert TopUp.objects.count() == 3
    assert findings() == []


def test_a_list_of_the_same_day_in_another_form_books_nothing_twice(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    bank_told(Came(20_000, f"{transfer.reference} ﾊﾅﾀﾊﾞ"))
    listed = f"日付,入金金額,摘要\n2026-11-26,20000,{transfer.reference} ハナタバ\n".encode()
    (again,) = bank_told(content=listed)
    assert (again.status, again.guess, again.confidence) == ("waiting", transfer.reference, 70)
    assert free(seller) == 20_000


def test_money_for_a_withdrawn_transfer_is_booked_all_the_same(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    withdraw_transfer(reference=transfer.reference, actor=acting_for(seller), at=NOON)
    refused(NoSuchStep, lambda: withdraw_transfer(reference=transfer.reference, actor=acting_for(seller), at=NOON))
    bank_told(Came(20_000, transfer.reference))
    assert free(seller) == 20_000


def test_a_stranger_cannot_withdraw_it(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    other = acting_for(a_seller("Kaede"))
    refused(NotFound, lambda: withdraw_transfer(reference=transfer.reference, actor=other, at=NOON))


def test_what_the_bank_takes_back_is_never_booked(seller: Seller) -> None:
    transfer = announced(seller, 20_000)
    (deposit,) = bank_told(Came(20_000, transfer.reference, is_reversal=True))
    assert deposit.status == "waiting"
    refused(DepositIsReversal, lambda: assign_deposit(code=deposit.code, seller_code=seller.code, actor=WORLD, at=NOON))
    refused(NoteMissing, lambda: set_deposit_aside(code=deposit.code, note=" ", actor=WORLD, at=NOON))


def test_a_deposit_goes_to_no_wallet_of_another_currency(seller: Seller) -> None:
    (deposit,) = bank_told(Came(20_000, "ﾀﾞﾚｶ"))
    other = a_seller("Blue", currency="USD")
    refused(OtherCurrency, lambda: assign_deposit(code=deposit.code, seller_code=other.code, actor=WORLD, at=NOON))
    refused(NotFound, lambda: assign_deposit(code=deposit.code, seller_code="SLR-NONE", actor=WORLD, at=NOON))
    refused(NotFound, lambda: take_up_deposit(code="DEP-NONE", actor=WORLD, at=NOON))


@pytest.mark.parametrize("line_end", [b"", b"\n", b"\r\n"])
def test_the_banks_records_are_read_with_and_without_line_ends(line_end: bytes) -> None:
    content = zengin(Came(1_000, "ｶ)ﾊﾅﾀﾊﾞ", "EDI 7"), Came(2_000, "ｶｴﾃﾞ"), line_end=line_end)
    read = read_bank_file(content, NOON.date())
    assert read.form == "zengin"
    found = [(line.amount_minor, line.name, line.message, line.account) for _, line in read.lines]
    account = "0005-001-1234567"
    assert found == [(1_000, "ｶ)ﾊﾅﾀﾊﾞ", "EDI 7", account), (2_000, "ｶｴﾃﾞ", "", account)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zengin(Came(1_000, "A"))[:-40], "200 bytes"),
        (zengin(Came(1_000, "A")).replace(b"000001000000001000", b"000001000000009000"), "totals"),
        (b"103" + zengin(Came(1_000, "A"))[3:], "no columns"),
        (zengin(), "no deposit"),
        ("日付,入金金額,摘要\n2026/13/40,1000,A\n".encode(), "is no day"),
        ("日付,入金金額,摘要\n2026/11/26,many,A\n".encode(), "is no amount"),
        ("日付,摘要\n2026/11/26,A\n".encode(), "no columns"),
    ],
    ids=["cut", "totals", "other kind", "empty", "day", "amount", "columns"],
)
def test_a_file_that_is_not_whole_is_refused_whole(content: bytes, why: str) -> None:
    refusal = refused(Refusal, lambda: read_bank_file(content, NOON.date()))
    assert why in str(refusal) or isinstance(refusal, UnreadableBankFile) is False


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_csv_of_the_bank_is_read_by_its_headings(seller: Seller, encoding: str) -> None:
    transfer = announced(seller, 20_000)
    rows = [
        "取引日,お支払金額,お預り金額,摘要,メモ",
        f'2026年11月26日,,"20,000",カ）ハナタバ,{transfer.reference}',
        "2026/11/26,500,,デンキダイ,",
    ]
    (deposit,) = bank_told(content="\r\n".join(rows).encode(encoding))
    assert (deposit.status, deposit.amount_minor, deposit.booked_on.isoformat()) == ("booked", 20_000, "2026-11-26")
    assert free(seller) == 20_000
