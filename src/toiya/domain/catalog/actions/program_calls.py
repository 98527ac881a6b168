"""Registering by a seller's program: the same call twice, or two at once, registers once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.catalog.actions.registering import NewItem, NewSku, add_options, register_new_item
from toiya.domain.catalog.models import InventoryItem, ProgramCall


@transaction.atomic
def register_item_once(
    *, seller_id: int, key: str, new: NewItem, options: Sequence[NewSku], actor: Actor, at: datetime
) -> InventoryItem:
    """
    `register_new_item`; the same `key` again gives the item made before. :raises: as `register_new_item`
    """
    call = _call(seller_id, f"item|{key}", at)
    if call.item is not None:
        return call.item

    call.item = register_new_item(seller_id=seller_id, new=new, options=options, actor=actor, at=at)
    call.save(update_fields=["item"])
    return call.item


@transaction.atomic
def add_options_once(
    *, key: str, item_code: str, options: Sequence[NewSku], actor: Actor, at: datetime
) -> InventoryItem:
    """
    `add_options`; the same `key` for the same item again adds nothing.

    :raises NotFound: no such item of this seller :raises: as `add_options`
    """
    item: InventoryItem | None = InventoryItem.objects.visible_to(actor).filter(code=item_code).first()
    if item is None:
        raise NotFound(kind="item", code=item_code[:40])
    call = _call(item.seller_id, f"{item.code}|{key}", at)
    if call.item is not None:
        return item

    add_options(item_code=item.code, options=options, actor=actor, at=at)
    call.item = item
    call.save(update_fields=["item"])
    return item


def _call(seller_id: int, key: str, at: datetime) -> ProgramCall:
    """A second one waits here for the first to commit, and then finds what it made."""
    call, _ = ProgramCall.objects.get_or_create(seller_id=seller_id, key=key, defaults={"at": at})
    return call
