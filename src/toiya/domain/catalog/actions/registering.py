"""Registering inventory items with their SKUs, and adding options to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import item_code, sku_code
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.actions.barcodes import check_barcodes
from toiya.domain.catalog.events import SellerCodeSet, SkuAdded
from toiya.domain.catalog.models import Barcode, InventoryItem, Sku
from toiya.domain.catalog.rules import option_text
from toiya.domain.catalog.searching import searched_by, write_search_texts

MOST_OPTIONS = 2000


class SellerCodeTaken(Refusal):
    """Another SKU of this seller has the code already."""

    code = "seller_code_taken"
    message = gettext_lazy("Seller code %(seller_code)s belongs to another SKU. Enter a different one.")


class NoOptions(Refusal):
    """An item without anything to sell."""

    code = "no_options"
    message = gettext_lazy("The item has no SKU yet. Enter at least one line.")


class TooManyOptions(Refusal):
    """More options than one item can have."""

    code = "too_many_options"
    message = gettext_lazy("%(count)s options are too many, an item takes %(most)s. Split it into several items.")


class OptionTwice(Refusal):
    """Two SKUs of one item that nobody can tell apart."""

    code = "option_twice"
    message = gettext_lazy("The option “%(option)s” is there twice. Change one of the two lines.")


class OptionValuesDoNotFit(Refusal):
    """More values than headings, or fewer."""

    code = "option_values_do_not_fit"
    message = gettext_lazy(
        "“%(option)s” has %(count)s values, the item has %(wanted)s option names. Enter one for each."
    )


@dataclass(frozen=True, slots=True)
class NewSku:
    """One option to register; its text is made of `values` when it has none of its own."""

    option: str
    seller_code: str
    barcode: str = ""
    weight_g: int = 0
    values: tuple[str, ...] = ()
    surcharge_minor: int = 0
    own_quantity: int = 0

    @property
    def text(self) -> str:
        return self.option or option_text(self.values)


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to register (A075-A080); `option_names` are free headings, such as Colour and Size (A090)."""

    name: str
    option_names: tuple[str, ...] = ()
    seller_code: str = ""
    reference_code: str = ""
    follows_reference: bool = False
    is_stocked_here: bool = True
    price_minor: int = 0
    currency: str = "JPY"


def register_item(*, seller_id: int, name: str, options: Sequence[NewSku], actor: Actor, at: datetime) -> InventoryItem:
    """
    Make an inventory item with its SKUs by name alone.

    :raises: as `register_new_item`
    """
    return register_new_item(seller_id=seller_id, new=NewItem(name), options=options, actor=actor, at=at)


@transaction.atomic
def register_new_item(
    *, seller_id: int, new: NewItem, options: Sequence[NewSku], actor: Actor, at: datetime
) -> InventoryItem:
    """
    Make an inventory item with its SKUs (A082, A083).

    :raises NoOptions, TooManyOptions, OptionTwice, OptionValuesDoNotFit: the options cannot be one item's
    :raises SellerCodeTaken: a seller code is in use, or twice in `options`
    :raises BarcodeWrong, BarcodeTaken: a barcode has a wrong check digit, or means another SKU
    """
    number = next_ids("catalog_inventoryitem_id_seq", 1)[0]

    _check_options(new.option_names, options, ())
    _check_codes(seller_id, [option.seller_code for option in options if option.seller_code])
    barcodes = check_barcodes(seller_id, [option.barcode for option in options])

    item = InventoryItem.objects.create(
        id=number,
        seller_id=seller_id,
        code=item_code(number),
        name=new.name,
        next_option=len(options) + 1,
        seller_code=new.seller_code,
        reference_code=new.reference_code,
        follows_reference=new.follows_reference,
        is_stocked_here=new.is_stocked_here,
        price_minor=new.price_minor,
        currency=new.currency,
        option_names=list(new.option_names),
        registered_at=at,
    )
    skus = _store_skus(item, options, barcodes, first=1)

    added = [SkuAdded(seller_id=seller_id, subject=sku.code, seller_code=sku.seller_code) for sku in skus]
    events.record_all(added, actor=actor, at=at)
    return item


