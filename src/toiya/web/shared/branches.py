"""Branch shipping, for both faces: which warehouse sends which order line, and why a line has none (A140-A149)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toiya.domain.allocation.actions.branching import NOT_PROMISED, NOT_WAITING, Sent
from toiya.domain.allocation.actions.reserving import reserve_ship_day
from toiya.domain.allocation.models import Allocation, ChosenWarehouse, ClosedWarehouse, ShipDay, WaitReason
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Line, Order, Wish
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared import statuses, waiting
from toiya.web.shared.paging import Page, page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import Status

MOST_AT_ONCE = 200
MOST_SAID = 5
_WAITING = (Order.Status.RECEIVED, Order.Status.WAITING)
Search = Callable[[QuerySet[Order], str], QuerySet[Order]]


@dataclass(frozen=True, slots=True)
class BranchLine:
    """One line of an order: what it is, where it is promised, or why not. `has_head`: the first of its order."""

    order: Order
    line: Line
    sku: Sku | None
    status: Status
    house: Warehouse | None
    is_promised: bool
    is_chosen: bool
    fact: str
    owner_word: Any
    on_hand: int
    ship_day: date | None
    has_head: bool

    @property
    def may_tick(self) -> bool:
        """Whether it can be promised somewhere, or its promise taken back."""
        return self.has_head and self.order.status in (*_WAITING, Order.Status.ALLOCATED)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the page (A141)."""

    words: str
    house: str
    first: date | None
    last: date | None
    place: str
    state: str

    @property
    def is_any(self) -> bool:
        """Whether something is filtered."""
        return bool(self.words or self.house or self.first or self.last or self.place or self.state)


def asked_of(query: QueryDict) -> Asked:
    """The filters of an address; what no filter knows counts as not asked."""
    state, place = query.get("state", ""), query.get("place", "")
    return Asked(
        words=query.get("q", "")[:100].replace("\x00", "").strip(),
        house=query.get("warehouse", "")[:20].replace("\x00", ""),
        first=_day(query.get("from", "")),
        last=_day(query.get("until", "")),
        place=place if place in {"none", "some"} else "",
        state=state if state in Order.Status.values else "",
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text[:10])
    except ValueError:
        return None


def found_orders(orders: QuerySet[Order], asked: Asked, search: Search) -> QuerySet[Order]:
    """The orders that the filters let through; `search` is the face's own."""
    promised = Allocation.objects.filter(order_id=OuterRef("pk"))
    if asked.house:
        here = Exists(promised.filter(warehouse_id__in=Warehouse.objects.filter(code=asked.house).values("pk")))
        chosen = Exists(ChosenWarehouse.objects.filter(order=OuterRef("pk"), warehouse__code=asked.house))
        orders = orders.filter(here | chosen)
    if asked.place == "none":
        orders = orders.filter(status__in=_WAITING)
    if asked.place == "some":
        orders = orders.filter(Exists(promised))
    if asked.state:
        orders = orders.filter(status=asked.state)
    if asked.first:
        orders = orders.filter(placed_at__date__gte=asked.first)
    if asked.last:
        orders = orders.filter(placed_at__date__lte=asked.last)
    return search(orders, asked.words)


def context_of(request: Request, search: Search) -> dict[str, Any]:
    """Everything the page shows; a constant number of queries."""
    asked = asked_of(request.GET)
    every = Order.objects.visible_to(request.actor)
    found = found_orders(every, asked, search).select_related("address", "seller")
    page = page_of(found, request.GET, ("-id",))
    houses = list(Warehouse.objects.order_by("pk"))
    shut = set(ClosedWarehouse.objects.values_list("warehouse_id", flat=True))
    return {
        "page": page,
        "rows": _rows(page, {house.pk: house for house in houses}),
        "asked": asked,
        "houses": houses,
        "open_houses": [house for house in houses if house.pk not in shut],
        "states": [(name, statuses.ORDER[name].word) for name in Order.Status.values],
        "panel": _panel(request, every),
    }


