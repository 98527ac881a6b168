"""What banks call the columns of their lists, said once by a person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.imports.rules import folded_heading
from toiya.domain.wallet.bank_files import COLUMNS
from toiya.domain.wallet.events import BankHeadingForgotten, BankHeadingSaid
from toiya.domain.wallet.models import BankHeading


class HeadingUnclear(Refusal):
    """An empty heading, or a column we do not have."""

    code = "heading_unclear"
    message = gettext_lazy("The heading or its column is missing. Copy the heading from the bank's list, then choose.")


@transaction.atomic
def say_bank_heading(*, heading: str, column: str, actor: Actor, at: datetime) -> None:
    """A heading of a bank's list means this column from now on; said again it changes. :raises HeadingUnclear:"""
    folded = folded_heading(heading)
    if not folded or column not in {each.name for each in COLUMNS}:
        raise HeadingUnclear()

    said = {"column": column, "said_by": actor.name[:100], "said_at": at}
    BankHeading.objects.update_or_create(heading=folded, defaults=said)

    events.record(BankHeadingSaid(seller_id=None, subject=folded, column=column), actor=actor, at=at)


@transaction.atomic
def forget_bank_heading(*, heading_id: int, actor: Actor, at: datetime) -> None:
    """It means nothing to us any more. :raises NotFound:"""
    found: BankHeading | None = BankHeading.objects.filter(pk=heading_id).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("heading"), code=str(heading_id))

    found.delete()

    events.record(BankHeadingForgotten(seller_id=None, subject=found.heading), actor=actor, at=at)
