"""What a bank's file would do if it were booked now, and what of a booked one could be undone: reading, no writing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from toiya.domain.wallet.models import Account, AnnouncedTransfer, BankFile, Deposit
from toiya.domain.wallet.transfer_rules import Awaited, Match, match, references_in
from toiya.domain.wallet.zengin_rules import BankLine


class Outlook(StrEnum):
    """What pressing Book would do with a line."""

    SURE = "sure"  # booked at once
    LIKELY = "likely"  # waits for a person, with a likely seller
    NOBODY = "nobody"  # waits for a person
    BACK = "back"  # the bank took money back: never booked


@dataclass(frozen=True, slots=True)
class Looked:
    """One line with what would become of it, whose it would be and by what."""

    deposit: Deposit
    outlook: Outlook
    found: Match | None = None
    transfer: AnnouncedTransfer | None = None


def look_at(taken: BankFile) -> list[Looked]:
    """
    What the job would do with each line, in its order; three queries. Two lines that one announced transfer fits are
    judged as the job does: the second finds it arrived, unless it names it.
    """
    deposits = list(taken.deposits.order_by("pk"))
    named = {number for each in deposits for number in references_in(f"{each.name} {each.message}")}
    rows = AnnouncedTransfer.objects.filter(currency=taken.currency).select_related("seller")
    awaited = {row.reference: row for row in rows.filter(status=AnnouncedTransfer.Status.AWAITED).order_by("pk")}
    known = awaited | {row.reference: row for row in rows.filter(reference__in=named)}
    words = {each.reference: Awaited(each.reference, each.amount_minor, each.sender_name) for each in known.values()}
    told = _told_otherwise(taken)
    looked = []
    for deposit in deposits:
        own = [number for number in references_in(f"{deposit.name} {deposit.message}") if number in known]
        found = match(line_of(deposit), [words[reference] for reference in {*awaited, *own}])
        transfer = known[found.reference] if found else None
        outlook = Outlook.NOBODY
        if deposit.is_reversal:
            outlook = Outlook.BACK
        elif found is not None:
            is_told = (found.reference, deposit.booked_on, deposit.amount_minor) in told
            outlook = Outlook.SURE if found.is_sure and not is_told else Outlook.LIKELY
            if outlook == Outlook.SURE:
                awaited.pop(found.reference, None)
        looked.append(Looked(deposit, outlook, found, transfer))
    return looked


def _told_otherwise(taken: BankFile) -> set[tuple[str, object, int]]:
    """Money of a transfer that another file told of already, perhaps in other words: see `match_deposit`."""
    booked = Deposit.objects.filter(status=Deposit.Status.BOOKED, transfer__isnull=False, currency=taken.currency)
    days = taken.deposits.values("booked_on")
    same = booked.filter(booked_on__in=days).exclude(bank_file=taken)
    return set(same.values_list("transfer__reference", "booked_on", "amount_minor"))


def line_of(deposit: Deposit) -> BankLine:
    """The bank's words of a deposit."""
    return BankLine(
        account=deposit.account,
        booked_on=deposit.booked_on,
        amount_minor=deposit.amount_minor,
        name=deposit.name,
        message=deposit.message,
        is_reversal=deposit.is_reversal,
    )


@dataclass(frozen=True, slots=True)
class Stays:
    """A booked deposit whose money the seller's wallet does not have any more."""

    deposit: Deposit
    free_minor: int


def cannot_be_undone(taken: BankFile) -> list[Stays]:
    """The deposits of a file that an undo would leave booked, in the order the job goes; two queries."""
    booked = list(taken.deposits.filter(status=Deposit.Status.BOOKED).select_related("seller").order_by("pk"))
    left = _free(taken.currency, {each.seller_id for each in booked})
    stay = []
    for deposit in booked:
        free = left.get(deposit.seller_id or 0, 0)
        if free < deposit.amount_minor:
            stay.append(Stays(deposit, free))
        else:
            left[deposit.seller_id or 0] = free - deposit.amount_minor
    return stay


def _free(currency: str, sellers: Iterable[int | None]) -> dict[int, int]:
    rows = Account.objects.filter(kind=Account.Kind.FREE, currency=currency, seller_id__in=list(sellers))
    return dict(rows.values_list("seller_id", "balance_minor"))


def tally(looked: Sequence[Looked]) -> dict[str, tuple[int, int]]:
    """How many lines of each outlook, and of how much (minor units)."""
    return {
        outlook.value: (
            sum(each.outlook == outlook for each in looked),
            sum(each.deposit.amount_minor for each in looked if each.outlook == outlook),
        )
        for outlook in Outlook
    }
