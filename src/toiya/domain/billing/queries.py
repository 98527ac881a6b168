"""What the jobs and screens ask about bills and invoices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil, floor
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from toiya.core.actor import Actor
from toiya.core.money import MINOR_DIGITS
from toiya.domain.billing import gathering, sql
from toiya.domain.billing.models import Invoice, Issuer, LineCredit, Statement, StatementLine
from toiya.domain.billing.rules import lines, months
from toiya.domain.billing.rules.giving_back import LineLeft
from toiya.domain.billing.rules.lines import Draft, Totals
from toiya.domain.members.models import Seller
from toiya.domain.pricing import queries as pricing
from toiya.domain.pricing.actions.charging import quoted
from toiya.domain.warehouses.models import Warehouse

Status = Statement.Status


@dataclass(frozen=True, slots=True)
class Running:
    """The bill of a month that runs: its lines so far, their sums, and what storage would cost as things stand."""

    month: date
    currency: str
    drafts: Sequence[Draft]
    totals: Totals
    storage_minor: int


def to_open(at: datetime) -> list[tuple[date, int]]:
    """
    Months up to this one, and the sellers whose bill of that month has not begun though something happened.

    The newest month that has bills is asked for once more: something may have happened in it after the last look.
    """
    this = months.month_at(at)
    newest = Statement.objects.order_by("-month").values_list("month", flat=True).first()
    month = min(this, newest) if newest else this
    found: list[tuple[date, int]] = []
    while month <= this:
        found += [(month, seller_id) for seller_id in sql.sellers_without(month, *months.instants(month))]
        month = months.next_month(month)
    return found


def to_close(at: datetime) -> list[int]:
    """The running bills whose closing day has come, of each seller the oldest: what it tells no later one tells."""
    running = Statement.objects.filter(status=Status.RUNNING).order_by("seller_id", "currency", "month")
    oldest = running.distinct("seller_id", "currency").values_list("month", "pk")
    return [key for month, key in sorted(oldest) if months.is_due_to_close(month, at)]


def to_invoice() -> list[int]:
    """
    Closed bills with fees and without an invoice, and those whose invoice lacks a credit note of a dispute; none while
    nobody is set to write them.
    """
    if not Issuer.objects.exists():
        return []
    written = Invoice.objects.filter(statement_id=OuterRef("pk"), kind=Invoice.Kind.INVOICE)
    fees = StatementLine.objects.filter(statement_id=OuterRef("pk")).exclude(origin__in=lines.ON_NO_INVOICE)
    below = fees.order_by().values("tax_percent").annotate(total=Sum("amount_minor")).filter(total__lt=0)
    closed = Statement.objects.exclude(status=Status.RUNNING)
    fresh = closed.filter(Exists(fees)).exclude(Exists(written)).exclude(Exists(below)).values_list("pk", flat=True)
    return sorted({*fresh, *_without_notes()})


def _without_notes() -> QuerySet[Any, int]:
    """Bills whose invoice lacks the note of a dispute that was credited."""
    noted = Invoice.objects.filter(seller_id=OuterRef("seller_id"), token=OuterRef("cause"))
    rows = LineCredit.objects.filter(
        kind=LineCredit.Kind.DISPUTE, line__statement__invoices__kind=Invoice.Kind.INVOICE
    ).exclude(Exists(noted))
    return rows.values_list("line__statement_id", flat=True)


def lines_left(statement_id: int, **wanted: Any) -> list[LineLeft]:
    """
    The lines of a bill that cost something, each with what did not go back of it yet, in their order; one query.

    The one place that knows, whichever way it went back. Lock the bill to count on it.

    :param wanted: which of them, as a filter; all when nothing is said
    """
    found = StatementLine.objects.filter(statement_id=statement_id, origin__in=(lines.TAKEN, lines.DUE), **wanted)
    rows = found.annotate(back=Sum("credits__amount_minor"))
    return [
        LineLeft(row.pk, row.number, row.origin, row.tax_percent, row.source, row.amount_minor - (row.back or 0))
        for row in rows.order_by("number")
    ]


def left_of_invoice(invoice: Invoice) -> dict[int, int]:
    """What may still be given back of an invoice, by rate; its bill must be locked to count on it."""
    left = {percent: total for percent, total, _tax in invoice.rates}
    for rates in Invoice.objects.filter(refers_to=invoice).values_list("rates", flat=True):
        for percent, total, _tax in rates:
            left[percent] = left.get(percent, 0) - total
    return left


def note_of_form(first: Invoice, token: str) -> Invoice | None:
    """The note this form wrote against an invoice already."""
    if not token:
        return None
    found: Invoice | None = Invoice.objects.filter(seller_id=first.seller_id, token=token[:40]).first()
    return found


def left_to_give(invoice: Invoice) -> dict[int, int]:
    """What a credit note may give back, by rate: of the invoice, and of lines that did not go back another way."""
    of_lines: dict[int, int] = {}
    for line in lines_left(invoice.statement_id):
        of_lines[line.percent] = of_lines.get(line.percent, 0) + line.left
    return {percent: min(left, of_lines.get(percent, 0)) for percent, left in left_of_invoice(invoice).items()}


def credits_of(statement: Statement) -> QuerySet[Any]:
    """What went back of a bill's lines since it was closed, the oldest first."""
    rows: QuerySet[Any] = LineCredit.objects.filter(line__statement=statement).exclude(kind=LineCredit.Kind.REFUND)
    return rows.select_related("line").order_by("pk")


