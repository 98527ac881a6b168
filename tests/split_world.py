"""Orders divided and joined, by the app's own actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tests.world import NOON, acting_for
from toiya.config.truths import all_checks
from toiya.core.checks import run
from toiya.domain.allocation.actions.policies import Policy, set_allocation_rules
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.merging import merge_orders
from toiya.domain.outbound.actions.splitting import split_order


def split(order: Order, *takes: int, at: datetime = NOON) -> tuple[Order, Order]:
    """So many things of each line, in turn, go by themselves: the order that stays, and its part."""
    lines = order.lines.order_by("pk").values_list("pk", flat=True)
    wanted = dict(zip(lines, takes, strict=False))
    part = split_order(order_code=order.code, takes=wanted, actor=acting_for(order.seller), at=at)
    return Order.objects.get(pk=order.pk), Order.objects.get(pk=part.pk)


def merged(*orders: Order, at: datetime = NOON) -> Order:
    """The order that takes the others over."""
    codes = [order.code for order in orders]
    into = merge_orders(order_codes=codes, actor=acting_for(orders[0].seller), at=at)
    return Order.objects.get(pk=into.pk)


def sends_what_is_there(seller: Seller, at: datetime = NOON) -> None:
    """The seller's rule: what is there goes, the rest follows."""
    policy = Policy(sends_what_is_there=True)
    set_allocation_rules(seller_id=seller.pk, policy=policy, actor=acting_for(seller), at=at)


def things(order: Order) -> Sequence[tuple[str, int]]:
    """What lies in an order: the line's number at the site and how many."""
    return list(order.lines.filter(is_cancelled=False).order_by("pk").values_list("external_id", "quantity"))


def verify_finds() -> list[str]:
    """What `verify` finds wrong now."""
    return [problem.message for finding in run(all_checks(), at=NOON) for problem in finding.problems]
