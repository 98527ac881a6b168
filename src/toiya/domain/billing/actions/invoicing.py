"""Invoices over closed bills, and credit notes that refer to one: numbers without a gap, papers that never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.billing.actions.closing import locked_statement
from toiya.domain.billing.events import CreditNoteIssued, InvoiceIssued
from toiya.domain.billing.models import Invoice, InvoiceSeries, Issuer, Statement, StatementLine
from toiya.domain.billing.rules import lines, months, taxes
from toiya.domain.billing.rules.taxes import RateTotal
from toiya.domain.members.models import BusinessProfile, Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse


class NoIssuer(Refusal):
    """Nobody said yet who writes the invoices."""

    code = "no_invoice_issuer"
    message = gettext_lazy("Who writes the invoices is not set yet. Enter the operator's name and number first.")


class BillStillRuns(Refusal):
    """An invoice is written over a closed bill only."""

    code = "bill_still_runs"
    message = gettext_lazy("The bill %(code)s is not closed yet. Close it, then write its invoice.")


class NothingToInvoice(Refusal):
    """The bill has no line for an invoice."""

    code = "nothing_to_invoice"
    message = gettext_lazy("The bill %(code)s has no fee to invoice. There is nothing more to do for it.")


class CreditTooHigh(Refusal):
    """More would go back than the invoice, less earlier notes, says."""

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
    twice, it is one.
    """

    number: str
    percent: int
    amount_minor: int
    reason: str
    token: str = ""


@transaction.atomic
def issue_invoice(*, code: str, actor: Actor, at: datetime) -> Invoice:
    """
    Write the invoice of a closed bill; one that was written is returned.

    :raises NotFound: :raises BillStillRuns: :raises NothingToInvoice: :raises NoIssuer:
    """
    statement = locked_statement(code, actor)
    known: Invoice | None = Invoice.objects.filter(statement=statement, kind=Invoice.Kind.INVOICE).first()
    issuer = Issuer.objects.order_by("-pk").first()
    told = StatementLine.objects.filter(statement=statement).exclude(origin=lines.NOTED)
    amounts = list(told.values_list("tax_percent", "amount_minor"))

    if known is not None:
        return known
    if statement.status == Statement.Status.RUNNING:
        raise BillStillRuns(code=statement.code)
    if not amounts:
        raise NothingToInvoice(code=statement.code)
    if issuer is None:
        raise NoIssuer()

    invoice = _written(statement, taxes.totals_by_rate(amounts), issuer, actor, at)

    issued = InvoiceIssued(
        seller_id=statement.seller_id,
        subject=statement.code,
        number=invoice.number,
        currency=invoice.currency,
        amount_minor=invoice.total_minor,
    )
    events.record(issued, actor=actor, at=at)
    return invoice


@transaction.atomic
def issue_credit_note(*, giving: Giving, actor: Actor, at: datetime) -> Invoice:
    """
    Write a note over a part of an invoice and put the money into the seller's free balance, in one step.

    The law asks for a note from 10,000 yen with tax on; a smaller one is allowed (carriers.md 5.1).

    :raises NotFound: :raises NoteAgainstNote: :raises CreditTooHigh: :raises NoIssuer: :raises AmountNotPositive:
    :raises NothingWritten: no reason :raises TextTooLong:
    """
    first: Invoice | None = Invoice.objects.visible_to(actor).filter(number=giving.number).first()
    if first is None:
        raise NotFound(kind=gettext_lazy("invoice"), code=giving.number[:20])
    statement = locked_statement(first.statement.code, actor)
    known = _note_of_form(first, giving.token)
    issuer = Issuer.objects.order_by("-pk").first()
    reason = texts.plain(giving.reason, most=200, may_have_lines=False)

    if known is not None:
        return known
    _check_left(first, giving)
    if issuer is None:
        raise NoIssuer()

    tax = taxes.tax_in(giving.amount_minor, giving.percent)
    back = [RateTotal(giving.percent, giving.amount_minor, tax)]
    why = {"kind": Invoice.Kind.CREDIT_NOTE, "refers_to": first, "reason": reason, "token": giving.token[:40]}
    note = _written(statement, back, issuer, actor, at, **why)
    ledger.refund(Purse(first.seller_id, first.currency, actor.name, at), giving.amount_minor, note.number)

    issued = CreditNoteIssued(
        seller_id=first.seller_id,
        subject=statement.code,
        number=note.number,
        refers_to=first.number,
        currency=first.currency,
        amount_minor=note.total_minor,
    )
    events.record(issued, actor=actor, at=at)
    return note


def _check_left(first: Invoice, giving: Giving) -> None:
    """A part of what is left of an invoice, and of nothing else."""
    if first.kind != Invoice.Kind.INVOICE:
        raise NoteAgainstNote(number=first.number)
    wanted = Money(giving.amount_minor, first.currency)
    ledger.check_amount(wanted)
    left = Money(left_of(first).get(giving.percent, 0), first.currency)
    if wanted.minor > left.minor:
        raise CreditTooHigh(percent=giving.percent, left=left, number=first.number, wanted=wanted)


def left_of(invoice: Invoice) -> dict[int, int]:
    """What may still be given back of an invoice, by rate; its bill must be locked to count on it."""
    left = {percent: total for percent, total, _tax in invoice.rates}
    for rates in Invoice.objects.filter(refers_to=invoice).values_list("rates", flat=True):
        for percent, total, _tax in rates:
            left[percent] = left.get(percent, 0) - total
    return left


def _note_of_form(first: Invoice, token: str) -> Invoice | None:
    """The note this form wrote already."""
    if not token:
        return None
    found: Invoice | None = Invoice.objects.filter(seller_id=first.seller_id, token=token[:40]).first()
    return found


def _written(
    statement: Statement, rates: Sequence[RateTotal], issuer: Issuer, actor: Actor, at: datetime, **more: Any
) -> Invoice:
    """The next number of the year, drawn last, because everybody waits for it; a rollback gives it back."""
    year = months.day_of(at).year
    InvoiceSeries.objects.get_or_create(year=year)
    series = InvoiceSeries.objects.filter(year=year).lock().get()
    series.last += 1
    series.save(update_fields=["last"])
    return Invoice.objects.create(
        seller_id=statement.seller_id,
        statement=statement,
        number=f"{year}-{series.last:06d}",
        year=year,
        sequence=series.last,
        issued_on=months.day_of(at),
        currency=statement.currency,
        total_minor=sum(each.total_minor for each in rates),
        tax_minor=sum(each.tax_minor for each in rates),
        rates=[[each.percent, each.total_minor, each.tax_minor] for each in rates],
        issuer=_as_issuer(issuer),
        recipient=_as_recipient(statement.seller),
        at=at,
        actor=actor.name,
        **{"kind": Invoice.Kind.INVOICE, **more},
    )


def _as_issuer(issuer: Issuer) -> dict[str, str]:
    names = ("name", "address", "country", "registration_number")
    return {name: getattr(issuer, name) for name in names}


def _as_recipient(seller: Seller) -> dict[str, str]:
    """The firm as it registered; a basic member by its shop's name."""
    profile = BusinessProfile.objects.filter(seller=seller).first()
    name, address = (profile.company_name, profile.address) if profile else (seller.name, "")
    return {"name": name, "address": address, "code": seller.code, "country": seller.country}
