"""Deciding who gets which stock: whole orders, in turn, from one warehouse each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Why(StrEnum):
    """Why a line waits. Each code has one owner and one cure (`REASONS`)."""

    NO_SKU = "no_sku"
    NOT_ENOUGH_STOCK = "not_enough_stock"
    OTHER_LINES = "other_lines"
    SHORT_ON_FLOOR = "short_on_floor"
    TAKEN_BACK = "taken_back"


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


Free = dict[tuple[int, int], int]  # (warehouse, SKU) -> pieces that may still be promised


def plan_promises(demands: Sequence[Demand], free: Free, warehouses: Sequence[int]) -> Plan:
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
        _decide(demands[start:end], free, warehouses, plan)
        start = end
    return plan


def _decide(lines: Sequence[Demand], free: Free, warehouses: Sequence[int], plan: Plan) -> None:
    need: dict[int, int] = {}
    for line in lines:
        if line.sku_id is None:
            _wait(lines, free, warehouses, plan)
            return
        need[line.sku_id] = need.get(line.sku_id, 0) + line.quantity
    for warehouse in warehouses:
        if all(free.get((warehouse, sku), 0) >= quantity for sku, quantity in need.items()):
            for sku, quantity in need.items():
                free[warehouse, sku] -= quantity
            for line in lines:
                plan.promises.append(Promise(line.order_id, line.line_id, line.sku_id or 0, warehouse, line.quantity))
            plan.served[lines[0].order_id] = warehouse
            return
    _wait(lines, free, warehouses, plan)


def _wait(lines: Sequence[Demand], free: Free, warehouses: Sequence[int], plan: Plan) -> None:
    need = _summed(lines)
    best = _most_complete(need, free, warehouses)
    shorts = _one_per_line(_why(line, need, free, best) for line in lines)
    plan.shorts.extend(shorts)
    plan.unserved[lines[0].order_id] = min(shorts, key=lambda short: RANK[short.why])


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


def _most_complete(need: Mapping[int, int], free: Free, warehouses: Sequence[int]) -> int:
    """The warehouse that lacks the fewest pieces; the first of equals."""

    def lacking(warehouse: int) -> int:
        return sum(max(0, quantity - free.get((warehouse, sku), 0)) for sku, quantity in need.items())

    return min(warehouses, key=lacking, default=0)


def _why(line: Demand, need: Mapping[int, int], free: Free, warehouse: int) -> Short:
    if line.sku_id is None:
        return Short(line.order_id, line.line_id, Why.NO_SKU, {"code": line.code, "needed": line.quantity})
    available = free.get((warehouse, line.sku_id), 0)
    if available < need[line.sku_id]:
        details: dict[str, str | int] = {"sku_id": line.sku_id, "needed": need[line.sku_id], "available": available}
        if line.bundle_id is not None:
            details["bundle_id"] = line.bundle_id
        return Short(line.order_id, line.line_id, Why.NOT_ENOUGH_STOCK, details)
    return Short(line.order_id, line.line_id, Why.OTHER_LINES, {"sku_id": line.bundle_id or line.sku_id})
