"""Changing what is written about items and SKUs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import Event
from toiya.domain.catalog.actions.registering import OptionTwice, check_seller_code
from toiya.domain.catalog.events import ItemEdited, ItemSwitched, SellerCodeSet, SkuEdited, SkuSwitched, TrackingSet
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.catalog.rules import clean_hs_code, is_country, is_hs_code
from toiya.domain.catalog.searching import write_search_texts


class HsCodeWrong(Refusal):
    """Not a customs code."""

    code = "hs_code_wrong"
    message = gettext_lazy("HS code %(hs_code)s: enter 6 to 10 digits, such as 610910.")


class CountryWrong(Refusal):
    """Not a country's two letters."""

    code = "country_wrong"
    message = gettext_lazy("Country %(country)s: enter its two letters, such as JP.")


class NoPackagingSku(Refusal):
    """The packaging named is none of the seller's packaging SKUs."""

    code = "no_packaging_sku"
    message = gettext_lazy(
        "%(sku)s is not one of your packaging SKUs. Open it and tick “is packaging”, then choose it."
    )


class StillPackaging(Refusal):
    """Other SKUs are packed in it."""

    code = "still_packaging"
    message = gettext_lazy("%(count)s SKUs are packed in %(sku)s. Choose another packaging for them first.")


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What a person may change about an item (A075-A080)."""

    name: str
    seller_code: str = ""
    reference_code: str = ""
    follows_reference: bool = False
    is_stocked_here: bool = True
    price_minor: int = 0
    currency: str = "JPY"


@dataclass(frozen=True, slots=True)
class SkuFacts:
    """What a person may change about a SKU on its own page; `packaging` is a SKU's code, or empty."""

    name: str
    option: str = ""
    seller_code: str = ""
    weight_g: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    surcharge_minor: int = 0
    own_quantity: int = 0
    hs_code: str = ""
    customs_text: str = ""
    origin_country: str = ""
    preferred_service: str = ""
    packing_note: str = ""
    is_packaging: bool = False
    packaging: str = ""


@transaction.atomic
def edit_item(*, item_code: str, facts: ItemFacts, actor: Actor, at: datetime) -> list[str]:
    """
    Change an item; its name goes on to those SKUs that had it. Returns the names of what changed.

    :raises NotFound: no such item of this seller
    """
    item = locked_item(item_code, actor)
    old_name, changed = item.name, _set(item, asdict(facts))

    if changed:
        item.save(update_fields=changed)
        if "name" in changed:
            item.skus.filter(name=old_name).update(name=item.name)
        write_search_texts(item.skus.all())
        edited = ItemEdited(seller_id=item.seller_id, subject=item.code, fields=", ".join(changed))
        events.record(edited, actor=actor, at=at)
    return changed


@transaction.atomic
def edit_sku(*, sku_code: str, facts: SkuFacts, actor: Actor, at: datetime) -> list[str]:
    """
    Change what is written about a SKU. Returns the names of what changed; nothing changed is no event.

    :raises NotFound: no such SKU of this seller
    :raises SellerCodeTaken, OptionTwice, HsCodeWrong, CountryWrong, NoPackagingSku, StillPackaging:
    """
    sku = locked_sku(sku_code, actor)
    wanted = asdict(facts) | {"hs_code": clean_hs_code(facts.hs_code), "origin_country": facts.origin_country.upper()}
    wanted |= {"packaging_id": _packaging_of(sku, wanted.pop("packaging"))}

    check_seller_code(sku, facts.seller_code)
    check_option(sku, facts.option)
    if wanted["hs_code"] and not is_hs_code(wanted["hs_code"]):
        raise HsCodeWrong(hs_code=facts.hs_code)
    if wanted["origin_country"] and not is_country(wanted["origin_country"]):
        raise CountryWrong(country=facts.origin_country)
    if sku.is_packaging and not facts.is_packaging and (count := sku.packed_in_it.count()):
        raise StillPackaging(count=count, sku=sku.code)

    changed = _set(sku, wanted)
    if changed:
        sku.version += 1
        sku.save(update_fields=[*changed, "version"])
        write_search_texts([sku])
        told: list[Event] = [SkuEdited(seller_id=sku.seller_id, subject=sku.code, fields=", ".join(changed))]
        if "seller_code" in changed:
            told.append(SellerCodeSet(seller_id=sku.seller_id, subject=sku.code, seller_code=sku.seller_code))
        events.record_all(told, actor=actor, at=at)
    return changed


