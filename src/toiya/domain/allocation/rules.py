"""Deciding who gets which stock: whole orders, in turn, from one warehouse each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Why(StrEnum):
    """Why a line waits. Each code has one owner and one cure (`REASONS`)."""

    NO_SKU = "no_sku"
    NO_WAREHOUSE = "no_warehouse"  # none is open for the order
    NOT_ENOUGH_STOCK = "not_enough_stock"
    EXPIRES_SOON = "expires_soon"  # the rest is too near to its last usable day
    KEPT_BACK = "kept_back"  # the rest is what the seller keeps back
    ELSEWHERE = "elsewhere"  # not in the warehouse that a person chose, but whole in another one
    SPREAD_OUT = "spread_out"  # all there, but not in one warehouse
    OTHER_LINES = "other_lines"
    SHORT_ON_FLOOR = "short_on_floor"
    TAKEN_BACK = "taken_back"
    PROMISE_EXPIRED = "promise_expired"  # not paid in time


class Owner(StrEnum):
    """Who must act."""

    SELLER = "seller"
    WAREHOUSE = "warehouse"
    CARRIER = "carrier"
    SITE = "site"


# The leading reason of an order is the first of these that one of its lines has.
RANK: Mapping[str, int] = {why: place for place, why in enumerate(Why)}


class Demand(NamedTuple):
    """
    Pieces of one SKU that an order line wants: one demand per line, or one per part when it is of a virtual bundle.

    `sku_id` is None when the line matched no SKU of ours.
    """

    order_id: int
    line_id: int
    sku_id: int | None
    quantity: int
    code: str = ""  # what the site calls it, for the message
    bundle_id: int | None = None  # the virtual bundle that the SKU is a part of


class Promise(NamedTuple):
    """This line gets these pieces of the SKU from that warehouse."""

    order_id: int
    line_id: int
    sku_id: int
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Short:
    """This line waits, and why."""

    order_id: int
    line_id: int
    why: Why
    details: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """What was decided for a set of orders."""

    promises: list[Promise] = field(default_factory=list)
    shorts: list[Short] = field(default_factory=list)
    served: dict[int, int] = field(default_factory=dict)  # order -> warehouse
    unserved: dict[int, Short] = field(default_factory=dict)  # order -> its leading reason


Place = tuple[int, int]  # (warehouse, SKU)
Free = dict[Place, int]  # pieces that may still be promised


@dataclass(frozen=True, slots=True)
class Terms:
    """
    Where the seller's orders are looked for, and what of their stock is left alone.

    `routes` are the warehouses of those orders that do not follow `warehouses`; `kept` and `soon` are pieces that are
    free but stay: the seller's reserve, and those too near to their last usable day.
    """

    warehouses: Sequence[int]
    routes: Mapping[int, Sequence[int]] = field(default_factory=dict)
    kept: Mapping[Place, int] = field(default_factory=dict)
    soon: Mapping[Place, int] = field(default_factory=dict)

    def route(self, order_id: int) -> Sequence[int]:
        """The warehouses to look in for an order, best first."""
        return self.routes.get(order_id, self.warehouses)


def plan_promises(demands: Sequence[Demand], free: Free, terms: Terms) -> Plan:
    """
    Serve the orders in the order given, each whole from the first warehouse that has it all, or not at all.

    An order's demand is summed per SKU first: two lines of the same SKU are judged together (C-01). `free` is used up.
    """
    plan = Plan()
    start = 0
    while start < len(demands):
        end = start
        while end < len(demands) and demands[end].order_id == demands[start].order_id:
            end += 1
        _decide(demands[start:end], free, terms, plan)
        start = end
    return plan


def _decide(lines: Sequence[Demand], free: Free, terms: Terms, plan: Plan) -> None:
    need: dict[int, int] = {}
    for line in lines:
        if line.sku_id is None:
            _wait(lines, free, terms, plan)
            return
        need[line.sku_id] = need.get(line.sku_id, 0) + line.quantity
    for warehouse in terms.route(lines[0].order_id):
        if _has_all(warehouse, need, free):
            for sku, quantity in need.items():
                free[warehouse, sku] -= quantity
            for line in lines:
                plan.promises.append(Promise(line.order_id, line.line_id, line.sku_id or 0, warehouse, line.quantity))
            plan.served[lines[0].order_id] = warehouse
            return
    _wait(lines, free, terms, plan)


def _has_all(warehouse: int, need: Mapping[int, int], free: Free) -> bool:
    return all(free.get((warehouse, sku), 0) >= quantity for sku, quantity in need.items())


def _wait(lines: Sequence[Demand], free: Free, terms: Terms, plan: Plan) -> None:
    wants = _wants(lines, free, terms)
    shorts = _one_per_line(_why(line, wants, free, terms) for line in lines)
    plan.shorts.extend(shorts)
    plan.unserved[lines[0].order_id] = min(shorts, key=lambda short: RANK[short.why])


class _Wants(NamedTuple):
    """
    What an order that cannot be served wants, the warehouse that lacks least, and what the rest of the house has.

    `other` is a warehouse that has it all and that the order may not be sent from; `is_spread`: all of it is there,
    in several warehouses.
    """

    need: Mapping[int, int]
    best: int | None
    other: int | None
    is_spread: bool


def _wants(lines: Sequence[Demand], free: Free, terms: Terms) -> _Wants:
    need, route = _summed(lines), terms.route(lines[0].order_id)
    there = {sku: sum(free.get((warehouse, sku), 0) for warehouse in route) for sku in need}
    return _Wants(
        need=need,
        best=_most_complete(need, free, route),
        other=next((house for house in terms.warehouses if house not in route and _has_all(house, need, free)), None),
        is_spread=all(there[sku] >= quantity for sku, quantity in need.items()),
    )


def _one_per_line(shorts: Iterable[Short]) -> list[Short]:
    """The leading reason of each line: of a bundle's parts the first that is missing speaks for it."""
    found: dict[int, Short] = {}
    for short in shorts:
        before = found.get(short.line_id)
        if before is None or RANK[short.why] < RANK[before.why]:
            found[short.line_id] = short
    return list(found.values())