def _rows(page: Page[Order], houses: dict[int, Warehouse]) -> list[BranchLine]:
    orders = {order.pk: order for order in page.rows}
    lines = list(Line.objects.filter(order_id__in=orders, is_cancelled=False).order_by("-order_id", "pk"))
    skus = Sku.objects.in_bulk({line.sku_id for line in lines if line.sku_id is not None})
    promised = {row.line_id: row.warehouse_id for row in Allocation.objects.filter(order_id__in=orders)}
    chosen = dict(ChosenWarehouse.objects.filter(order_id__in=orders).values_list("order_id", "warehouse_id"))
    days = dict(ShipDay.objects.filter(order_id__in=orders).values_list("order_id", "day"))
    reasons = {reason.line_id: reason for reason in WaitReason.objects.filter(order_id__in=orders)}
    on_hand: dict[tuple[int | None, int], int] = {}
    for balance in Balance.objects.filter(sku_id__in=skus):
        for place in (None, balance.warehouse_id):
            key = (place, balance.sku_id)
            on_hand[key] = on_hand.get(key, 0) + balance.on_hand
    rows, before = [], 0
    for line in lines:
        order = orders[line.order_id]
        place = promised.get(line.pk) or chosen.get(order.pk)
        fact, owner = _why(reasons.get(line.pk), skus.get(line.sku_id or 0), order)
        row = BranchLine(
            order=order,
            line=line,
            sku=skus.get(line.sku_id or 0),
            status=waiting.order_status(order.status, order.waiting_reason),
            house=houses.get(place or 0),
            is_promised=line.pk in promised,
            is_chosen=order.pk in chosen,
            fact=fact,
            owner_word=owner,
            on_hand=on_hand.get((place, line.sku_id or 0), 0),
            ship_day=days.get(order.pk),
            has_head=order.pk != before,
        )
        rows.append(row)
        before = order.pk
    return rows


def _why(reason: WaitReason | None, sku: Sku | None, order: Order) -> tuple[str, Any]:
    if reason is None:
        return "", ""
    told = waiting.line_reason(reason.code, reason.details, has_sku=sku is not None)
    return waiting.filled(told.short, reason.details), waiting.owner_word(told.owner, order.seller.name)


def _panel(request: Request, every: QuerySet[Order]) -> dict[str, Any] | None:
    """The order that was opened (A145)."""
    code = request.GET.get("open", "")[:20].replace("\x00", "")
    order = every.filter(code=code).select_related("address", "seller").first() if code else None
    if order is None:
        return None
    lines = list(order.lines.filter(is_cancelled=False).order_by("pk"))
    skus = Sku.objects.select_related("item").in_bulk({line.sku_id for line in lines if line.sku_id is not None})
    return {
        "order": order,
        "status": waiting.order_status(order.status, order.waiting_reason),
        "lines": [{"line": line, "sku": skus.get(line.sku_id or 0)} for line in lines],
        "ship_day": ShipDay.objects.filter(order=order).first(),
        "wish": Wish.objects.filter(order=order).first(),
        "may_reserve": order.status in (*_WAITING, Order.Status.ALLOCATED),
    }


def reserve_day(request: Request, code: str) -> None:
    """Reserve the day that was typed for this order; empty: none (A056)."""
    typed = request.POST.get("day", "")[:10]
    day = _day(typed)
    if typed and day is None:
        messages.warning(request, _("“%(typed)s” is no day. Enter one, such as 2026-11-24.") % {"typed": typed})
        return
    reserve_ship_day(order_code=code, day=day, actor=request.actor, at=request.at)
    messages.success(request, _("Saved for %(code)s.") % {"code": code})


def selected(request: Request) -> list[str]:
    """The ticked orders; all that were shown and wait when a whole-page button was pressed (A144)."""
    name = "shown" if "every" in request.POST else "selected"
    return request.POST.getlist(name)[:MOST_AT_ONCE]


def chosen_house(request: Request) -> str:
    """The warehouse's code that was chosen; empty: any."""
    return (request.POST.get("every") or request.POST.get("warehouse", ""))[:20].replace("\x00", "")


def say_sent(request: Request, sent: Sent) -> None:
    """How many were promised, and of each reason who was left."""
    if sent.done:
        words = ngettext("%(number)s order is allocated.", "%(number)s orders are allocated.", len(sent.done))
        messages.success(request, words % {"number": len(sent.done)})
    _say_left(request, sent)


def say_taken_back(request: Request, sent: Sent) -> None:
    """How many gave their pieces back, and who did not."""
    if sent.done:
        words = ngettext(
            "The pieces of %(number)s order are free again.",
            "The pieces of %(number)s orders are free again.",
            len(sent.done),
        )
        messages.success(request, words % {"number": len(sent.done)})
    _say_left(request, sent)


def _say_left(request: Request, sent: Sent) -> None:
    by_reason: dict[str, list[str]] = {}
    for code, reason in sent.left.items():
        by_reason.setdefault(reason, []).append(code)
    for reason, codes in by_reason.items():
        messages.warning(request, f"{_left_word(reason)} {_named(codes)}")
    if not sent.done and not sent.left:
        messages.warning(request, _("No order was ticked. Tick the orders first."))


def _left_word(reason: str) -> str:
    if reason == NOT_WAITING:
        return _("Left as they are, because they do not wait:")
    if reason == NOT_PROMISED:
        return _("Left as they are, because no pieces are promised or the floor has them:")
    return _("%(state)s – the reason is at each line:") % {
        "state": waiting.line_reason(reason, {"code": "-"}).status.word
    }


def _named(codes: Sequence[str]) -> str:
    shown = ", ".join(sorted(codes)[:MOST_SAID])
    return shown if len(codes) <= MOST_SAID else f"{shown} … ({len(codes)})"
