"""Rows that are made of drafts, where few are written at once."""

from __future__ import annotations

from toiya.domain.orders.models import Line, Order
from toiya.domain.orders.rules import LineDraft


def line_row(order: Order, line: LineDraft, sku_id: int | None) -> Line:
    """A line of that order, not written yet; its tie counts more than the SKU found by code."""
    return Line(
        seller_id=order.seller_id,
        order_id=order.pk,
        external_id=line.external_id,
        title=line.title[:300],
        option=line.option[:300],
        item_code=line.item_code,
        option_code=line.option_code,
        sku_id=sku_id if line.tie is None else line.tie.sku_id,
        pieces_each=1 if line.tie is None else line.tie.pieces,
        site_item=line.site_item,
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
    )
