"""The lines of a bill as both faces show them: each with its formula, its rate card and the entries it came from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from toiya.core.sheet_files import CSV
from toiya.domain.billing import books, download, gathering, queries
from toiya.domain.billing.models import Statement, StatementLine
from toiya.domain.billing.rules import lines
from toiya.domain.billing.words import kind_word
from toiya.domain.dues import queries as dues
from toiya.domain.pricing.storage_rules import STORAGE, Stretch
from toiya.domain.stock.models import Movement
from toiya.web.shared.paging import Page, page_of
from toiya.web.shared.reader import Request

MOST_ENTRIES = 30  # of one line; the file has them all


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line, the movements of goods it was counted from (`more` are not shown), and of storage its days."""

    line: StatementLine
    word: str
    told: dict[str, Any]
    movements: list[Movement]
    more: int
    days: list[Stretch]


@dataclass(frozen=True, slots=True)
class KindRow:
    """All lines of a kind together."""

    kind: str
    word: str
    count: int
    total_minor: int


def kinds(statement: Statement) -> list[KindRow]:
    """A closed bill by kind of fee; one query."""
    return [KindRow(kind, kind_word(kind), count, total) for kind, count, total in queries.kinds_of(statement)]


def page(request: Request, statement: Statement) -> Page[Any]:
    """A page of lines, of the kind asked for."""
    return page_of(queries.lines_of(statement, request.GET.get("kind", "")[:30]), request.GET, ("number",))


def rows(found: Iterable[StatementLine]) -> list[LineRow]:
    """The rows of one page, of one bill; one query for all their movements, three for the days of storage."""
    read = [(line, json.loads(line.inputs)) for line in found]
    ids = {key for _line, told in read for key in told["entry"]["ledger"][:MOST_ENTRIES]}
    movements = Movement.objects.in_bulk(ids)
    stored = [_stored(line, told) for line, told in read if line.kind in STORAGE]
    days = gathering.lying(read[0][0].seller_id, stored) if stored else {}
    return [_row(line, told, movements, days.get(_stored(line, told), [])) for line, told in read]


def _stored(line: StatementLine, told: dict[str, Any]) -> tuple[str, date, str]:
    """Where, in which month and what was stored."""
    return str(told["entry"].get("facts", {}).get("warehouse", "")), line.on.replace(day=1), line.subject


def _row(line: StatementLine, told: dict[str, Any], movements: dict[int, Movement], days: list[Stretch]) -> LineRow:
    ledger = told["entry"]["ledger"]
    shown = [movements[key] for key in ledger[:MOST_ENTRIES] if key in movements]
    is_storage = line.kind in STORAGE
    return LineRow(
        line, kind_word(line.kind), told, shown, max(0, len(ledger) - MOST_ENTRIES), days if is_storage else []
    )


def after(statement: Statement) -> dict[str, Any]:
    """What came after a bill was closed: what of its lines went back, and the request for it; a few queries."""
    asked = dues.requests_for(statement).first()
    return {
        "credits": queries.credits_of(statement)[:MOST_ENTRIES],
        "asked": asked,
        "owed": asked.owed_minor if asked else 0,
        "is_withdrawn": dues.is_withdrawn(statement),
    }


def inputs_file(statement: Statement) -> HttpResponse:
    """All that the bill was made of, for `check_bill.py`."""
    return _attached(download.inputs(statement), "application/json", f"{statement.code}.json")


def checker_file() -> HttpResponse:
    """The program that does the sums again."""
    return _attached(download.checker(), "text/x-python", "check_bill.py")


def lines_file(statement: Statement, encoding: str) -> HttpResponse:
    """The lines as CSV."""
    lines = StatementLine.objects.filter(statement=statement).order_by("number").iterator(2000)
    return _attached(books.lines_file(lines, statement.currency, encoding), CSV, f"{statement.code}.csv")


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def draft_kinds(running: queries.Running) -> list[KindRow]:
    """A running month by kind of fee, the storage to come last; what was paid out is no part of it."""
    told = [(each.priced.kind, each.amount_minor) for each in running.drafts if each.origin != lines.PAID_OUT]
    found = lines.by_kind(told)
    shown = [KindRow(kind, kind_word(kind), count, total) for kind, count, total in found]
    if running.storage_minor:
        shown.append(KindRow("", _("Storage, if nothing more comes or goes"), 0, running.storage_minor))
    return shown
