"""How the buyers of a sales site wish to be delivered to, kept with their orders."""

from __future__ import annotations

from collections.abc import Sequence

from toiya.domain.orders.models import Order, Wish
from toiya.domain.orders.rules import OrderDraft


def note_wishes(seller_id: int, codes: Sequence[str], drafts: Sequence[OrderDraft]) -> None:
    """A step of placing: the day and hours of those new orders that ask for any; no statement where none does."""
    wished = {code: draft for code, draft in zip(codes, drafts, strict=True) if draft.deliver_on or draft.slot}
    if not wished:
        return
    ids = Order.objects.filter(seller_id=seller_id, code__in=wished).order_by("pk").values_list("code", "pk")
    Wish.objects.bulk_create(
        Wish(order_id=order_id, seller_id=seller_id, deliver_on=wished[code].deliver_on, slot=wished[code].slot)
        for code, order_id in ids
    )
