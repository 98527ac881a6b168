"""Random verbs on the ledger of money, beside a model of plain numbers: same yen, same refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.machines import RolledBack, refusal_of, run
from tests.world import NOON, WORLD, a_seller
from toiya.core import checks
from toiya.core.money import Money
from toiya.domain.billing.actions.refunding import refund_fee
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger, ledger_back
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.wallet.checks import TRUTHS
from toiya.domain.wallet.models import Account, Booked, Entry, Reservation
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse, ensure_accounts

CREDIT = 100
INVARIANTS = [check for check in TRUTHS.checks if check.invariant in {"I06", "I07"}]
AMOUNTS = st.integers(-10, 400)
CAUSES = st.sampled_from(["PCL-1", "PCL-2", "PCL-3", "PCL-4", "PCL-5"])
SALES = st.sampled_from(["ORD-1", "ORD-2"])
ONCE = st.sampled_from(["X-1", "X-2", "X-3"])
SEVERAL = st.lists(CAUSES, min_size=1, max_size=3, unique=True)


GIVING = {
    "compensate": ("compensations", "free"),
    "settle_sale": ("settlements", "free"),
    "grant": ("given", "advertising"),
}


@dataclass
class Yen:
    """
    The model: where the money is, what is set aside for which cause and how that ended, which sale is to pay it, and
    what was booked once.
    """

    accounts: Counter[str] = field(default_factory=Counter)
    causes: dict[str, tuple[int, str]] = field(default_factory=dict)
    owed: dict[str, str] = field(default_factory=dict)
    booked: dict[tuple[str, str], int] = field(default_factory=dict)

    def move(self, taken: str, given: str, amount: int) -> None:
        self.accounts[taken] -= amount
        self.accounts[given] += amount
        paid = min(self.accounts["free"], -self.accounts["debt"]) if given == "free" else 0
        if paid > 0:  # money that becomes free pays a debt first
            self.accounts["free"] -= paid
            self.accounts["debt"] += paid

    @property
    def spendable(self) -> int:
        return self.accounts["free"] + self.accounts["debt"]

    def copy(self) -> Yen:
        return Yen(Counter(self.accounts), dict(self.causes), dict(self.owed), dict(self.booked))


class Wallet(RolledBack):
    """The verbs in any order, for one seller who may owe us a hundred yen."""

    seller: Seller

    def __init__(self) -> None:
        super().__init__()
        self.model = Yen()
        self.purse = Purse(self.seller.pk, "JPY", "model", NOON)

    def judge(self, wanted: Yen | None, step: Callable[[], object]) -> None:
        """Do the step; it must succeed exactly when the model has an answer, and change nothing otherwise."""
        refusal = refusal_of(step, "wallet_", "core_event")
        assert (refusal is None) == (wanted is not None), refusal
        self.model = wanted or self.model

    @rule(amount=AMOUNTS)
    def top_up(self, amount: int) -> None:
        wanted = self.model.copy()
        wanted.move("top_ups", "free", amount)
        money = Money(amount, "JPY")
        self.judge(
            wanted if amount > 0 else None,
            lambda: top_up_wallet(seller=self.seller, amount=money, reference="transfer", actor=WORLD, at=NOON),
        )

    @rule(amount=AMOUNTS)
    def refund(self, amount: int) -> None:
        wanted = self.model.copy()
        wanted.move("fees", "free", amount)
        money = Money(amount, "JPY")
        self.judge(
            wanted if amount > 0 else None,
            lambda: refund_fee(seller=self.seller, amount=money, reference="PCL-9", actor=WORLD, at=NOON),
        )

    @rule(causes=SEVERAL, amount=AMOUNTS)
    def reserve(self, causes: list[str], amount: int) -> None:
        if any(cause in self.model.causes for cause in causes):
            return  # a cause is a parcel's code: it is set aside for once
        wanted = self.model.copy()
        for cause in causes:
            wanted.move("free", "reserved", amount)
            wanted.causes[cause] = amount, "open"
        is_possible = amount > 0 and wanted.spendable >= -CREDIT
        self.judge(wanted if is_possible else None, lambda: ledger.reserve(self.purse, dict.fromkeys(causes, amount)))

    @rule(causes=SEVERAL, amount=AMOUNTS, sale=SALES)
    def defer(self, causes: list[str], amount: int, sale: str) -> None:
        if any(cause in self.model.causes for cause in causes):
            return
        wanted = self.model.copy()
        for cause in causes:
            wanted.move("owed", "reserved", amount)
            wanted.causes[cause] = amount, "open"
            wanted.owed[cause] = sale
        step = lambda: ledger.defer(self.purse, dict.fromkeys(causes, amount), sale)  # noqa: E731
        self.judge(wanted if amount > 0 else None, step)

    @rule(sale=SALES)
    def repay(self, sale: str) -> None:
        wanted = self.model.copy()
        for cause, (amount, end) in wanted.causes.items():
            is_due = wanted.owed.get(cause) == sale and end != "voided"
            if is_due and amount <= wanted.accounts["free"]:
                wanted.move("free", "owed", amount)
                del wanted.owed[cause]
        self.judge(wanted, lambda: ledger.repay(self.purse, [sale]))

    @rule(cause=ONCE, amount=AMOUNTS, use=st.sampled_from([Use.STORAGE, Use.PROMOTION]))
    def charge(self, cause: str, amount: int, use: Use) -> None:
        wanted = self.model.copy()
        credit = min(amount, wanted.accounts["advertising"]) if use == Use.PROMOTION else 0
        wanted.move("advertising", "fees", credit)
        wanted.move("free", "fees", amount - credit)
        is_covered = amount == credit or wanted.spendable >= -CREDIT
        self.once("charge", cause, amount, wanted if is_covered else None, use)

    @rule(cause=ONCE, amount=AMOUNTS, use=st.sampled_from([Use.STORAGE, Use.PROMOTION]))
    def cover(self, cause: str, amount: int, use: Use) -> None:
        wanted = self.model.copy()
        credit = min(amount, wanted.accounts["advertising"]) if use == Use.PROMOTION else 0
        if credit > 0:
            wanted.move("advertising", "free", credit)
            wanted.booked["cover", cause] = credit
        is_possible = amount > 0 and (credit == 0 or ("cover", cause) not in self.model.booked)
        self.judge(wanted if is_possible else None, lambda: ledger.cover(self.purse, {cause: amount}, use))

    @rule(verb=st.sampled_from(sorted(GIVING)), cause=ONCE, amount=AMOUNTS)
    def give(self, verb: str, cause: str, amount: int) -> None:
        wanted = self.model.copy()
        wanted.move(*GIVING[verb], amount)
        self.once(verb, cause, amount, wanted)

    def once(self, verb: str, cause: str, amount: int, wanted: Yen | None, use: Use | None = None) -> None:
        """What is booked once per cause, and refused the second time."""
        is_possible = amount > 0 and wanted and (verb, cause) not in self.model.booked
        if wanted:
            wanted.booked[verb, cause] = amount
        step = getattr(ledger, verb)
        arguments = ({cause: amount}, use) if use else (amount, cause)
        self.judge(wanted if is_possible else None, lambda: step(self.purse, *arguments))

    @rule(cause=ONCE, amount=AMOUNTS)
    def take_back(self, cause: str, amount: int) -> None:
        wanted = self.model.copy()
        there = min(max(wanted.accounts["free"], 0), amount)
        wanted.move("free", "top_ups", there)
        wanted.move("debt", "top_ups", amount - there)
        is_possible = amount > 0 and ("take_back", cause) not in self.model.booked
        wanted.booked["take_back", cause] = amount
        self.judge(wanted if is_possible else None, lambda: ledger_back.take_back(self.purse, amount, cause))

    @rule(causes=SEVERAL)
    def void(self, causes: list[str]) -> None:
        self.settle(causes, "voided", "free", ledger.void)

    @rule(causes=SEVERAL)
    def capture(self, causes: list[str]) -> None:
        self.settle(causes, "captured", "fees", ledger.capture)

    def settle(self, causes: list[str], end: str, to: str, verb: Callable[[Purse, list[str]], None]) -> None:
        wanted = self.model.copy()
        for cause in causes:
            amount, _ = wanted.causes.get(cause, (0, ""))
            is_owed = end == "voided" and cause in wanted.owed
            wanted.move("reserved", "owed" if is_owed else to, amount)
            wanted.causes[cause] = amount, end
        is_open = all(self.model.causes.get(cause, (0, ""))[1] == "open" for cause in causes)
        self.judge(wanted if is_open else None, lambda: verb(self.purse, causes))

    @invariant()
    def the_books_say_what_the_model_says(self) -> None:
        for kind, balance in Account.objects.filter(seller=self.seller).values_list("kind", "balance_minor"):
            assert balance == self.model.accounts[kind], kind
        found = {row.source: (row.amount_minor, row.status) for row in Reservation.objects.filter(seller=self.seller)}
        assert found == self.model.causes
        owed = Reservation.objects.filter(seller=self.seller, is_owed=True)
        assert dict(owed.values_list("source", "sale")) == self.model.owed
        booked = {(row.kind, row.source): row.amount_minor for row in Booked.objects.filter(seller_id=self.seller.pk)}
        assert booked == self.model.booked
        assert sum(Entry.objects.values_list("amount_minor", flat=True)) == 0

    @invariant()
    def the_ledger_agrees_with_itself(self) -> None:
        assert [finding.problems for finding in checks.run(INVARIANTS, at=NOON) if finding.count] == []


@pytest.mark.django_db
def test_the_ledger_of_money_does_what_the_model_does() -> None:
    seller = a_seller()
    ensure_accounts(seller.pk, "JPY")
    Account.objects.filter(seller=seller, kind="free").update(credit_limit_minor=CREDIT)
    run(type("OfThisWorld", (Wallet,), {"seller": seller}), runs=18, steps=30)
