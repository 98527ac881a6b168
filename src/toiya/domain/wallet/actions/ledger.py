"""
The only writer of money. One table of effects, one function that posts, one public verb per kind.

The verbs are steps inside a higher action's transaction; a top-up is a whole action in `payments.py`.
Every posting sums to zero. `charge`, `compensate`, `settle_sale`, `grant` and `cover` book a cause
once (`Booked`): a repeat is refused, and so harmless.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.wallet import rules, sql
from toiya.domain.wallet.effects import EFFECTS
from toiya.domain.wallet.models import Posting, Reservation
from toiya.domain.wallet.rules import MoneyKind, Use
from toiya.domain.wallet.sql import EntryLine, LockedAccount, Purse, Settlement

Kind = Posting.Kind
_CHARGED = {MoneyKind.PREPAID: Kind.CHARGE, MoneyKind.ADVERTISING: Kind.CHARGE_ADVERTISING}


class WalletTooLow(Refusal):
    """The free balance does not cover what is to be set aside."""

    code = "wallet_too_low"
    message = gettext_lazy("%(needed)s are needed and %(free)s are free in the wallet. Top up at least %(missing)s.")


class ReservationEnded(Refusal):
    """The money set aside for this cause was taken or given back already, or was never set aside."""

    code = "reservation_ended"
    message = gettext_lazy("Nothing is set aside for %(sources)s. Reload the page to see its state.")


class BookedBefore(Refusal):
    """A verb that books a cause once was called for it again."""

    code = "booked_before"
    message = gettext_lazy("%(sources)s was booked already; nothing was booked twice. Reload the page to see it.")


class AmountNotPositive(Refusal):
    """An amount of zero or less."""

    code = "amount_not_positive"
    message = gettext_lazy("%(amount)s is nothing to book. Enter an amount above 0.")


def reserve(purse: Purse, amounts: Mapping[str, int]) -> dict[str, int]:
    """
    Set money aside for several causes at once; returns reservation ids by cause.

    :raises WalletTooLow: the free balance does not cover all of it
    :raises AmountNotPositive:
    """
    accounts = lock(purse)
    check_amounts(purse, *amounts.values())
    needed = sum(amounts.values())
    missing = needed - _spendable(accounts, MoneyKind.PREPAID)
    if missing > 0:
        raise _too_low(purse, needed, accounts["free"].balance_minor, missing)
    post(Kind.RESERVE, purse, accounts, amounts)
    return sql.write_reservations(purse, amounts)


def defer(purse: Purse, amounts: Mapping[str, int], sale: str) -> dict[str, int]:
    """
    Set fees aside that the settlement of a sale is to pay (A167); free money is not touched.

    Whether the sale covers them is the caller's to check (`sales.may_defer`), under the lock taken here.

    :param sale: the order's code
    :raises AmountNotPositive:
    """
    accounts = lock(purse, "owed")
    check_amounts(purse, *amounts.values())
    post(Kind.DEFER, purse, accounts, amounts)
    return sql.write_reservations(purse, amounts, sale)


def void(purse: Purse, sources: Sequence[str]) -> None:
    """Give back what was set aside, to where it came from. :raises ReservationEnded: one of them is not open"""
    if not sources:
        return
    accounts = lock(purse)
    voided = _end(Kind.VOID, purse, accounts, sources, is_owed=False)
    if voided:
        pay_debt(purse, accounts)
    rest = set(sources) - voided
    if rest and "owed" in accounts:
        rest -= _end(Kind.VOID_DEFERRED, purse, accounts, sorted(rest), is_owed=True)
    if rest:
        raise ReservationEnded(sources=", ".join(sorted(rest)))


def capture(purse: Purse, sources: Sequence[str]) -> int:
    """
    Take what was set aside, whole; returns the advertising credit, which may pay some of it back (`cover`).

    :raises ReservationEnded: one of them is not open
    """
    if not sources:
        return 0
    accounts = lock(purse)
    if ended := set(sources) - _end(Kind.CAPTURE, purse, accounts, sources, is_owed=None):
        raise ReservationEnded(sources=", ".join(sorted(ended)))
    return accounts[MoneyKind.ADVERTISING].balance_minor if MoneyKind.ADVERTISING in accounts else 0


def top_up(purse: Purse, amount_minor: int, reference: str) -> None:
    """Add money that came in. :raises AmountNotPositive:"""
    sql.ensure_accounts(purse.seller_id, purse.currency)
    accounts = lock(purse)
    check_amounts(purse, amount_minor)
    post(Kind.TOP_UP, purse, accounts, {reference: amount_minor})


def refund(purse: Purse, amount_minor: int, reference: str) -> None:
    """Give back a fee that was taken. :raises AmountNotPositive:"""
    accounts = lock(purse)
    check_amounts(purse, amount_minor)
    post(Kind.REFUND, purse, accounts, {reference: amount_minor})


def charge(purse: Purse, amounts: Mapping[str, int], use: Use) -> None:
    """
    Take what is due now and was not set aside, from the purses that may pay this use (`rules.ALLOWED`).

    :param amounts: minor units by cause; a cause is charged once
    :raises BookedBefore: one of the causes was charged
    :raises WalletTooLow: those purses do not cover all of it; advertising credit counts for what it may pay only
    :raises AmountNotPositive:
    """
    accounts = lock(purse)
    check_amounts(purse, *amounts.values())
    paying = {kind: accounts[kind] for kind in rules.purses_for(use) if kind in accounts}
    available = {kind: _spendable(accounts, kind) for kind in paying}
    plan = rules.plan_payment(amounts, use, available)
    if plan.missing:
        needed, free = sum(amounts.values()), sum(account.balance_minor for account in paying.values())
        raise _too_low(purse, needed, free, plan.missing)
    book(Kind.CHARGE, purse, amounts, use)
    for kind, paid in plan.parts.items():
        post(_CHARGED[kind], purse, accounts, paid)


def compensate(purse: Purse, amount_minor: int, source: str) -> None:
    """
    Give the seller money of the operator's, for damage or a broken promise.

    :raises BookedBefore: this cause was compensated
    :raises AmountNotPositive:
    """
    _give(Kind.COMPENSATE, purse, amount_minor, source)


def settle_sale(purse: Purse, amount_minor: int, source: str) -> None:
    """
    Add what a sales site paid for a sale (A167); what the sale was to pay is taken by `sales.settle_sale_of`.

    :raises BookedBefore: this sale was settled
    :raises AmountNotPositive:
    """
    _give(Kind.SETTLE_SALE, purse, amount_minor, source)


def grant(purse: Purse, amount_minor: int, source: str) -> None:
    """
    Give advertising credit, which pays what `rules.ALLOWED` lists and never storage (A172).

    :raises BookedBefore: this cause was given
    :raises AmountNotPositive:
    """
    _give(Kind.GRANT, purse, amount_minor, source)


def cover(purse: Purse, amounts: Mapping[str, int], use: Use) -> Mapping[str, int]:
    """
    Pay fees of this use back into free money out of advertising credit, as far as it reaches: they were set aside from
    free money before it was known that they would fall due. Returns what was paid back by cause.

    :param amounts: minor units by cause; a cause is paid back once, though only in part
    :raises BookedBefore: one of the causes was paid back
    :raises AmountNotPositive:
    """
    accounts = lock(purse)
    check_amounts(purse, *amounts.values())
    credit = accounts.get(MoneyKind.ADVERTISING)
    plan = rules.plan_payment(amounts, use, {MoneyKind.ADVERTISING: credit.balance_minor if credit else 0})
    covered = plan.parts.get(MoneyKind.ADVERTISING, {})
    if covered:
        book(Kind.COVER, purse, covered, use)
        post(Kind.COVER, purse, accounts, covered)
    return covered


def repay(purse: Purse, sales: Sequence[str]) -> dict[str, int]:
    """Pay fees that waited for these sales out of free money, oldest first, each whole or not yet; returns the paid."""
    accounts = lock(purse)
    owed = Reservation.objects.filter(seller_id=purse.seller_id, currency=purse.currency, is_owed=True, sale__in=sales)
    due = dict(owed.exclude(status="voided").order_by("pk").values_list("source", "amount_minor"))
    paid = rules.what_fits(due, accounts["free"].balance_minor)
    if paid:
        post(Kind.REPAY, purse, accounts, paid)
        owed.filter(source__in=paid).update(is_owed=False)
    return paid


def check_amount(amount: Money) -> None:
    """:raises AmountNotPositive:"""
    if amount.minor <= 0:
        raise AmountNotPositive(amount=amount)


def check_amounts(purse: Purse, *amounts: int) -> None:
    """Minor units of the purse's currency. :raises AmountNotPositive: one of them is 0 or less"""
    for amount in amounts:
        check_amount(purse.money(amount))


