"""Tying order lines to SKUs: by code for all that wait, or by a person for one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.events import LineMatched, LineUnmatched
from toiya.domain.orders.models import Line, Order
from toiya.domain.orders.rules import Tie

WAITING = (Order.Status.RECEIVED, Order.Status.WAITING)


class OrderAlreadyPromised(Refusal):
    """Only a waiting order's line may get another SKU."""

    code = "order_already_promised"
    message = gettext_lazy("%(code)s has its stock already. Take the allocation back first, then change the SKU.")


@transaction.atomic
def match_line(*, line_id: int, sku_code: str, pieces: int = 1, actor: Actor, at: datetime) -> None:
    """
    Give one line of a waiting order its SKU, so many pieces of it for each thing bought (L03).

    :raises NotFound: no such line or SKU of this seller
    :raises OrderAlreadyPromised: the order no longer waits
    """
    line = Line.objects.visible_to(actor).filter(pk=line_id).first()
    order = Order.objects.filter(pk=line.order_id).lock().first() if line else None
    sku = Sku.objects.filter(seller_id=line.seller_id, code=sku_code).first() if line else None

    if line is None or order is None:
        raise NotFound(kind="line", code=str(line_id))
    if sku is None:
        raise NotFound(kind="SKU", code=sku_code)
    if order.status not in WAITING:
        raise OrderAlreadyPromised(code=order.code)

    line.sku_id = sku.pk
    line.pieces_each = pieces
    line.is_matched_by_hand = True
    line.save(update_fields=["sku_id", "pieces_each", "is_matched_by_hand"])

    matched = LineMatched(seller_id=order.seller_id, subject=order.code, title=line.title, sku=sku.code)
    events.record(matched, actor=actor, at=at)


@transaction.atomic
def match_waiting_lines(*, seller_id: int, actor: Actor, at: datetime) -> int:
    """
    Match every waiting line that has no SKU by its code (L09). Returns how many were tied.

    Lines with a site's product number are for `channels` to match, which asks the link first.
    """
    waiting = Line.objects.filter(seller_id=seller_id, sku_id=None, site_item="", order__status__in=WAITING)
    order_ids = sorted(set(waiting.values_list("order_id", flat=True)))
    orders = {order.pk: order for order in Order.objects.filter(pk__in=order_ids, status__in=WAITING).lock()}
    lines = list(Line.objects.filter(order_id__in=list(orders), sku_id=None, site_item="").order_by("pk"))
    skus = {
        sku.seller_code: sku
        for sku in Sku.objects.filter(seller_id=seller_id, seller_code__in={line.match_code for line in lines} - {""})
    }

    matched = [line for line in lines if line.match_code in skus]
    for line in matched:
        line.sku_id = skus[line.match_code].pk
    Line.objects.bulk_update(matched, ["sku_id"])

    events.record_all(
        [
            LineMatched(
                seller_id=seller_id,
                subject=orders[line.order_id].code,
                title=line.title,
                sku=skus[line.match_code].code,
            )
            for line in matched
        ],
        actor=actor,
        at=at,
    )
    return len(matched)


@transaction.atomic
def tie_lines(*, seller_id: int, ties: Mapping[int, Tie], actor: Actor, at: datetime) -> int:
    """
    Give lines of waiting orders, by id, what their links say. Returns how many changed.

    Lines of orders that no longer wait are left alone, and so are those that a person matched.
    """
    wanted = Line.objects.filter(seller_id=seller_id, pk__in=list(ties))
    order_ids = sorted(set(wanted.values_list("order_id", flat=True)))
    orders = {order.pk: order for order in Order.objects.filter(pk__in=order_ids, status__in=WAITING).lock()}
    lines = list(wanted.filter(order_id__in=list(orders), is_matched_by_hand=False, is_cancelled=False).order_by("pk"))

    changed = [line for line in lines if Tie(line.sku_id, line.pieces_each) != ties[line.pk]]
    for line in changed:
        line.sku_id, line.pieces_each = ties[line.pk].sku_id, ties[line.pk].pieces
    Line.objects.bulk_update(changed, ["sku_id", "pieces_each"])

    sku_ids = {line.sku_id for line in changed if line.sku_id is not None}
    codes = dict(Sku.objects.filter(seller_id=seller_id, pk__in=sku_ids).values_list("pk", "code"))
    events.record_all([_tied(orders[line.order_id], line, codes) for line in changed], actor=actor, at=at)
    return len(changed)


def _tied(order: Order, line: Line, codes: Mapping[int, str]) -> LineMatched | LineUnmatched:
    if line.sku_id is None:
        return LineUnmatched(seller_id=order.seller_id, subject=order.code, title=line.title)
    return LineMatched(seller_id=order.seller_id, subject=order.code, title=line.title, sku=codes[line.sku_id])
