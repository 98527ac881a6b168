"""Another SKU for a line of an order, until its parcel is sealed (L03, A147)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.actions.matching import match_line
from toiya.domain.orders.models import Line, Order
from toiya.domain.outbound.actions.stopped import answer_sealed, back_to_waiting, lock_work, write_stop
from toiya.domain.outbound.events import SkuChanged
from toiya.domain.outbound.models import Stop

_CHANGEABLE = (
    Order.Status.RECEIVED,
    Order.Status.WAITING,
    Order.Status.ALLOCATED,
    Order.Status.PICKING,
    Order.Status.PACKING,
)


class LineStays(Refusal):
    """The line is cancelled, or its order is over or packed by its seller."""

    code = "line_stays"
    message = gettext_lazy("%(code)s is %(status)s, so this line keeps its SKU. Reload to see its present state.")


@transaction.atomic
def change_sku(*, line_id: int, sku_code: str, pieces: int = 1, actor: Actor, at: datetime) -> Stop | None:
    """
    Give a line another SKU, so many pieces of it for each thing bought. The order's promise is free again, it leaves
    the floor if it is there, and it is judged anew at once. Returns the answer: done, or a parcel was sealed before;
    None where the line has that SKU already.

    :raises NotFound: no such line or SKU of this seller
    :raises LineStays: the line or its order is over
    """
    line = Line.objects.visible_to(actor).filter(pk=line_id).first()
    order = Order.objects.filter(pk=line.order_id).lock().first() if line else None
    if line is None or order is None:
        raise NotFound(kind="line", code=str(line_id))
    line.refresh_from_db()
    skus = {sku.pk: sku.code for sku in Sku.objects.filter(seller_id=line.seller_id, pk=line.sku_id or 0)}
    sku = Sku.objects.filter(seller_id=line.seller_id, code=sku_code).first()
    tasks = lock_work(order)

    if sku is None:
        raise NotFound(kind="SKU", code=sku_code)
    if (line.sku_id, line.pieces_each, line.is_matched_by_hand) == (sku.pk, pieces, True):
        return None
    late = answer_sealed(order=order, wish=Stop.Wish.SKU, reason=sku.code, actor=actor, at=at)
    if late is not None:
        return late
    if line.is_cancelled or order.status not in _CHANGEABLE:
        raise LineStays(code=order.code, status=order.get_status_display())

    stop = write_stop(order=order, wish=Stop.Wish.SKU, reason=sku.code, actor=actor, at=at)
    told = back_to_waiting(stop=stop, tasks=tasks, actor=actor, at=at)
    match_line(line_id=line.pk, sku_code=sku.code, pieces=pieces, actor=actor, at=at)

    before = skus.get(line.sku_id or 0, "")
    changed = SkuChanged(seller_id=order.seller_id, subject=order.code, title=line.title, before=before, sku=sku.code)
    events.record_all([*told, changed], actor=actor, at=at)
    return stop