def _too_low(purse: Purse, needed: int, free: int, missing: int) -> WalletTooLow:
    return WalletTooLow(needed=purse.money(needed), free=purse.money(free), missing=purse.money(missing))


def _spendable(accounts: Mapping[str, LockedAccount], kind: MoneyKind) -> int:
    """What the purse may pay: a debt counts against the credit a seller has."""
    account, debt = accounts[kind], accounts.get("debt")
    owed = debt.balance_minor if debt and kind == MoneyKind.PREPAID else 0
    return account.balance_minor + account.credit_limit_minor + owed


def _give(kind: Posting.Kind, purse: Purse, amount_minor: int, source: str) -> None:
    accounts = lock(purse, *EFFECTS[kind])
    check_amounts(purse, amount_minor)
    book(kind, purse, {source: amount_minor})
    post(kind, purse, accounts, {source: amount_minor})


def book(kind: Posting.Kind, purse: Purse, amounts: Mapping[str, int], use: str = "") -> None:
    """Note the causes as booked. :raises BookedBefore: one of them was"""
    if again := set(amounts) - sql.book(purse, kind, amounts, use):
        raise BookedBefore(sources=", ".join(sorted(again)))


def _end(
    kind: Posting.Kind,
    purse: Purse,
    accounts: Mapping[str, LockedAccount],
    sources: Sequence[str],
    is_owed: bool | None,
) -> set[str]:
    """End those of the reservations that are open, with one posting; returns their causes."""
    taken, given = (accounts[name].id for name in EFFECTS[kind])
    status = Reservation.Status.CAPTURED if kind == Kind.CAPTURE else Reservation.Status.VOIDED
    return sql.settle(purse, kind, sources, Settlement(status, taken, given, is_owed))