def code_of(statement_id: int) -> str:
    """The public code of a bill."""
    return str(Statement.objects.values_list("code", flat=True).get(pk=statement_id))


def running(seller: Seller, month: date) -> Running:
    """
    What a month that is not closed says so far; a constant number of statements for each warehouse.

    Storage is counted as if nothing more came or went until the month's end.
    """
    drafts = gathering.drafts(seller.pk, seller.currency, month)
    totals = lines.totals_of((draft.origin, draft.amount_minor) for draft in drafts)
    storage = 0
    for warehouse in Warehouse.objects.filter(pk__in=sql.warehouses_of(seller.pk, months.instants(month)[1])):
        entries = gathering.entries_of(seller.pk, warehouse, month)
        card = pricing.card_for(seller, warehouse, months.last_day(month))
        storage += quoted(card, entries).total_minor
    return Running(month, seller.currency, drafts, totals, storage)


def statements_of(actor: Actor) -> QuerySet[Any]:
    """Bills this reader may see."""
    found: QuerySet[Any] = Statement.objects.visible_to(actor).select_related("seller")
    return found


def kinds_of(statement: Statement) -> list[tuple[str, int, int]]:
    """A closed bill by kind of fee: kind, lines, sum; the largest first."""
    told = StatementLine.objects.filter(statement=statement).values_list("kind", "amount_minor")
    return lines.by_kind(list(told))


def lines_of(statement: Statement, kind: str) -> QuerySet[Any]:
    """The lines of a closed bill, of one kind or of all."""
    found: QuerySet[Any] = StatementLine.objects.filter(statement=statement)
    return found.filter(kind=kind) if kind else found


def newest_issuer() -> Issuer | None:
    """Who writes the invoices now."""
    found: Issuer | None = Issuer.objects.order_by("-pk").first()
    return found


def _total(bound: str, amount: Decimal, to_minor: Callable[[Decimal], int]) -> Q:
    """Totals on this side of an amount of the invoice's own currency."""
    without_decimals, name = Q(currency__in=list(MINOR_DIGITS)), f"total_minor__{bound}"
    return (without_decimals & Q(**{name: to_minor(amount)})) | (
        ~without_decimals & Q(**{name: to_minor(amount.scaleb(2))})
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Which invoices: of these days, with a total within these bounds, of a partner by name or code. Empty is any.

    The bounds are in the own unit of each invoice's currency: 100 is a hundred yen, or a hundred dollars.
    """

    since: date | None = None
    until: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    partner: str = ""


def invoices(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """
    Invoices and credit notes by date, amount and partner, as the law on electronic books asks; they are kept for good.

    A partner is found by what stands on the paper, so that a firm that changed its name is found by either.
    """
    found: QuerySet[Any] = Invoice.objects.visible_to(actor).select_related("seller", "statement", "refers_to")
    bounds = {
        "issued_on__gte": wanted.since,
        "issued_on__lte": wanted.until,
    }
    found = found.filter(**{name: value for name, value in bounds.items() if value is not None})
    if wanted.least is not None:
        found = found.filter(_total("gte", wanted.least, ceil))
    if wanted.most is not None:
        found = found.filter(_total("lte", wanted.most, floor))
    if wanted.partner:
        name = wanted.partner
        found = found.filter(
            Q(recipient__name__icontains=name) | Q(seller__name__icontains=name) | Q(seller__code__iexact=name)
        )
    return found
