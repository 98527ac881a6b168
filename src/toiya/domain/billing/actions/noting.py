"""
Steps of credit notes: what goes back of an invoice, noted line by line, and the paper that says so.

The whole actions are above, in `dues`, which knows what of a bill is not paid yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from toiya.core import texts
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.billing import queries
from toiya.domain.billing.actions.closing import locked_statement
from toiya.domain.billing.actions.crediting import Cause, credit_lines
from toiya.domain.billing.actions.papering import write_paper
from toiya.domain.billing.events import CreditNoteIssued
from toiya.domain.billing.models import Invoice, Issuer, LineCredit, Statement, StatementLine
from toiya.domain.billing.rules import giving_back, lines, taxes
from toiya.domain.billing.rules.taxes import RateTotal
from toiya.domain.wallet.actions.ledger import check_amount

_MOST_REASON = 200


class NoIssuer(Refusal):
    """Nobody said yet who writes the invoices."""

    code = "no_invoice_issuer"
    message = gettext_lazy("Who writes the invoices is not set yet. Enter the operator's name and number first.")


class CreditTooHigh(Refusal):
    """More would go back than the invoice, or the line that was named, has left."""

    code = "credit_too_high"
    message = gettext_lazy(
        "At %(percent)s %% tax, %(left)s of invoice %(number)s are left and %(wanted)s would go back. "
        "Enter at most what is left."
    )


class NoteAgainstNote(Refusal):
    """A credit note refers to an invoice, not to another note."""

    code = "note_against_note"
    message = gettext_lazy("%(number)s is a credit note itself. Write the note against the invoice it refers to.")


@dataclass(frozen=True, slots=True)
class Giving:
    """
    What a credit note gives back: minor units with tax at one rate, why, and the token of the form it came from: sent
    twice, it is one. `line` is the number of a line of the bill; 0 takes the lines of that rate in their order.
    """

    number: str
    percent: int
    amount_minor: int
    reason: str
    token: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """The note, and what of it concerns lines that were still to be paid when the bill was closed (minor units)."""

    note: Invoice
    due_minor: int


def write_note(*, first: Invoice, statement: Statement, giving: Giving, actor: Actor, at: datetime) -> Noted:
    """
    Write a note over a part of an invoice whose bill is under our lock. What it means for money is the caller's.

    The law asks for a note from 10,000 yen with tax on; a smaller one is allowed (carriers.md 5.1).

    :raises NoteAgainstNote: :raises CreditTooHigh: :raises NoIssuer: :raises AmountNotPositive:
    :raises NothingWritten: no reason :raises TextTooLong:
    """
    reason = texts.plain(giving.reason, most=_MOST_REASON, may_have_lines=False)
    parts = _parts(first, giving)
    issuer = queries.newest_issuer()
    if issuer is None:
        raise NoIssuer()

    back = _at_rate(giving.percent, giving.amount_minor)
    why = {"kind": Invoice.Kind.CREDIT_NOTE, "refers_to": first, "reason": reason, "token": giving.token[:40]}
    note = write_paper(statement=statement, rates=[back], issuer=issuer, paper=why, actor=actor, at=at)
    cause = Cause(LineCredit.Kind.NOTE, note.number, reason)
    credit_lines(statement=statement, parts=parts, cause=cause, actor=actor, at=at)
    due = StatementLine.objects.filter(pk__in=parts, origin=lines.DUE).values_list("pk", flat=True)
    return Noted(note, sum(parts[key] for key in due))


def credit_disputed_line(
    *, line: StatementLine, amount_minor: int, cause: Cause, actor: Actor, at: datetime
) -> list[CreditNoteIssued]:
    """
    Note what a dispute credits of a line of a closed bill, and write the note over it if there is an invoice; where
    that comes later, the note comes with it. Returns what is to be recorded.

    :raises LineCreditTooHigh: a part of it went back another way
    """
    statement = locked_statement(line.statement.code, actor)
    parts = {line.pk: amount_minor}
    credit_lines(statement=statement, parts=parts, cause=cause, actor=actor, at=at)
    invoice = Invoice.objects.filter(statement=statement, kind=Invoice.Kind.INVOICE).first()
    return write_missing_notes(invoice=invoice, actor=actor, at=at) if invoice else []


def write_missing_notes(*, invoice: Invoice, actor: Actor, at: datetime) -> list[CreditNoteIssued]:
    """The notes over what disputes credited of the invoice's bill, which is under our lock; none twice."""
    issuer = Issuer.objects.latest("pk")
    told = []
    for (cause, percent, reason), amount in _without_note(invoice).items():
        why = {"kind": Invoice.Kind.CREDIT_NOTE, "refers_to": invoice, "reason": reason, "token": cause}
        rates = [_at_rate(percent, amount)]
        note = write_paper(statement=invoice.statement, rates=rates, issuer=issuer, paper=why, actor=actor, at=at)
        told.append(note_issued(note))
    return told


def note_issued(note: Invoice) -> CreditNoteIssued:
    """What is told of a note."""
    return CreditNoteIssued(
        seller_id=note.seller_id,
        subject=note.statement.code,
        number=note.number,
        refers_to=note.refers_to.number if note.refers_to else "",
        currency=note.currency,
        amount_minor=note.total_minor,
    )


def _parts(first: Invoice, giving: Giving) -> Mapping[int, int]:
    """The lines it is taken from: a part of what is left of an invoice, and of nothing else."""
    if first.kind != Invoice.Kind.INVOICE:
        raise NoteAgainstNote(number=first.number)
    wanted = Money(giving.amount_minor, first.currency)
    check_amount(wanted)
    of_lines = giving_back.of_rate(queries.lines_left(first.statement_id), giving.percent, giving.line)
    left = Money(min(queries.left_of_invoice(first).get(giving.percent, 0), sum(of_lines.values())), first.currency)
    if wanted.minor > left.minor:
        raise CreditTooHigh(percent=giving.percent, left=left, number=first.number, wanted=wanted)
    return giving_back.spread(giving.amount_minor, of_lines)


def _without_note(invoice: Invoice) -> dict[tuple[str, int, str], int]:
    """Amounts by cause, tax rate and reason, the oldest first."""
    written = Invoice.objects.filter(refers_to=invoice).values("token")
    rows = LineCredit.objects.filter(line__statement_id=invoice.statement_id, kind=LineCredit.Kind.DISPUTE)
    told = rows.exclude(cause__in=written).order_by("pk")
    sums: dict[tuple[str, int, str], int] = {}
    for cause, percent, reason, amount in told.values_list("cause", "line__tax_percent", "reason", "amount_minor"):
        sums[cause, percent, reason] = sums.get((cause, percent, reason), 0) + amount
    return sums


def _at_rate(percent: int, amount_minor: int) -> RateTotal:
    return RateTotal(percent, amount_minor, taxes.tax_in(amount_minor, percent))