def lock(purse: Purse, *needed: str) -> Mapping[str, LockedAccount]:
    """All accounts under our lock, which guards reservations and sales too; the seldom ones are made when needed."""
    accounts = sql.lock_accounts(purse.seller_id, purse.currency)
    missing = {*sql.EVERYDAY, *needed} - set(accounts)
    if missing:
        sql.ensure_accounts(purse.seller_id, purse.currency, [kind for kind in sql.KINDS if kind in missing])
        accounts = sql.lock_accounts(purse.seller_id, purse.currency)
    return accounts


def pay_debt(purse: Purse, accounts: Mapping[str, LockedAccount]) -> None:
    """Free money pays a debt first, as far as it goes. A seller with a debt is rare, so the accounts are read anew."""
    if "debt" not in accounts or not accounts["debt"].balance_minor:
        return
    accounts = lock(purse)
    paid = min(accounts["free"].balance_minor, -accounts["debt"].balance_minor)
    if paid > 0:
        post(Kind.PAY_DEBT, purse, accounts, {"debt": paid})


def post(kind: Posting.Kind, purse: Purse, accounts: Mapping[str, LockedAccount], amounts: Mapping[str, int]) -> None:
    """Write one posting of these causes; money that becomes free pays a debt first."""
    taken, given = (accounts[name].id for name in EFFECTS[kind])
    lines = [EntryLine(taken, -amount, source) for source, amount in amounts.items()]
    # The other side is one line: its causes are those of the first side.
    if len(amounts) == 1:
        ((source, amount),) = amounts.items()
        lines.append(EntryLine(given, amount, source))
    else:
        lines.append(EntryLine(given, sum(amounts.values()), f"{len(amounts)} causes"))
    sql.post(purse, kind, lines)
    if EFFECTS[kind][1] == "free" and kind != Kind.UNPAY:
        pay_debt(purse, accounts)
