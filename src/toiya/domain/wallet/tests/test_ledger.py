"""Money set aside, taken and given back; what the wallet does not cover is refused whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from tests.books import findings, fingerprint, refused
from tests.world import NOON, WORLD, a_seller, money_in
from toiya.core.models import EventRow
from toiya.core.money import Money
from toiya.domain.billing.actions.refunding import refund_fee
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.ledger import (
    EFFECTS,
    AmountNotPositive,
    BookedBefore,
    ReservationEnded,
    WalletTooLow,
)
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.wallet.models import Account, Entry, Posting, Reservation
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import KINDS, Purse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(db: None) -> Seller:
    """A seller with 1,000 yen free."""
    seller = a_seller()
    money_in(seller, 1000)
    return seller


def purse_of(seller: Seller, currency: str = "JPY") -> Purse:
    return Purse(seller.pk, currency, "tests", NOON)


def balances(seller: Seller, currency: str = "JPY") -> dict[str, int]:
    found = Account.objects.filter(seller=seller, currency=currency)
    return dict(found.values_list("kind", "balance_minor"))


def test_every_kind_of_posting_has_its_effect_between_two_accounts_that_exist() -> None:
    assert set(EFFECTS) == set(Posting.Kind)
    assert {account for effect in EFFECTS.values() for account in effect} == set(KINDS) == set(Account.Kind.values)


def test_a_top_up_is_free_money_and_told(seller: Seller) -> None:
    assert balances(seller) == {"free": 1000, "reserved": 0, "fees": 0, "top_ups": -1000}
    row = EventRow.objects.get(name="wallet.topped_up")
    assert (row.subject, row.data) == (
        seller.code,
        {"currency": "JPY", "amount_minor": 1000, "reference": "transfer 1"},
    )
    assert findings() == []


def test_what_is_set_aside_for_two_causes_is_one_posting_and_ends_apart(seller: Seller) -> None:
    purse = purse_of(seller)
    with transaction.atomic():
        ids = ledger.reserve(purse, {"PCL-1": 300, "PCL-2": 200})
    assert set(ids) == {"PCL-1", "PCL-2"}
    assert balances(seller) == {"free": 500, "reserved": 500, "fees": 0, "top_ups": -1000}
    assert list(Entry.objects.filter(source__startswith="PCL").values_list("amount_minor", flat=True)) == [-300, -200]
    with transaction.atomic():
        ledger.capture(purse, ["PCL-1"])
        ledger.void(purse, ["PCL-2"])
    assert balances(seller) == {"free": 700, "reserved": 0, "fees": 300, "top_ups": -1000}
    assert dict(Reservation.objects.values_list("source", "status")) == {"PCL-1": "captured", "PCL-2": "voided"}
    assert findings() == []


def test_too_little_names_what_is_missing_and_changes_nothing(seller: Seller) -> None:
    refusal = refused(WalletTooLow, lambda: ledger.reserve(purse_of(seller), {"PCL-1": 600, "PCL-2": 500}))
    assert refusal.facts == {"currency": "JPY", "needed": 1100, "free": 1000, "missing": 100}
    assert str(refusal).replace("\N{NO-BREAK SPACE}", " ") == (
        "JPY 1,100 are needed and JPY 1,000 are free in the wallet. Top up at least JPY 100."
    )
    usd = WalletTooLow(needed=Money(1100, "USD"), free=Money(-50, "USD"), missing=Money(1150, "USD"))
    assert str(usd).replace("\N{NO-BREAK SPACE}", " ").startswith("USD 11.00 are needed and \N{MINUS SIGN}USD 0.50 are")


def test_a_credit_limit_is_used_to_the_last_yen_and_no_further(seller: Seller) -> None:
    Account.objects.filter(seller=seller, kind="free").update(credit_limit_minor=100)
    refused(WalletTooLow, lambda: ledger.reserve(purse_of(seller), {"PCL-1": 1101}))
    with transaction.atomic():
        ledger.reserve(purse_of(seller), {"PCL-1": 1100})
    assert balances(seller)["free"] == -100
    assert findings("I06") == []


def test_a_currency_without_money_has_nothing_to_set_aside(seller: Seller) -> None:
    refusal = refused(WalletTooLow, lambda: ledger.reserve(purse_of(seller, "USD"), {"PCL-1": 1}))
    assert refusal.facts["missing"] == 1


@pytest.mark.parametrize("again", [ledger.capture, ledger.void])
@pytest.mark.parametrize("first", [ledger.capture, ledger.void])
def test_what_was_set_aside_ends_once(
    seller: Seller, first: Callable[[Purse, list[str]], None], again: Callable[[Purse, list[str]], None]
) -> None:
    with transaction.atomic():
        ledger.reserve(purse_of(seller), {"PCL-1": 300, "PCL-2": 300})
        first(purse_of(seller), ["PCL-1"])
    refusal = refused(ReservationEnded, lambda: again(purse_of(seller), ["PCL-1", "PCL-2"]))
    assert refusal.details == {"sources": "PCL-1"}


def test_nothing_is_taken_that_was_never_set_aside(seller: Seller) -> None:
    refused(ReservationEnded, lambda: ledger.capture(purse_of(seller), ["PCL-9"]))


def test_another_sellers_money_is_not_touched(seller: Seller) -> None:
    with transaction.atomic():
        ledger.reserve(purse_of(seller), {"PCL-1": 300})
    other = a_seller("Kaede")
    refused(ReservationEnded, lambda: ledger.capture(purse_of(other), ["PCL-1"]))
    refused(WalletTooLow, lambda: ledger.reserve(purse_of(other), {"PCL-2": 1}))


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_that_is_not_positive_is_refused_everywhere(seller: Seller, amount: int) -> None:
    money = Money(amount, "JPY")
    refused(AmountNotPositive, lambda: ledger.reserve(purse_of(seller), {"PCL-1": 5, "PCL-2": amount}))
    refused(AmountNotPositive, lambda: top_up_wallet(seller=seller, amount=money, reference="x", actor=WORLD, at=NOON))
    refused(AmountNotPositive, lambda: refund_fee(seller=seller, amount=money, reference="x", actor=WORLD, at=NOON))


def test_a_refund_gives_a_fee_back(seller: Seller) -> None:
    with transaction.atomic():
        ledger.reserve(purse_of(seller), {"PCL-1": 385})
        ledger.capture(purse_of(seller), ["PCL-1"])
    refund_fee(seller=seller, amount=Money(385, "JPY"), reference="PCL-1", actor=WORLD, at=NOON)
    assert balances(seller) == {"free": 1000, "reserved": 0, "fees": 0, "top_ups": -1000}
    assert findings() == []


@pytest.mark.parametrize("table", ["wallet_posting", "wallet_entry", "wallet_booked"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET seller_id = 0", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_line_of_the_ledger_cannot_be_changed_or_removed(seller: Seller, table: str, verb: str) -> None:
    with transaction.atomic():
        ledger.grant(purse_of(seller), 5, "AD-1")
    before = fingerprint("wallet_")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))
    assert fingerprint("wallet_") == before


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("UPDATE wallet_account SET balance_minor = -1 WHERE kind = 'free'", "free_within_limit"),
        ("UPDATE wallet_account SET balance_minor = -1 WHERE kind = 'reserved'", "reserved_not_negative"),
    ],
)
def test_the_database_itself_refuses_to_overdraw(seller: Seller, statement: str, guard: str) -> None:
    with pytest.raises(IntegrityError, match=guard), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_charge_is_taken_at_once_and_once(seller: Seller) -> None:
    purse = purse_of(seller)
    with transaction.atomic():
        ledger.charge(purse, {"ST-1": 300, "ST-2": 100}, Use.STATEMENT)
    assert balances(seller) == {"free": 600, "reserved": 0, "fees": 400, "top_ups": -1000}
    refusal = refused(BookedBefore, lambda: ledger.charge(purse, {"ST-2": 100, "ST-3": 1}, Use.STATEMENT))
    assert refusal.details == {"sources": "ST-2"}
    refusal = refused(WalletTooLow, lambda: ledger.charge(purse, {"ST-3": 601}, Use.STORAGE))
    assert refusal.facts == {"currency": "JPY", "needed": 601, "free": 600, "missing": 1}
    refused(AmountNotPositive, lambda: ledger.charge(purse, {"ST-3": 0}, Use.OTHER))
    assert findings() == []


@pytest.mark.seed("A172")
def test_advertising_credit_pays_leaflets_first_and_never_storage(seller: Seller) -> None:
    purse = purse_of(seller)
    with transaction.atomic():
        ledger.grant(purse, 5000, "AD-1")
    refusal = refused(WalletTooLow, lambda: ledger.charge(purse, {"ST-1": 1001}, Use.STORAGE))
    assert refusal.facts["missing"] == 1
    with transaction.atomic():
        ledger.charge(purse, {"ST-1": 400}, Use.STORAGE)
        ledger.charge(purse, {"LEAFLETS-1": 4900, "LEAFLETS-2": 200}, Use.PROMOTION)
    assert balances(seller) == {
        "free": 500, "reserved": 0, "fees": 5500, "top_ups": -1000, "advertising": 0, "given": -5000,
    }  # fmt: skip
    with transaction.atomic():
        ledger.settle_sale(purse, 700, "ORD-1")
        ledger.charge(purse, {"ST-2": 1200}, Use.STORAGE)  # what a sale brought pays like what was topped up
    assert balances(seller)["free"] == 0
    assert findings() == []


@pytest.mark.seed("A172")
def test_advertising_credit_pays_leaflets_back_once_and_no_storage(seller: Seller) -> None:
    purse = purse_of(seller)
    with transaction.atomic():
        ledger.grant(purse, 70, "AD-1")
        ledger.reserve(purse, {"PCL-1": 400, "PCL-2": 400})
        ledger.capture(purse, ["PCL-1", "PCL-2"])
        assert ledger.cover(purse, {"PCL-1": 50}, Use.STORAGE) == {}
        assert ledger.cover(purse, {"PCL-1": 50, "PCL-2": 50}, Use.PROMOTION) == {"PCL-1": 50, "PCL-2": 20}
        assert ledger.cover(purse, {"PCL-3": 50}, Use.PROMOTION) == {}
        ledger.grant(purse, 30, "AD-2")
    assert balances(seller) == {
        "free": 270, "reserved": 0, "fees": 800, "top_ups": -1000, "advertising": 30, "given": -100,
    }  # fmt: skip
    refused(BookedBefore, lambda: ledger.cover(purse, {"PCL-2": 30}, Use.PROMOTION))
    refused(AmountNotPositive, lambda: ledger.cover(purse, {"PCL-4": 0}, Use.PROMOTION))
    assert findings() == []


@pytest.mark.parametrize(("verb", "account"), [("compensate", "compensations"), ("settle_sale", "settlements")])
def test_what_is_given_for_a_cause_is_free_money_and_given_once(seller: Seller, verb: str, account: str) -> None:
    give = getattr(ledger, verb)
    with transaction.atomic():
        give(purse_of(seller), 250, "X-1")
    refused(BookedBefore, lambda: give(purse_of(seller), 250, "X-1"))
    refused(AmountNotPositive, lambda: give(purse_of(seller), 0, "X-2"))
    assert balances(seller) == {"free": 1250, "reserved": 0, "fees": 0, "top_ups": -1000, account: -250}
    assert findings() == []


def test_a_fee_that_a_sale_is_to_pay_leaves_free_money_alone_and_is_paid_when_the_sale_is(seller: Seller) -> None:
    purse = purse_of(seller)
    with transaction.atomic():
        ledger.defer(purse, {"PCL-1": 385, "PCL-2": 600, "PCL-3": 700}, "ORD-1")
        ledger.void(purse, ["PCL-3"])
        ledger.capture(purse, ["PCL-1"])
    assert balances(seller) == {"free": 1000, "reserved": 600, "fees": 385, "top_ups": -1000, "owed": -985}
    with transaction.atomic():
        assert ledger.repay(purse, ["ORD-2"]) == {}
        assert ledger.repay(purse, ["ORD-1"]) == {"PCL-1": 385, "PCL-2": 600}
        assert ledger.repay(purse, ["ORD-1"]) == {}
        ledger.void(purse, ["PCL-2"])  # paid by now: it goes back into free money
    assert balances(seller) == {"free": 615, "reserved": 0, "fees": 385, "top_ups": -1000, "owed": 0}
    assert findings() == []


def test_what_free_money_does_not_cover_whole_stays_owed(seller: Seller) -> None:
    purse = purse_of(seller)
    with transaction.atomic():
        ledger.defer(purse, {"FEE-1": 900, "FEE-2": 200, "FEE-3": 100}, "ORD-1")
        assert ledger.repay(purse, ["ORD-1"]) == {"FEE-1": 900, "FEE-3": 100}
    assert balances(seller)["owed"] == -200
    assert findings() == []
