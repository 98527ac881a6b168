"""Registering inventory items with their SKUs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import item_code, sku_code
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.domain.catalog.events import SellerCodeSet, SkuAdded
from toiya.domain.catalog.models import Barcode, InventoryItem, Sku


class SellerCodeTaken(Refusal):
    """Another SKU of this seller has the code already."""

    code = "seller_code_taken"
    message = gettext_lazy("Seller code %(seller_code)s belongs to another SKU. Enter a different one.")


@dataclass(frozen=True, slots=True)
class NewSku:
    """One option to register."""

    option: str
    seller_code: str
    barcode: str = ""
    weight_g: int = 0


@transaction.atomic
def register_item(*, seller_id: int, name: str, options: Sequence[NewSku], actor: Actor, at: datetime) -> InventoryItem:
    """
    Make an inventory item with its SKUs (A082, A083).

    :raises SellerCodeTaken: a seller code is in use, or twice in `options`
    """
    number = next_ids("catalog_inventoryitem_id_seq", 1)[0]

    _check_codes(seller_id, [option.seller_code for option in options if option.seller_code])

    item = InventoryItem.objects.create(
        id=number, seller_id=seller_id, code=item_code(number), name=name, next_option=len(options) + 1
    )
    skus = Sku.objects.bulk_create(
        [
            Sku(
                seller_id=seller_id,
                item=item,
                code=sku_code(item.code, place),
                name=name,
                option=option.option,
                seller_code=option.seller_code,
                weight_g=option.weight_g,
            )
            for place, option in enumerate(options, start=1)
        ]
    )
    Barcode.objects.bulk_create(
        [
            Barcode(seller_id=seller_id, sku=sku, barcode=option.barcode)
            for sku, option in zip(skus, options, strict=True)
            if option.barcode
        ]
    )

    added = [SkuAdded(seller_id=seller_id, subject=sku.code, seller_code=sku.seller_code) for sku in skus]
    events.record_all(added, actor=actor, at=at)
    return item


@transaction.atomic
def set_seller_code(*, sku_code: str, seller_code: str, actor: Actor, at: datetime) -> Sku:
    """
    Give a SKU the seller's own code, by which orders are matched (A215).

    :raises SellerCodeTaken: another SKU has it
    """
    sku: Sku = Sku.objects.visible_to(actor).lock().get(code=sku_code)

    _check_codes(sku.seller_id, [seller_code] if seller_code and seller_code != sku.seller_code else [])

    sku.seller_code = seller_code
    sku.save(update_fields=["seller_code"])

    coded = SellerCodeSet(seller_id=sku.seller_id, subject=sku.code, seller_code=seller_code)
    events.record(coded, actor=actor, at=at)
    return sku


def _check_codes(seller_id: int, codes: Sequence[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise SellerCodeTaken(seller_code=code)
        seen.add(code)
    taken = Sku.objects.filter(seller_id=seller_id, seller_code__in=codes).values_list("seller_code", flat=True).first()
    if taken is not None:
        raise SellerCodeTaken(seller_code=taken)
