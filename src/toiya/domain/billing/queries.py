"""What the jobs and screens ask about bills and invoices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil, floor
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from toiya.core.actor import Actor
from toiya.core.money import MINOR_DIGITS
from toiya.domain.billing import gathering, sql
from toiya.domain.billing.models import Invoice, Issuer, Statement, StatementLine
from toiya.domain.billing.rules import lines, months
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
    """Closed bills with fees and without an invoice; none while nobody is set to write them."""
    if not Issuer.objects.exists():
        return []
    written = Invoice.objects.filter(statement_id=OuterRef("pk"), kind=Invoice.Kind.INVOICE)
    fees = StatementLine.objects.filter(statement_id=OuterRef("pk")).exclude(origin=lines.NOTED)
    closed = Statement.objects.exclude(status=Status.RUNNING)
    return list(closed.filter(Exists(fees)).exclude(Exists(written)).order_by("pk").values_list("pk", flat=True))


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
