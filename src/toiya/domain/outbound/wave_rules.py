"""How a wave's orders become walks, and whether a wave should go now. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from toiya.domain.outbound.rules import Choice, in_lists

AUTOMATIC, CLUSTER, BATCH, DISCRETE = "", "cluster", "batch", "discrete"
WORTH_A_BATCH = 4  # orders of one piece of the same SKU; fewer are quicker on a cart with totes
MOST_IN_BATCH = 40
SECONDS_PER_STOP = 30  # until there is a measured pace
SPARE = timedelta(minutes=30)  # for packing and labels after the last pick


@dataclass(frozen=True, slots=True)
class Group:
    """The orders of one walk and how it is picked."""

    method: str
    order_ids: tuple[int, ...]


def grouped(order_ids: Sequence[int], choices: Sequence[Choice], method: str = AUTOMATIC) -> list[Group]:
    """
    Split orders into walks. Batches take only orders of one piece, the same SKU together; the rest goes on carts.

    Without a method: a batch where four orders or more want one piece of the same SKU, else carts.
    """
    if method == DISCRETE:
        return [Group(DISCRETE, (order,)) for part in in_lists(order_ids, choices) for order in part]
    batches = [] if method == CLUSTER else _batches(choices, 2 if method == BATCH else WORTH_A_BATCH)
    batched = {order for group in batches for order in group.order_ids}
    rest = [order for order in order_ids if order not in batched]
    return batches + [Group(CLUSTER, tuple(part)) for part in in_lists(rest, choices)]


def _batches(choices: Sequence[Choice], fewest: int) -> list[Group]:
    pieces: dict[int, int] = {}
    for choice in choices:
        pieces[choice.want.order_id] = pieces.get(choice.want.order_id, 0) + choice.quantity
    by_sku: dict[int, list[Choice]] = {}
    for choice in choices:
        if pieces[choice.want.order_id] == 1:
            by_sku.setdefault(choice.want.sku_id, []).append(choice)
    groups: list[Group] = []
    for alike in by_sku.values():
        orders = [each.want.order_id for each in sorted(alike, key=lambda each: (each.walk_order, each.want.order_id))]
        parts = [orders[start : start + MOST_IN_BATCH] for start in range(0, len(orders), MOST_IN_BATCH)]
        groups += [Group(BATCH, tuple(part)) for part in parts if len(part) >= fewest]
    return groups


def minutes_of_work(stops: int, seconds_per_stop: int, people: int) -> int:
    """How long so many people walk, in whole minutes."""
    return -(-stops * seconds_per_stop // (60 * max(people, 1)))


def is_due(minutes: int, now: datetime, leaves_at: datetime) -> bool:
    """Whether the walks must begin now for the truck: the work, half of it once more, and the time for packing."""
    return now + timedelta(minutes=minutes + minutes // 2) + SPARE >= leaves_at