def _summed(lines: Iterable[Demand]) -> Mapping[int, int]:
    need: dict[int, int] = {}
    for line in lines:
        if line.sku_id is not None:
            need[line.sku_id] = need.get(line.sku_id, 0) + line.quantity
    return need


def _most_complete(need: Mapping[int, int], free: Free, warehouses: Sequence[int]) -> int | None:
    """The warehouse that lacks the fewest pieces; the first of equals."""

    def lacking(warehouse: int) -> int:
        return sum(max(0, quantity - free.get((warehouse, sku), 0)) for sku, quantity in need.items())

    return min(warehouses, key=lacking, default=None)


def _why(line: Demand, wants: _Wants, free: Free, terms: Terms) -> Short:
    if line.sku_id is None:
        return Short(line.order_id, line.line_id, Why.NO_SKU, {"code": line.code, "needed": line.quantity})
    if wants.best is None:
        return Short(line.order_id, line.line_id, Why.NO_WAREHOUSE, {"sku_id": line.bundle_id or line.sku_id})
    place, needed = (wants.best, line.sku_id), wants.need[line.sku_id]
    available = free.get(place, 0)
    if available >= needed:
        return Short(line.order_id, line.line_id, Why.OTHER_LINES, {"sku_id": line.bundle_id or line.sku_id})
    details: dict[str, str | int] = {"sku_id": line.sku_id, "needed": needed, "available": available}
    if line.bundle_id is not None:
        details["bundle_id"] = line.bundle_id
    kept, soon = terms.kept.get(place, 0), terms.soon.get(place, 0)
    if wants.other is not None:
        return Short(line.order_id, line.line_id, Why.ELSEWHERE, details | {"warehouse_id": wants.other})
    if wants.is_spread:
        return Short(line.order_id, line.line_id, Why.SPREAD_OUT, details)
    if available + kept >= needed:
        return Short(line.order_id, line.line_id, Why.KEPT_BACK, details | {"kept": kept})
    if available + kept + soon >= needed:
        return Short(line.order_id, line.line_id, Why.EXPIRES_SOON, details | {"soon": soon})
    return Short(line.order_id, line.line_id, Why.NOT_ENOUGH_STOCK, details)
