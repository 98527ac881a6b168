"""Steps: what of a line goes back, told in one place and never more than the line (D-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.billing import queries
from toiya.domain.billing.models import LineCredit, Statement, StatementLine
from toiya.domain.billing.rules import giving_back, lines


class LineCreditTooHigh(Refusal):
    """More of a line would go back than is left of it."""

    code = "line_credit_too_high"
    message = gettext_lazy(
        "Of this line of the bill %(code)s, %(left)s are left and %(wanted)s would go back. Enter at most what is left."
    )


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something goes back: a credit note's number or a dispute's code, and the words that stand on the paper."""

    kind: str
    code: str
    reason: str = ""


def credit_lines(
    *, statement: Statement, parts: Mapping[int, int], cause: Cause, actor: Actor, at: datetime
) -> list[LineCredit]:
    """
    Note what goes back of lines of a bill that is under our lock.

    :param parts: minor units by the line's id
    :raises LineCreditTooHigh: and nothing is noted
    """
    left = {line.line_id: line.left for line in queries.lines_left(statement.pk, pk__in=list(parts))}
    for key, amount in parts.items():
        if not 0 < amount <= left.get(key, 0):
            rest, wanted = (Money(minor, statement.currency) for minor in (left.get(key, 0), amount))
            raise LineCreditTooHigh(code=statement.code, left=rest, wanted=wanted)
    rows: list[LineCredit] = LineCredit.objects.bulk_create(
        LineCredit(
            seller_id=statement.seller_id,
            line_id=key,
            kind=cause.kind,
            cause=cause.code,
            reason=cause.reason,
            amount_minor=amount,
            at=at,
            actor=actor.name,
        )
        for key, amount in parts.items()
    )
    return rows


def credit_refunds(*, statement: Statement, rows: Iterable[StatementLine], actor: Actor, at: datetime) -> None:
    """
    Refunds that stand on the bill that is being closed, beside the fee they give back: that much less is left of it.
    """
    for row in rows:
        if row.origin != lines.CREDITED:
            continue
        same = (line for line in queries.lines_left(statement.pk, source=row.source))
        parts = giving_back.spread(-row.amount_minor, {line.line_id: line.left for line in same})
        cause = Cause(LineCredit.Kind.REFUND, f"REFUND-{row.wallet_entry_id}")
        credit_lines(statement=statement, parts=parts, cause=cause, actor=actor, at=at)
