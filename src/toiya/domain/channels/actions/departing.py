"""Lines that left the normal road at the site: cancelled, asked to be cancelled, shipped elsewhere, vanished."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.channels import rules
from toiya.domain.channels.actions.pulling import MOST_PARTS
from toiya.domain.channels.models import Connection, Notice
from toiya.domain.channels.port import SiteClaim
from toiya.domain.channels.rules import Step
from toiya.domain.channels.sql import shops
from toiya.domain.orders.actions.holds import place_hold
from toiya.domain.orders.models import Line, Order
from toiya.domain.outbound.actions.cancelling import TooLateToCancel, cancel_lines
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.outbound.models import Stop

GONE = (Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.CANCELLED)


def apply_claims(*, connection_id: int, claims: Sequence[SiteClaim], actor: Actor, at: datetime) -> int:
    """
    Follow the site where lines left the normal road, each order in a transaction of its own.

    Lines that we do not know yet are left for the next look. Returns how many words were new.
    """
    shop = Connection.objects.get(pk=connection_id)
    words = {(claim.line_external_id, claim.state): claim for claim in claims if claim.state in rules.DEPARTURES}
    told = Notice.objects.filter(connection=shop, line_external_id__in={line for line, _ in words})
    applied = set(told.values_list("order_id", "line_external_id", "state"))
    orders = {
        order_id: [claim for claim in claims if (order_id, claim.line_external_id, claim.state.value) not in applied]
        for order_id, claims in _by_order(shop, list(words.values())).items()
    }
    return sum(
        follow_claims(connection_id=shop.pk, order_id=order_id, claims=orders[order_id], actor=actor, at=at)
        for order_id in sorted(orders)
        if orders[order_id]
    )


def _by_order(shop: Connection, claims: Sequence[SiteClaim]) -> dict[int, list[SiteClaim]]:
    carts = {claim.order_external_id for claim in claims}
    if not carts:
        return {}
    parts = {f"{cart}/{number}" for cart in carts for number in range(2, MOST_PARTS + 1)}
    places: dict[str, set[int]] = {}  # a line that was divided lies in several orders
    for line in shops.lines_of_carts(shop.seller_id, shop.code, carts | parts):
        places.setdefault(line.external_id, set()).add(line.order_id)
    orders: dict[int, list[SiteClaim]] = {}
    for claim in claims:
        for order_id in places.get(claim.line_external_id, ()):
            orders.setdefault(order_id, []).append(claim)
    return orders


@transaction.atomic
def follow_claims(*, connection_id: int, order_id: int, claims: Sequence[SiteClaim], actor: Actor, at: datetime) -> int:
    """
    Follow the site for lines of one order; each word of it once, so that a hold that was lifted stays lifted.

    Cancelled lines are cancelled here and their promises taken back; where that is too late, and for everything else,
    the order gets a hold for a person. An order that left keeps the word only. Returns how many words were new.
    """
    order: Order = Order.objects.filter(pk=order_id).lock().get()
    lines: dict[str, list[int]] = {}
    for line in Line.objects.filter(order=order, is_cancelled=False).order_by("pk"):
        lines.setdefault(line.external_id, []).append(line.pk)
    told = Notice.objects.filter(connection_id=connection_id, order=order)
    applied = set(told.values_list("line_external_id", "state"))

    fresh = [claim for claim in claims if (claim.line_external_id, claim.state.value) not in applied]

    if order.status not in GONE:
        present = [claim for claim in fresh if claim.line_external_id in lines]
        _follow(order, lines, present, actor=actor, at=at)

    Notice.objects.bulk_create(
        Notice(
            seller_id=order.seller_id,
            connection_id=connection_id,
            order=order,
            line_external_id=claim.line_external_id,
            state=claim.state.value,
            reason=rules.printable(claim.reason)[:300],
            told_at=at,
        )
        for claim in fresh
    )
    return len(fresh)


def _follow(
    order: Order, lines: dict[str, list[int]], claims: Sequence[SiteClaim], *, actor: Actor, at: datetime
) -> None:
    held: dict[str, set[str]] = {}
    cancelled = {}
    for claim in claims:
        meaning = rules.DEPARTURES[claim.state]
        if meaning.step is Step.CANCEL:
            cancelled[claim.line_external_id] = claim.reason
        else:
            held.setdefault(meaning.hold, set()).add(claim.line_external_id)
    if not _is_cancelled_in_time(order, lines, cancelled, actor=actor, at=at):
        held.setdefault("cancel_asked", set()).update(cancelled)
    if len(cancelled) == len(lines) and "cancel_asked" not in held:
        return  # the whole order is gone: nothing is left to hold
    for code, numbers in sorted(held.items()):
        details: dict[str, str | int] = {"lines": len(numbers), "numbers": _listed(numbers)}
        place_hold(order_id=order.pk, code=code, details=details, actor=actor, at=at)


def _is_cancelled_in_time(
    order: Order, lines: dict[str, list[int]], cancelled: dict[str, str], *, actor: Actor, at: datetime
) -> bool:
    if not cancelled:
        return True
    reason = rules.printable(next((words for words in cancelled.values() if words), "cancelled"))[:200]
    try:
        if len(cancelled) == len(lines):
            answer = stop_order(order_code=order.code, reason=reason, actor=actor, at=at)
            return answer.outcome == Stop.Outcome.STOPPED
        line_ids = [line_id for number in cancelled for line_id in lines[number]]
        cancel_lines(order_code=order.code, line_ids=line_ids, reason=reason, actor=actor, at=at)
    except TooLateToCancel:
        return False
    return True


def _listed(numbers: Iterable[str]) -> str:
    return ", ".join(sorted(numbers))
