"""Invoices over closed bills: numbers without a gap, papers that never change, and the notes that belong to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.billing import queries
from toiya.domain.billing.actions.closing import locked_statement
from toiya.domain.billing.actions.noting import NoIssuer, write_missing_notes
from toiya.domain.billing.actions.papering import write_paper
from toiya.domain.billing.events import InvoiceIssued
from toiya.domain.billing.models import Invoice, Statement, StatementLine
from toiya.domain.billing.rules import lines, taxes


class BillStillRuns(Refusal):
    """An invoice is written over a closed bill only."""

    code = "bill_still_runs"
    message = gettext_lazy("The bill %(code)s is not closed yet. Close it, then write its invoice.")


class NothingToInvoice(Refusal):
    """The bill has no line for an invoice."""

    code = "nothing_to_invoice"
    message = gettext_lazy("The bill %(code)s has no fee to invoice. There is nothing more to do for it.")


class MoreBackThanFees(Refusal):
    """At one rate more was given back than was charged: a qualified invoice is never below nothing."""

    code = "more_back_than_fees"
    message = gettext_lazy(
        "The bill %(code)s gives more back than it charges, so it has no invoice. The bill itself is the paper over it."
    )


@transaction.atomic
def issue_invoice(*, code: str, actor: Actor, at: datetime) -> Invoice:
    """
    Write the invoice of a closed bill, and the credit notes of disputes that were credited before it was there. One
    that was written is returned.

    A month that gives back more than it charges stays a statement without an invoice: an invoice says what was
    supplied, and never less than nothing. What goes back of an earlier invoice has a credit note that refers to it,
    written when it went back; what is left on such a bill was never invoiced, so no note could refer to anything
    (carriers.md 5.1).

    :raises NotFound: :raises BillStillRuns: :raises NothingToInvoice: :raises MoreBackThanFees: :raises NoIssuer:
    """
    statement = locked_statement(code, actor)
    known: Invoice | None = Invoice.objects.filter(statement=statement, kind=Invoice.Kind.INVOICE).first()
    issuer = queries.newest_issuer()
    told = StatementLine.objects.filter(statement=statement).exclude(origin__in=lines.ON_NO_INVOICE)
    rates = taxes.totals_by_rate(told.values_list("tax_percent", "amount_minor"))

    if known is not None:
        events.record_all(write_missing_notes(invoice=known, actor=actor, at=at), actor=actor, at=at)
        return known
    if statement.status == Statement.Status.RUNNING:
        raise BillStillRuns(code=statement.code)
    if not rates:
        raise NothingToInvoice(code=statement.code)
    if any(rate.total_minor < 0 for rate in rates):
        raise MoreBackThanFees(code=statement.code)
    if issuer is None:
        raise NoIssuer()

    invoice = write_paper(statement=statement, rates=rates, issuer=issuer, actor=actor, at=at)
    notes = write_missing_notes(invoice=invoice, actor=actor, at=at)

    events.record_all([_issued(invoice), *notes], actor=actor, at=at)
    return invoice


def _issued(invoice: Invoice) -> InvoiceIssued:
    return InvoiceIssued(
        seller_id=invoice.seller_id,
        subject=invoice.statement.code,
        number=invoice.number,
        currency=invoice.currency,
        amount_minor=invoice.total_minor,
    )
