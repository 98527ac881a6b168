"""Orders that missed the day they were promised for: cause and owner in words, for both faces (A180, L31, L47)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.models import EventRow
from toiya.domain.orders.events import PromiseMoved
from toiya.domain.orders.models import Order, PromiseMove
from toiya.web.shared import waiting
from toiya.web.shared.paging import Page, page_of
from toiya.web.shared.sheet_files import xlsx
from toiya.web.shared.timeline import HAD_WORDS

OWNERS = ("seller", "warehouse", "carrier", "site")
MOST_ROWS = 10_000
CAUSES = {
    "not_judged": gettext_lazy("No stock was promised to it yet"),
    "not_released": gettext_lazy("It was not released to the floor"),
    "not_picked": gettext_lazy("It was not picked"),
    "not_packed": gettext_lazy("It was not packed"),
    "no_label": gettext_lazy("The carrier made no label"),
    "not_loaded": gettext_lazy("It was packed, but not loaded"),
    "not_handed_in": gettext_lazy("It was not handed in"),
    "on_the_road": gettext_lazy("It is on the road"),
    "not_told": gettext_lazy("The sales site had not told us yet"),
    "nobody_at_home": gettext_lazy("Nobody was at home"),
    "kept_for_receiver": gettext_lazy("It was kept for the receiver"),
    "came_back": gettext_lazy("It came back"),
    "day_reserved": gettext_lazy("A ship date was reserved"),
    "other_truck": gettext_lazy("It goes with a truck of another warehouse or carrier"),
    "day_dropped": gettext_lazy("The reserved ship date was dropped"),
}


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One missed day as people read it."""

    order: Order
    was_for: datetime
    cause: Any
    owner: Any


def cause_word(code: str) -> Any:
    """How a cause reads."""
    if code in CAUSES:
        return CAUSES[code]
    reason = waiting.LINE_REASONS.get(code) or waiting.hold_reason(code)
    return reason.status.word


def rows_of(moves: Iterable[PromiseMove]) -> list[MoveRow]:
    """Moves with their words."""
    return [MoveRow(move.order, move.was_for, cause_word(move.cause), HAD_WORDS[move.owner]) for move in moves]


@dataclass(frozen=True, slots=True)
class Moved:
    """A move of one order's promise, for its own page."""

    was_for: datetime
    cause: Any
    owner: Any
    is_late: bool


def moves_among(rows: Iterable[EventRow]) -> list[Moved]:
    """The moves of an order's promise among its events, in their order."""
    told = [row.data for row in rows if row.name == PromiseMoved.NAME]
    return [
        Moved(
            datetime.fromisoformat(said["was_for"]),
            cause_word(said["cause"]),
            HAD_WORDS[said["owner"]],
            bool(said["missed"]),
        )
        for said in told
    ]


@dataclass(frozen=True, slots=True)
class LatePage:
    """The list of missed days."""

    page: Page[PromiseMove]
    rows: Sequence[MoveRow]
    owner: str
    owners: Sequence[tuple[str, Any]]


def _missed(actor: Actor, owner: str) -> QuerySet[PromiseMove]:
    found = PromiseMove.objects.visible_to(actor).filter(is_late=True).select_related("order__seller")
    return found.filter(owner=owner) if owner else found


def read(request: HttpRequest, actor: Actor) -> LatePage:
    """The missed days that the reader may see, the newest first; two queries."""
    asked = request.GET.get("owner", "")
    owner = asked if asked in OWNERS else ""
    page = page_of(_missed(actor, owner), request.GET, ("-was_for", "-id"))
    return LatePage(page, rows_of(page.rows), owner, [(each, HAD_WORDS[each]) for each in OWNERS])


def evidence(actor: Actor, zone: ZoneInfo) -> HttpResponse:
    """The same as a workbook, for the sales site or a claim."""
    headings = [_("Order"), _("Cart number"), _("Promised for"), _("Left"), _("Whose delay"), _("Cause")]
    found = _missed(actor, "").order_by("-was_for", "-id")[:MOST_ROWS]
    return xlsx("late-orders", headings, [_cells(move, zone) for move in found])


def _cells(move: PromiseMove, zone: ZoneInfo) -> list[str]:
    order = move.order
    left = f"{order.shipped_at.astimezone(zone):%Y-%m-%d %H:%M}" if order.shipped_at else ""
    promised = f"{move.was_for.astimezone(zone):%Y-%m-%d %H:%M}"
    return [order.code, order.external_id, promised, left, str(HAD_WORDS[move.owner]), str(cause_word(move.cause))]