@transaction.atomic
def add_options(*, item_code: str, options: Sequence[NewSku], actor: Actor, at: datetime) -> list[Sku]:
    """
    Give an item more SKUs. Their codes go on where the last one ended, also when that one is deleted.

    :raises NotFound: no such item of this seller
    :raises: as `register_new_item`
    """
    item: InventoryItem | None = InventoryItem.objects.visible_to(actor).filter(code=item_code).lock().first()
    if item is None:
        raise NotFound(kind=str(gettext_lazy("item")), code=item_code)

    _check_options(item.option_names, options, item.skus.values_list("option", flat=True))
    _check_codes(item.seller_id, [option.seller_code for option in options if option.seller_code])
    barcodes = check_barcodes(item.seller_id, [option.barcode for option in options])

    skus = _store_skus(item, options, barcodes, first=item.next_option)
    item.next_option += len(skus)
    item.save(update_fields=["next_option"])

    added = [SkuAdded(seller_id=item.seller_id, subject=sku.code, seller_code=sku.seller_code) for sku in skus]
    events.record_all(added, actor=actor, at=at)
    return skus


@transaction.atomic
def set_seller_code(*, sku_code: str, seller_code: str, actor: Actor, at: datetime) -> Sku:
    """
    Give a SKU the seller's own code, by which orders are matched (A215).

    :raises SellerCodeTaken: another SKU has it
    """
    sku: Sku = Sku.objects.visible_to(actor).lock().get(code=sku_code)

    check_seller_code(sku, seller_code)

    sku.seller_code = seller_code
    sku.version += 1
    sku.save(update_fields=["seller_code", "version"])
    write_search_texts([sku])

    coded = SellerCodeSet(seller_id=sku.seller_id, subject=sku.code, seller_code=seller_code)
    events.record(coded, actor=actor, at=at)
    return sku


def check_seller_code(sku: Sku, seller_code: str) -> None:
    """:raises SellerCodeTaken: another SKU of the seller has it"""
    _check_codes(sku.seller_id, [seller_code] if seller_code and seller_code != sku.seller_code else [])


def _store_skus(item: InventoryItem, options: Sequence[NewSku], barcodes: Sequence[str], *, first: int) -> list[Sku]:
    skus = [
        Sku(
            seller_id=item.seller_id,
            item=item,
            code=sku_code(item.code, place),
            name=item.name,
            option=option.text,
            option_values=list(option.values),
            seller_code=option.seller_code,
            weight_g=option.weight_g,
            surcharge_minor=option.surcharge_minor,
            own_quantity=option.own_quantity,
        )
        for place, option in enumerate(options, start=first)
    ]
    for sku, barcode in zip(skus, barcodes, strict=True):
        sku.search_text = searched_by(sku, item, [barcode])
    stored = Sku.objects.bulk_create(skus)
    Barcode.objects.bulk_create(
        [
            Barcode(seller_id=item.seller_id, sku=sku, barcode=barcode)
            for sku, barcode in zip(stored, barcodes, strict=True)
            if barcode
        ]
    )
    return stored


def _check_options(names: Sequence[str], options: Sequence[NewSku], known: Iterable[str]) -> None:
    if not options:
        raise NoOptions()
    if len(options) > MOST_OPTIONS:
        raise TooManyOptions(count=len(options), most=MOST_OPTIONS)
    seen = {text.casefold() for text in known if text}
    for option in options:
        if option.values and len(option.values) != len(names):
            raise OptionValuesDoNotFit(option=option.text, count=len(option.values), wanted=len(names))
        if option.text and option.text.casefold() in seen:
            raise OptionTwice(option=option.text)
        seen.add(option.text.casefold())


def _check_codes(seller_id: int, codes: Sequence[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise SellerCodeTaken(seller_code=code)
        seen.add(code)
    taken = Sku.objects.filter(seller_id=seller_id, seller_code__in=codes).values_list("seller_code", flat=True).first()
    if taken is not None:
        raise SellerCodeTaken(seller_code=taken)
