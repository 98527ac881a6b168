"""The verbs of the ledger that take money back; like those of `ledger`, steps inside a higher action's transaction."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.models import Posting, Reservation
from toiya.domain.wallet.sql import Purse

Kind = Posting.Kind


class MoneySpent(Refusal):
    """What is to be taken back is not there any more, and this verb makes no debt."""

    code = "money_spent"
    message = gettext_lazy(
        "The money of %(cause)s is spent or set aside already. Wait for a top-up, or ask the seller to pay it."
    )


def take_back(purse: Purse, amount_minor: int, source: str) -> int:
    """
    Take topped-up money back; returns what of it was spent (minor units), which is a debt now.

    Free money goes first, down to nothing and never into the seller's credit; the next money pays the debt.

    :param source: the code of the reversal
    :raises BookedBefore: it was taken back
    :raises AmountNotPositive:
    """
    accounts = ledger.lock(purse)
    ledger.check_amounts(purse, amount_minor)
    ledger.book(Kind.TAKE_BACK, purse, {source: amount_minor})
    there = min(max(accounts["free"].balance_minor, 0), amount_minor)
    if there:
        ledger.post(Kind.TAKE_BACK, purse, accounts, {source: there})
    owed = amount_minor - there
    if owed:
        ledger.post(Kind.OWE_BACK, purse, ledger.lock(purse, "debt"), {source: owed})
    return owed


def take_credit(purse: Purse, amount_minor: int, source: str, cause: str) -> None:
    """
    Take advertising credit back, whole: nobody owes us money for credit we gave and that was spent on leaflets.

    :raises MoneySpent: :raises BookedBefore: :raises AmountNotPositive:
    """
    accounts = ledger.lock(purse, "advertising", "given")
    ledger.check_amounts(purse, amount_minor)
    if accounts["advertising"].balance_minor < amount_minor:
        raise MoneySpent(cause=cause)
    ledger.book(Kind.TAKE_CREDIT, purse, {source: amount_minor})
    ledger.post(Kind.TAKE_CREDIT, purse, accounts, {source: amount_minor})


def unsettle(purse: Purse, amount_minor: int, sale: str, source: str) -> None:
    """
    Take back what a sales site was said to have paid; the fees paid out of it wait for the sale again.

    :param sale: the order's code
    :param source: what the settlement was booked under
    :raises MoneySpent: it is not there any more
    :raises BookedBefore: it was taken back
    """
    accounts = ledger.lock(purse, "settlements", "owed")
    paid = Reservation.objects.filter(
        seller_id=purse.seller_id, currency=purse.currency, sale=sale, is_owed=False
    ).exclude(status=Reservation.Status.VOIDED)
    fees = dict(paid.order_by("pk").values_list("source", "amount_minor"))
    if accounts["free"].balance_minor + sum(fees.values()) < amount_minor:
        raise MoneySpent(cause=sale)
    ledger.book(Kind.UNSETTLE, purse, {source: amount_minor})
    if fees:
        ledger.post(Kind.UNPAY, purse, accounts, fees)
        paid.update(is_owed=True)
    ledger.post(Kind.UNSETTLE, purse, accounts, {source: amount_minor})
    ledger.pay_debt(purse, ledger.lock(purse))
