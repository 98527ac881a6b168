"""Orders that leave the country are taken and held, with what their papers still lack (L32)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.customs import lacking
from toiya.domain.orders.events import HoldPlaced
from toiya.domain.orders.models import Address, Hold, Line, Order

HOME = "JP"
HOLD = "abroad"


def hold_abroad(*, seller_id: int, order_codes: Sequence[str], actor: Actor, at: datetime) -> None:
    """
    A step of placing: each of these new orders waits for a person, and says how many of its SKUs lack an HS code, a
    text for customs or their origin, and how many of its lines a value. Five statements, however many orders.
    """
    orders = list(Order.objects.filter(seller_id=seller_id, code__in=order_codes).order_by("pk"))
    ids = [order.pk for order in orders]
    countries = dict(Address.objects.filter(order_id__in=ids).values_list("order_id", "country"))
    lines: dict[int, list[Line]] = {}
    for line in Line.objects.filter(order_id__in=ids, is_cancelled=False):
        lines.setdefault(line.order_id, []).append(line)
    skus = Sku.objects.in_bulk({line.sku_id for all_of in lines.values() for line in all_of if line.sku_id})

    details = {order.pk: _lacking(countries[order.pk], lines.get(order.pk, []), skus) for order in orders}
    Hold.objects.bulk_create(
        Hold(seller_id=seller_id, order_id=order.pk, code=HOLD, details=details[order.pk], placed_at=at)
        for order in orders
    )

    told = [
        HoldPlaced(seller_id=seller_id, subject=order.code, code=HOLD, details=details[order.pk]) for order in orders
    ]
    events.record_all(told, actor=actor, at=at)


def _lacking(country: str, lines: Sequence[Line], skus: dict[int, Sku]) -> dict[str, str | int]:
    goods = {line.sku_id: skus.get(line.sku_id or 0) for line in lines}
    return lacking(country, lines, list(goods.values()))