@transaction.atomic
def switch_item(*, item_code: str, is_active: bool, actor: Actor, at: datetime) -> None:
    """
    Switch an item and all its SKUs off or on. Off: kept and counted, but no longer offered for new announcements.

    :raises NotFound: no such item of this seller
    """
    item = locked_item(item_code, actor)

    item.is_active = is_active
    item.save(update_fields=["is_active"])
    item.skus.update(is_active=is_active)

    switched = ItemSwitched(seller_id=item.seller_id, subject=item.code, is_active=is_active)
    events.record(switched, actor=actor, at=at)


@transaction.atomic
def switch_sku(*, sku_code: str, is_active: bool, actor: Actor, at: datetime) -> None:
    """
    Switch one SKU off or on.

    :raises NotFound: no such SKU of this seller
    """
    sku = locked_sku(sku_code, actor)

    sku.is_active = is_active
    sku.save(update_fields=["is_active"])

    events.record(SkuSwitched(seller_id=sku.seller_id, subject=sku.code, is_active=is_active), actor=actor, at=at)


@transaction.atomic
def set_tracking(
    *, sku_code: str, tracks_lots: bool, tracks_expiry: bool, tracks_serials: bool, actor: Actor, at: datetime
) -> None:
    """
    Ask for lots, expiry dates and serial numbers from now on, or no more. What lies in the bins is looked at by
    `stock.actions.tracking`, which is the one to call.

    :raises NotFound: no such SKU of this seller
    """
    sku = locked_sku(sku_code, actor)

    sku.tracks_lots, sku.tracks_expiry, sku.tracks_serials = tracks_lots, tracks_expiry, tracks_serials
    sku.version += 1
    sku.save(update_fields=["tracks_lots", "tracks_expiry", "tracks_serials", "version"])

    tracked = TrackingSet(
        seller_id=sku.seller_id,
        subject=sku.code,
        tracks_lots=tracks_lots,
        tracks_expiry=tracks_expiry,
        tracks_serials=tracks_serials,
    )
    events.record(tracked, actor=actor, at=at)


def locked_item(code: str, actor: Actor) -> InventoryItem:
    """The seller's item, locked. :raises NotFound:"""
    item: InventoryItem | None = InventoryItem.objects.visible_to(actor).filter(code=code).lock().first()
    if item is None:
        raise NotFound(kind=str(gettext_lazy("item")), code=code)
    return item


def locked_sku(code: str, actor: Actor) -> Sku:
    """The seller's SKU, locked. :raises NotFound:"""
    sku: Sku | None = Sku.objects.visible_to(actor).filter(code=code).lock().first()
    if sku is None:
        raise NotFound(kind=str(gettext_lazy("SKU")), code=code)
    return sku


def _set(row: Model, wanted: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    return changed


def _packaging_of(sku: Sku, code: str) -> int | None:
    if not code:
        return None
    found = Sku.objects.filter(seller_id=sku.seller_id, code=code, is_packaging=True).exclude(pk=sku.pk).first()
    if found is None:
        raise NoPackagingSku(sku=code)
    return int(found.pk)


def check_option(sku: Sku, option: str) -> None:
    """:raises OptionTwice: another SKU of the item says the same"""
    if option and Sku.objects.filter(item_id=sku.item_id, option__iexact=option).exclude(pk=sku.pk).exists():
        raise OptionTwice(option=option)
