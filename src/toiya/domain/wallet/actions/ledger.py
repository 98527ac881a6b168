"""
The only writer of money. One table of effects, one private function, one public verb per kind.

`reserve`, `void` and `capture` are steps inside a higher action's transaction; top-up and refund are whole actions
in `payments.py`. Every posting sums to zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.domain.wallet import sql
from toiya.domain.wallet.models import Posting, Reservation
from toiya.domain.wallet.sql import EntryLine, LockedAccount, Purse, Settlement

Kind = Posting.Kind
EFFECTS: dict[Posting.Kind, tuple[str, str]] = {
    # kind: (taken from, given to)
    Kind.TOP_UP: ("top_ups", "free"),
    Kind.RESERVE: ("free", "reserved"),
    Kind.VOID: ("reserved", "free"),
    Kind.CAPTURE: ("reserved", "fees"),
    Kind.REFUND: ("fees", "free"),
}


class WalletTooLow(Refusal):
    """The free balance does not cover what is to be set aside."""

    code = "wallet_too_low"
    message = gettext_lazy(
        "%(currency)s %(needed)s are needed and %(free)s are free in the wallet. Top up at least %(missing)s."
    )


class ReservationEnded(Refusal):
    """The money set aside for this cause was taken or given back already, or was never set aside."""

    code = "reservation_ended"
    message = gettext_lazy("Nothing is set aside for %(sources)s. Reload the page to see its state.")


class AmountNotPositive(Refusal):
    """An amount of zero or less."""

    code = "amount_not_positive"
    message = gettext_lazy("Amount %(amount)s: enter a whole number above 0.")


def reserve(purse: Purse, amounts: Mapping[str, int]) -> dict[str, int]:
    """
    Set money aside for several causes at once; returns reservation ids by cause.

    :raises WalletTooLow: the free balance does not cover all of it
    :raises AmountNotPositive:
    """
    accounts = _locked(purse)
    for amount in amounts.values():
        _check_amount(amount)
    needed = sum(amounts.values())
    free = accounts["free"]
    if free.balance_minor + free.credit_limit_minor < needed:
        missing = needed - free.balance_minor - free.credit_limit_minor
        raise WalletTooLow(currency=purse.currency, needed=needed, free=free.balance_minor, missing=missing)
    _post(Kind.RESERVE, purse, accounts, amounts)
    rows = Reservation.objects.bulk_create(
        [
            Reservation(seller_id=purse.seller_id, currency=purse.currency, source=source, amount_minor=amount)
            for source, amount in amounts.items()
        ]
    )
    return {row.source: row.pk for row in rows}


def void(purse: Purse, sources: Sequence[str]) -> None:
    """Give back what was set aside. :raises ReservationEnded: one of them is not open"""
    _settle(Kind.VOID, purse, sources, Reservation.Status.VOIDED)


def capture(purse: Purse, sources: Sequence[str]) -> None:
    """Take what was set aside, whole. :raises ReservationEnded: one of them is not open"""
    _settle(Kind.CAPTURE, purse, sources, Reservation.Status.CAPTURED)


def top_up(purse: Purse, amount_minor: int, reference: str) -> None:
    """Add money that came in. :raises AmountNotPositive:"""
    sql.ensure_accounts(purse.seller_id, purse.currency)
    accounts = _locked(purse)
    _check_amount(amount_minor)
    _post(Kind.TOP_UP, purse, accounts, {reference: amount_minor})


def refund(purse: Purse, amount_minor: int, reference: str) -> None:
    """Give back a fee that was taken. :raises AmountNotPositive:"""
    accounts = _locked(purse)
    _check_amount(amount_minor)
    _post(Kind.REFUND, purse, accounts, {reference: amount_minor})


def _settle(kind: Posting.Kind, purse: Purse, sources: Sequence[str], status: str) -> None:
    if not sources:
        return
    accounts = _locked(purse)
    taken, given = (accounts[name].id for name in EFFECTS[kind])
    open_ones = sql.settle(purse, kind, sources, Settlement(status, taken, given))
    if ended := set(sources) - open_ones:
        raise ReservationEnded(sources=", ".join(sorted(ended)))


def _locked(purse: Purse) -> Mapping[str, LockedAccount]:
    accounts = sql.lock_accounts(purse.seller_id, purse.currency)
    if not accounts:
        sql.ensure_accounts(purse.seller_id, purse.currency)
        accounts = sql.lock_accounts(purse.seller_id, purse.currency)
    return accounts


def _post(kind: Posting.Kind, purse: Purse, accounts: Mapping[str, LockedAccount], amounts: Mapping[str, int]) -> None:
    taken, given = (accounts[name].id for name in EFFECTS[kind])
    lines = [EntryLine(taken, -amount, source) for source, amount in amounts.items()]
    # The other side is one line: its causes are those of the first side.
    if len(amounts) == 1:
        ((source, amount),) = amounts.items()
        lines.append(EntryLine(given, amount, source))
    else:
        lines.append(EntryLine(given, sum(amounts.values()), f"{len(amounts)} causes"))
    sql.post(purse, kind, lines)


def _check_amount(amount: int) -> None:
    if amount <= 0:
        raise AmountNotPositive(amount=amount)
