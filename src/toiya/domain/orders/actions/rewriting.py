"""Steps of correcting an entered order: its own words, its address and wish, its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.orders import sql
from toiya.domain.orders.actions.abroad import HOLD, HOME, hold_abroad
from toiya.domain.orders.entries import EnteredDraft
from toiya.domain.orders.events import HoldLifted
from toiya.domain.orders.models import Address, Hold, Line, ManagedOrder, Order, Wish
from toiya.domain.orders.rows import line_row
from toiya.domain.orders.rules import LineDraft

_ADDRESS = ("name", "name_kana", "phone", "country", "postal_code", "first_line", "second_line")


def rewrite_order(*, order: Order, managed: ManagedOrder, draft: EnteredDraft, actor: Actor, at: datetime) -> list[str]:
    """Write what differs of a locked order, but for its lines; returns the names of what changed."""
    address = Address.objects.get(order=order)
    changed = _set(managed, dict(draft.facts))
    new = draft.order
    changed += _set(order, {"external_id": new.external_id, "note": new.note, "total_minor": new.total_minor})
    changed += _set(address, {name: getattr(new.address, name) for name in _ADDRESS})
    changed += _wish(order, draft)
    return changed


def _set(row: ManagedOrder | Order | Address, values: Mapping[str, object]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return changed


def _wish(order: Order, draft: EnteredDraft) -> list[str]:
    wish = draft.wish
    values = {
        "warehouse_id": wish.warehouse_id,
        "service_code": wish.service_code,
        "deliver_on": wish.deliver_on,
        "slot": wish.slot,
    }
    known = Wish.objects.filter(order=order).first()
    old = {name: getattr(known, name) for name in values} if known else None
    if old == values or (wish.is_empty and known is None):
        return []
    Wish.objects.update_or_create(order=order, defaults={"seller_id": order.seller_id, **values})
    return ["wish"]


def ask_for_papers_anew(*, order: Order, actor: Actor, at: datetime) -> None:
    """The hold of an order that leaves the country, as it is now; one that stays here has none any more."""
    if Hold.objects.filter(order=order, code=HOLD, lifted_at=None).update(lifted_at=at):
        lifted = HoldLifted(seller_id=order.seller_id, subject=order.code, code=HOLD)
        events.record(lifted, actor=actor, at=at)
    if Address.objects.get(order=order).country != HOME:
        hold_abroad(seller_id=order.seller_id, order_codes=[order.code], actor=actor, at=at)


def rewrite_lines(*, order: Order, lines: Sequence[LineDraft], actor: Actor, at: datetime) -> None:
    """Other lines in the place of those of a locked order that is promised nothing; the old ones stay, cancelled."""
    Line.objects.filter(order=order, is_cancelled=False).update(is_cancelled=True)
    sku_ids = sql.skus_by_code(order.seller_id, {line.match_code for line in lines})
    Line.objects.bulk_create(line_row(order, line, sku_ids.get(line.match_code)) for line in lines)
