"""
What judging a return costs its seller: priced by the rate card when it is closed, taken from the wallet then.

Goods that came are never kept waiting for money: where the wallet is too low the fee stays due, and the next top-up
pays it.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.pricing.actions.charging import price, write_charges
from toiya.domain.pricing.rules import Entry, Kind
from toiya.domain.returns.events import ReturnFeeTaken
from toiya.domain.returns.models import Grading, Return
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.sql import Purse

MOST_AT_ONCE = 200


def charge_return(*, found: Return, actor: Actor, at: datetime) -> list[ReturnFeeTaken]:
    """A step of closing: price the judged pieces, write the charges, and take the fee if the wallet has it."""
    house = found.warehouse
    day = at.astimezone(ZoneInfo(house.time_zone)).date()
    graded = Grading.objects.filter(parent=found).order_by("grade").values("grade").annotate(pieces=Sum("quantity"))
    entries = [
        Entry(Kind.RETURN_PIECE, day, found.code, row["pieces"], {"warehouse": house.code, "grade": row["grade"]})
        for row in graded
    ]
    if not entries:
        return []
    quote = price(seller=found.seller, warehouse=house, entries=entries, on=day)
    write_charges(seller_id=found.seller_id, source=found.code, quote=quote, at=at)
    found.fee_minor, found.currency = quote.total_minor, quote.currency
    return _taken(found, actor, at)


def _taken(found: Return, actor: Actor, at: datetime) -> list[ReturnFeeTaken]:
    """The fee leaves the wallet, or stays due; the caller saves."""
    if not found.fee_minor:
        return []
    purse = Purse(found.seller_id, found.currency, actor.name, at)
    try:
        ledger.reserve(purse, {found.code: found.fee_minor})
    except WalletTooLow:
        return []
    ledger.capture(purse, [found.code])
    found.fee_taken_at = at
    taken = ReturnFeeTaken(
        seller_id=found.seller_id, subject=found.code, amount_minor=found.fee_minor, currency=found.currency
    )
    return [taken]


@transaction.atomic
def take_fees(*, seller_id: int, actor: Actor, at: datetime) -> list[str]:
    """After a top-up: take the fees that are still due, the oldest first; returns the returns that are paid now."""
    due = Return.objects.filter(seller_id=seller_id, fee_minor__gt=0, fee_taken_at=None)
    found: list[Return] = list(due.lock()[:MOST_AT_ONCE])

    told = [event for each in found for event in _taken(each, actor, at)]
    paid = [each for each in found if each.fee_taken_at is not None]
    Return.objects.bulk_update(paid, ["fee_taken_at"])

    events.record_all(told, actor=actor, at=at)
    return [each.code for each in paid]
