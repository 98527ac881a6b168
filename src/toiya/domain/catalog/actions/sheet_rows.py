"""Rows of the item sheet carried out and taken back, in sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import item_code, sku_code
from toiya.core.copying import next_ids
from toiya.core.events import Event
from toiya.domain.catalog.events import SellerCodeSet, SkuAdded, SkuChangedByFile, SkuTakenBack
from toiya.domain.catalog.item_plan import Plan
from toiya.domain.catalog.models import Barcode, InventoryItem, Sku


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a row: the SKU's code, and what takes it back."""

    subject: str
    undo: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def write_rows(
    *, seller_id: int, plans: Sequence[Plan], option_names: Sequence[str], actor: Actor, at: datetime
) -> list[Written]:
    """
    Make new items and SKUs and change those there are; one result per plan, in order.

    The plans have no flaws and were made in this transaction, after the seller's row was locked.

    :param option_names: the headings of the free columns, for new items (A090)
    """
    new = [plan for plan in plans if plan.is_new]
    old = [plan for plan in plans if not plan.is_new]

    _make_items(seller_id, new, option_names, at)
    made = _make_skus(seller_id, new)
    undo = {id(plan): _change(plan) for plan in old}
    changed = [plan.sku for plan in old if plan.sku is not None]
    names = sorted({name for plan in old for name in plan.values})
    if changed and names:
        Sku.objects.bulk_update(changed, [*names, "version"], batch_size=500)
    _print_barcodes(seller_id, plans)

    told: list[Event] = [SkuAdded(seller_id=seller_id, subject=sku.code, seller_code=sku.seller_code) for sku in made]
    told += [event for plan in old for event in _told(seller_id, plan)]
    events.record_all(told, actor=actor, at=at)
    return [Written(_code(plan), undo.get(id(plan)) or _undo_new(plan)) for plan in plans]


@transaction.atomic
def take_back_rows(*, seller_id: int, written: Sequence[Written], actor: Actor, at: datetime) -> list[str]:
    """
    Give changed SKUs their old values, and switch new ones off with their codes free again.

    Returns for each why it stays, as a code, or nothing: `changed` since, or `in_use` by goods, links or requests.
    """
    codes = [each.subject for each in written]
    found: dict[str, Sku] = {sku.code: sku for sku in Sku.objects.filter(seller_id=seller_id, code__in=codes).lock()}
    used = _in_use(list(found.values()))

    whys, told = [], []
    for each in written:
        sku = found.get(each.subject)
        why = _why_it_stays(sku, each, used)
        whys.append(why)
        if sku is None or why:
            continue
        for name, value in _before(each).items():
            setattr(sku, name, value)
        sku.version += 1
        sku.save(update_fields=[*_before(each), "version"])
        Barcode.objects.filter(sku=sku, barcode=each.undo.get("barcode", "")).delete()
        told.append(SkuTakenBack(seller_id=seller_id, subject=sku.code, is_off=not sku.is_active))

    events.record_all(told, actor=actor, at=at)
    return whys


def _make_items(seller_id: int, plans: Sequence[Plan], option_names: Sequence[str], at: datetime) -> None:
    """One item per name that has none yet."""
    homeless = [plan for plan in plans if plan.item is None]
    names = list(dict.fromkeys(plan.row.item_name for plan in homeless))
    ids = next_ids("catalog_inventoryitem_id_seq", len(names))
    currencies = {plan.row.item_name: plan.row.currency for plan in reversed(homeless)}
    items = [
        InventoryItem(
            id=number,
            seller_id=seller_id,
            code=item_code(number),
            name=name,
            currency=currencies[name],
            option_names=list(option_names),
            registered_at=at,
        )
        for number, name in zip(ids, names, strict=True)
    ]
    InventoryItem.objects.bulk_create(items)
    by_name = {item.name: item for item in items}
    for plan in homeless:
        plan.item = by_name[plan.row.item_name]


def _make_skus(seller_id: int, plans: Sequence[Plan]) -> list[Sku]:
    """SKUs under the next numbers of their items, which are never given twice."""
    ids = {plan.item.pk for plan in plans if plan.item}
    items: dict[int, InventoryItem] = {item.pk: item for item in InventoryItem.objects.filter(pk__in=ids).lock()}
    made = []
    for plan in plans:
        assert plan.item is not None
        item = items[plan.item.pk]
        plan.sku = Sku(
            seller_id=seller_id,
            item=item,
            code=sku_code(item.code, item.next_option),
            name=item.name,
            option=plan.row.option,
            option_values=list(plan.row.options),
            **plan.values,
        )
        item.next_option += 1
        made.append(plan.sku)
    Sku.objects.bulk_create(made)
    InventoryItem.objects.bulk_update(items.values(), ["next_option"], batch_size=500)
    return made


def _change(plan: Plan) -> dict[str, Any]:
    """Set the new values; returns the old ones, for the way back."""
    sku = plan.sku
    assert sku is not None
    before = {name: getattr(sku, name) for name in plan.values}
    for name, value in plan.values.items():
        setattr(sku, name, value)
    sku.version += 1
    return {"before": before, "version": sku.version, "barcode": plan.new_barcode}


def _undo_new(plan: Plan) -> dict[str, Any]:
    return {"made": True, "version": 0, "barcode": plan.new_barcode}


def _print_barcodes(seller_id: int, plans: Sequence[Plan]) -> None:
    wanted = [plan for plan in plans if plan.new_barcode]
    Barcode.objects.bulk_create(
        [Barcode(seller_id=seller_id, sku=plan.sku, barcode=plan.new_barcode) for plan in wanted if plan.sku]
    )


def _told(seller_id: int, plan: Plan) -> list[Event]:
    code = _code(plan)
    told: list[Event] = [SkuChangedByFile(seller_id=seller_id, subject=code, fields=sorted(plan.values))]
    if "seller_code" in plan.values:
        told.append(SellerCodeSet(seller_id=seller_id, subject=code, seller_code=plan.values["seller_code"]))
    return told


def _code(plan: Plan) -> str:
    assert plan.sku is not None
    return str(plan.sku.code)


def _before(each: Written) -> dict[str, Any]:
    return {"is_active": False, "seller_code": ""} if each.undo.get("made") else dict(each.undo.get("before", {}))


def _why_it_stays(sku: Sku | None, each: Written, used: set[int]) -> str:
    if sku is None or sku.version != each.undo.get("version"):
        return "changed"
    return "in_use" if each.undo.get("made") and sku.pk in used else ""


def _in_use(skus: Sequence[Sku]) -> set[int]:
    """SKUs that rows of other packages point to: goods, links, requests."""
    ids = [sku.pk for sku in skus]
    used: set[int] = set()
    for relation in Sku._meta.related_objects:
        model: Any = relation.related_model
        if model._meta.app_label != Sku._meta.app_label:
            name = relation.field.attname
            used |= set(model._base_manager.filter(**{f"{name}__in": ids}).values_list(name, flat=True))
    return used
