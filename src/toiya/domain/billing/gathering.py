"""What goes onto a bill: storage facts of a month, and every line that no bill tells of yet. Reads, changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from toiya.core.money import minor_digits
from toiya.domain.billing import sql
from toiya.domain.billing.models import Invoice, LineCredit, StatementLine, StorageMonth
from toiya.domain.billing.rules import lines, months
from toiya.domain.billing.rules.lines import Draft, Priced, Taken
from toiya.domain.catalog.models import Sku
from toiya.domain.pricing.amounts import plain
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Entry, Period
from toiya.domain.pricing.storage_rules import SkuMonth, Stretch, storage_entries, stretches
from toiya.domain.warehouses.models import Warehouse

KINDS = (lines.CAPTURE, lines.CHARGE, lines.CHARGE_ADVERTISING, lines.REFUND, lines.COMPENSATE)
_GIVEN = (lines.REFUND, lines.COMPENSATE)
MOST_AT_ONCE = 10_000  # causes asked for in one statement
_MM3_IN_CM3 = 1000


def sku_months(seller_id: int, warehouse: Warehouse, month: date) -> list[SkuMonth]:
    """What lay there over a month of the warehouse's calendar, SKU by SKU; one statement."""
    return sku_spans(seller_id, [(warehouse, Period(month, months.next_month(month)))])


def sku_spans(seller_id: int, spans: Sequence[tuple[Warehouse, Period]]) -> list[SkuMonth]:
    """What lay in several warehouses over several months, or the parts of them that are over; one statement."""
    asked = [
        sql.Span(house.pk, house.time_zone, period.start, period.end - timedelta(days=1)) for house, period in spans
    ]
    named = {(house.pk, period.start): (house.code, period) for house, period in spans}
    found = [_sku_month(row, *named[row.warehouse_id, row.first_day]) for row in sql.kept(seller_id, asked)]
    return [each for each in found if each.peak or each.shipped]


def lying(seller_id: int, wanted: Sequence[tuple[str, date, str]]) -> dict[tuple[str, date, str], list[Stretch]]:
    """
    How many pieces lay there day by day, for these warehouses (code), months and SKUs (code); three statements.

    What is not the seller's, or nothing, is not in the answer.
    """
    if not wanted:
        return {}
    houses = {house.code: house for house in Warehouse.objects.filter(code__in={code for code, _, _ in wanted})}
    ids = Sku.objects.filter(seller_id=seller_id, code__in={sku for _, _, sku in wanted}).values_list("pk", flat=True)
    places = sorted({(code, month) for code, month, _ in wanted if code in houses})
    spans = [sql.Span(houses[code].pk, houses[code].time_zone, month, months.last_day(month)) for code, month in places]
    named = {(houses[code].pk, month): (code, Period(month, months.next_month(month))) for code, month in places}
    found = [_sku_month(row, *named[row.warehouse_id, row.first_day]) for row in sql.kept(seller_id, spans, list(ids))]
    return {(each.warehouse, each.month.start, each.sku): stretches(each) for each in found}


def entries_of(seller_id: int, warehouse: Warehouse, month: date) -> list[Entry]:
    """The month as entries to be priced: for each SKU one of each way to charge storage."""
    return [entry for facts in sku_months(seller_id, warehouse, month) for entry in storage_entries(facts)]


def drafts(seller_id: int, currency: str, month: date) -> list[Draft]:
    """
    The lines of a bill as the ledgers say now: money that moved until the month's end, and storage until that month.

    What a bill tells of already is left out, so what was booked late comes onto the next one. A fee that was given
    back before its bill is closed goes back on that bill, though the month is over: never on one without the fee.
    """
    after = months.instants(month)[1]
    moved = sql.moved(seller_id, currency, after, KINDS)
    causes = sorted({row.source for row in moved if row.kind not in _GIVEN})
    late = sql.refunded(seller_id, currency, after, causes)
    moves = [Taken(row.entry_id, row.kind, row.source, row.amount_minor, months.day_of(row.at)) for row in moved + late]
    back = {move.source for move in moves if move.kind == lines.REFUND}
    unbilled = _unbilled(seller_id, currency)
    parts = [causes[start : start + MOST_AT_ONCE] for start in range(0, len(causes), MOST_AT_ONCE)]
    charges = [_priced(row) for part in parts for row in unbilled.filter(source__in=part)]
    notes = Invoice.objects.filter(seller_id=seller_id, number__in=back).values_list("number", flat=True)
    disputes = LineCredit.objects.filter(seller_id=seller_id, cause__in=back, kind=LineCredit.Kind.DISPUTE)
    papers = {*notes, *disputes.values_list("cause", flat=True)}
    storage = StorageMonth.objects.filter(seller_id=seller_id, month__lte=month).values("code")
    due = [_priced(row) for row in unbilled.filter(source__in=storage)]
    return [*lines.lines_of(moves, charges, papers, minor_digits(currency)), *lines.due_lines(due)]


def _unbilled(seller_id: int, currency: str) -> QuerySet[Charge]:
    """Charges that cost something and stand on no bill."""
    told = StatementLine.objects.filter(charge_id=OuterRef("pk"))
    found = Charge.objects.priced().filter(seller_id=seller_id, currency=currency).exclude(Exists(told))
    return found.order_by("source", "number")


def _priced(row: Charge) -> Priced:
    return Priced(
        charge_id=row.pk,
        source=row.source,
        kind=row.kind,
        subject=row.subject,
        on=row.on,
        quantity=row.quantity,
        unit_price=plain(row.unit_price),
        per=row.per,
        amount_minor=row.amount_minor,
        formula=row.formula,
        card=row.card_code,
        version=row.card_version,
        tax_percent=row.tax_percent,
        entry=row.entry,
    )


def _sku_month(row: sql.Kept, warehouse: str, period: Period) -> SkuMonth:
    changes = dict(zip(row.days, row.changes, strict=True))
    level, levels = row.opening, []
    for number in range(period.days):
        level += changes.get(period.start + timedelta(days=number), 0)
        levels.append(level)
    return SkuMonth(
        sku=row.sku,
        warehouse=warehouse,
        month=period,
        shipped=row.shipped,
        left=level,
        levels=tuple(levels),
        is_first_month=row.first_inbound is not None and row.first_inbound in period,
        cm3=-(-row.volume_mm3 // _MM3_IN_CM3),
        bin_days=row.bin_days,
        pallet_days=row.pallet_days,
        ledger=tuple(row.ledger),
    )
