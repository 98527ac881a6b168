"""Keeping an inventory item in our warehouses (A076)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.catalog.events import ItemStockedHere
from toiya.domain.catalog.models import InventoryItem


@transaction.atomic
def stock_here(*, item_code: str, actor: Actor, at: datetime) -> None:
    """
    Say that the item is kept with us, so that it can be announced (A120). Twice is once.

    :raises NotFound: no such item for this actor
    """
    item = InventoryItem.objects.visible_to(actor).filter(code=item_code).lock().first()
    if item is None:
        raise NotFound(kind=gettext_lazy("inventory item"), code=item_code[:20])
    if item.is_stocked_here:
        return

    item.is_stocked_here = True
    item.save(update_fields=["is_stocked_here"])

    events.record(ItemStockedHere(seller_id=item.seller_id, subject=item.code), actor=actor, at=at)
