"""A seller corrects an order that it entered itself, as long as nobody began to work on it (A160)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.actions.dividing import lock_to_judge, pass_gate
from toiya.domain.allocation.actions.promising import allocate_orders, release_promises
from toiya.domain.allocation.events import AllocationTakenBack
from toiya.domain.allocation.rules import Why
from toiya.domain.orders.actions.rewriting import ask_for_papers_anew, rewrite_lines, rewrite_order
from toiya.domain.orders.entered import Became, Entered, order_with_number, taken_by
from toiya.domain.orders.entries import EnteredDraft, Entry
from toiya.domain.orders.events import OrderReentered
from toiya.domain.orders.judging import day_in_japan, judge_entries
from toiya.domain.orders.models import Line, LineOrigin, ManagedOrder, Order
from toiya.domain.orders.rules import LineDraft
from toiya.domain.outbound.models import HandIn

_Status = Order.Status
_CORRECTABLE = (_Status.RECEIVED, _Status.WAITING, _Status.ALLOCATED, _Status.TO_HAND_IN)


class TooLateToCorrect(Refusal):
    """Somebody works on the order, or it has its label, or it is over."""

    code = "too_late_to_correct"
    message = gettext_lazy("%(code)s is %(status)s, so it stays as it is. Cancel it and enter it anew, or ask us.")


class CorrectedTogether(Refusal):
    """Lines of the order went to another one, or came from one."""

    code = "corrected_together"
    message = gettext_lazy("%(code)s was divided or joined, so it stays as it is. Cancel it and enter it anew.")


@transaction.atomic
def correct_order(*, order_code: str, entry: Entry, actor: Actor, at: datetime) -> Entered:
    """
    Put what the entry says in the place of what was entered. When lines change, promised pieces go back and the order
    is judged anew at once.

    :raises NotFound: no entered order of this reader's :raises TooLateToCorrect: :raises CorrectedTogether:
    """
    mine = Order.objects.visible_to(actor).filter(code=order_code)
    pass_gate(seller_ids=mine.values_list("seller_id", flat=True))
    order: Order | None = mine.lock().select_related("seller").first()
    managed = ManagedOrder.objects.filter(order=order).first() if order else None
    if order is None or managed is None:
        raise NotFound(kind=gettext_lazy("order"), code=order_code)

    _check_correctable(order)
    (verdict,) = judge_entries(order.seller, [entry], order.channel, day_in_japan(at))
    if verdict.draft is None:
        return Entered(Became.TO_MEND, order.code, managed.number, verdict.flaws)
    draft = order_with_number(verdict.draft, managed.number)
    number = draft.order.external_id
    if number != order.external_id and (other := _order_with(order.seller_id, number)):
        return taken_by(other)

    try:
        with transaction.atomic():
            changed = rewrite_order(order=order, managed=managed, draft=draft, actor=actor, at=at)
    except IntegrityError:  # another order took the number between our look and our write
        return taken_by(number)
    if _differ(order, draft.order.lines):
        changed.append("lines")
        _change_lines(order, draft, actor, at)

    if changed:
        ask_for_papers_anew(order=order, actor=actor, at=at)
        told = OrderReentered(seller_id=order.seller_id, subject=order.code, fields=sorted(changed))
        events.record(told, actor=actor, at=at)
    return Entered(Became.NEW, order.code, managed.number)


def _check_correctable(order: Order) -> None:
    has_label = HandIn.objects.filter(order=order, is_cancelled=False).exists()
    if order.status not in _CORRECTABLE or has_label:
        raise TooLateToCorrect(code=order.code, status=order.get_status_display())
    if LineOrigin.objects.filter(Q(order=order) | Q(line__order=order)).exists():
        raise CorrectedTogether(code=order.code)


def _order_with(seller_id: int, number: str) -> str:
    """The code of the seller's order that goes by this number without a shop, or nothing."""
    found = Order.objects.filter(seller_id=seller_id, shop_code="", external_id=number)
    return found.values_list("code", flat=True).first() or ""


def _differ(order: Order, lines: Sequence[LineDraft]) -> bool:
    old = [_facts(line) for line in Line.objects.filter(order=order, is_cancelled=False).order_by("pk")]
    new = [
        (line.tie.sku_id if line.tie else None, line.match_code, line.title, line.quantity, line.unit_price_minor)
        for line in lines
    ]
    return old != new


def _facts(line: Line) -> tuple[int | None, str, str, int, int]:
    return line.sku_id, line.match_code, line.title, line.quantity, line.unit_price_minor


def _change_lines(order: Order, draft: EnteredDraft, actor: Actor, at: datetime) -> None:
    was_judged = order.status in (_Status.WAITING, _Status.ALLOCATED)
    if order.status == _Status.ALLOCATED:
        coming = [line.tie.sku_id for line in draft.order.lines if line.tie and line.tie.sku_id]
        lock_to_judge(orders=[order], coming=coming)
        release_promises(order=order, why=Why.OTHER_LINES, actor=actor, at=at)
        order.save(update_fields=["status", "waiting_reason"])
        taken = AllocationTakenBack(seller_id=order.seller_id, subject=order.code, reason=Why.OTHER_LINES)
        events.record(taken, actor=actor, at=at)
    rewrite_lines(order=order, lines=draft.order.lines, actor=actor, at=at)
    if was_judged:
        allocate_orders(seller_id=order.seller_id, order_ids=[order.pk], actor=actor, at=at)
