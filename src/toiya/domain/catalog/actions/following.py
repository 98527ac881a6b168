"""Own quantities that follow the reference product at a sales site (A080)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.catalog.events import QuantityFollowed
from toiya.domain.catalog.models import Sku


@transaction.atomic
def follow_quantities(*, seller_id: int, quantities: Mapping[int, int], actor: Actor, at: datetime) -> int:
    """
    Set the own quantity of each SKU (by id) to what its site shows now; returns how many changed.

    Only SKUs whose item follows its reference are touched, whatever was asked.
    """
    skus = Sku.objects.filter(seller_id=seller_id, pk__in=list(quantities), item__follows_reference=True).lock()
    changed = [sku for sku in skus if sku.own_quantity != quantities[sku.pk]]

    for sku in changed:
        sku.own_quantity = quantities[sku.pk]
        sku.version += 1
    Sku.objects.bulk_update(changed, ["own_quantity", "version"], batch_size=1000)

    followed = [QuantityFollowed(seller_id=seller_id, subject=sku.code, quantity=sku.own_quantity) for sku in changed]
    events.record_all(followed, actor=actor, at=at)
    return len(changed)
