"""Deleting what nobody ever used; everything else is switched off instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, papers
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.catalog.actions.editing import locked_item, locked_sku
from toiya.domain.catalog.events import ItemRemoved, SkuRemoved
from toiya.domain.catalog.models import Barcode, Photo, Sku

# What refers to a SKU, by the package whose table it is. All that is a SKU's own goes with it.
_WORDS: Mapping[str, Any] = {
    "stock": gettext_lazy("stock or movements of stock"),
    "orders": gettext_lazy("orders"),
    "outbound": gettext_lazy("orders"),
    "channels": gettext_lazy("links to listings"),
    "inbound": gettext_lazy("announced deliveries"),
    "catalog": gettext_lazy("other SKUs that need it"),
}
_OWN = (Barcode, Photo)


class SkuInUse(Refusal):
    """Something refers to it: the history would lose its goods."""

    code = "sku_in_use"
    message = gettext_lazy("SKU %(sku)s has %(uses)s, so it cannot be deleted. Switch it off instead.")


class LastSku(Refusal):
    """An item has at least one SKU."""

    code = "last_sku"
    message = gettext_lazy("%(sku)s is the only SKU of its item. Delete the item instead.")


@transaction.atomic
def remove_sku(*, sku_code: str, actor: Actor, at: datetime) -> None:
    """
    Delete a SKU that never had stock, orders or links. Its code is never given again.

    :raises NotFound: no such SKU of this seller
    :raises SkuInUse: something refers to it, or did
    :raises LastSku: its item would have none
    """
    sku = locked_sku(sku_code, actor)
    item = locked_item(sku.item.code, actor)
    if not item.skus.exclude(pk=sku.pk).exists():
        raise LastSku(sku=sku.code)
    _check_unused([sku])

    _delete([sku])

    removed = SkuRemoved(seller_id=sku.seller_id, subject=sku.code, seller_code=sku.seller_code)
    events.record(removed, actor=actor, at=at)


@transaction.atomic
def remove_item(*, item_code: str, actor: Actor, at: datetime) -> None:
    """
    Delete an item whose SKUs never had stock, orders or links.

    :raises NotFound: no such item of this seller
    :raises SkuInUse: something refers to one of its SKUs, or did
    """
    item = locked_item(item_code, actor)
    skus = list(item.skus.lock())
    _check_unused(skus)

    _delete(skus)
    item.delete()

    events.record(ItemRemoved(seller_id=item.seller_id, subject=item_code, name=item.name), actor=actor, at=at)


def uses_of(skus: Sequence[Sku]) -> dict[int, list[str]]:
    """By SKU id, what refers to it, in words; one statement for each table that could."""
    found: dict[int, list[str]] = {}
    for users, column in _referring():
        ids = users.objects.filter(**{f"{column}__in": [sku.pk for sku in skus]}).values_list(column, flat=True)
        word = str(_WORDS.get(users._meta.app_label, gettext_lazy("records")))
        for sku_id in set(ids.order_by().distinct()):
            words = found.setdefault(sku_id, [])
            if word not in words:
                words.append(word)
    return found


def _referring() -> list[tuple[Any, str]]:
    """Every table with a column that points to a SKU, also those of packages above and those without a foreign key."""
    return [
        (model, field.attname)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model not in _OWN and field.name != "bundle" and (field.attname == "sku_id" or field.related_model is Sku)
    ]


def _check_unused(skus: Sequence[Sku]) -> None:
    uses = uses_of(skus)
    for sku in skus:
        if sku.pk in uses:
            raise SkuInUse(sku=sku.code, uses=", ".join(uses[sku.pk]))


def _delete(skus: Sequence[Sku]) -> None:
    keys = list(Photo.objects.filter(sku__in=skus).values_list("storage_key", flat=True))
    Sku.objects.filter(pk__in=[sku.pk for sku in skus]).delete()
    for key in keys:
        transaction.on_commit(partial(papers.throw_away, key))
