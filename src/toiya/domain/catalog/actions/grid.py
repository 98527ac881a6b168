"""The grid of an item's SKUs: each cell saves alone, with the version of its row (A086, A107)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import Event
from toiya.domain.catalog.actions.editing import check_option, locked_item, locked_sku
from toiya.domain.catalog.actions.registering import check_seller_code
from toiya.domain.catalog.events import SellerCodeSet, SkuEdited
from toiya.domain.catalog.models import Sku
from toiya.domain.catalog.searching import write_search_texts

# What one cell of the grid may hold; each is a column of the SKU.
CELLS = ("seller_code", "surcharge_minor", "own_quantity", "weight_g", "option")
LARGEST = {"surcharge_minor": 10**12, "own_quantity": 2_000_000_000, "weight_g": 2_000_000}


class ChangedMeanwhile(Refusal):
    """Somebody else changed the row after it was read; both values are told."""

    code = "changed_meanwhile"
    message = gettext_lazy(
        "Somebody changed this line meanwhile: yours is “%(mine)s”, theirs is “%(theirs)s”. Choose which one stays."
    )


class NoSuchCell(Refusal):
    """The grid has no such column, or the value is none for it."""

    code = "no_such_cell"
    message = gettext_lazy("“%(value)s” cannot stand here. Enter a whole number of 0 or more.")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid: its column, what was typed, and the version of the row it was typed into."""

    field: str
    value: str
    version: int


@transaction.atomic
def set_cell(*, sku_code: str, cell: Cell, actor: Actor, at: datetime) -> Sku:
    """
    Change one cell of the grid (A086, A107). The value the row has already is no change and no conflict.

    :raises NotFound: no such SKU of this seller
    :raises ChangedMeanwhile: the row's version moved on and this cell has another value now
    :raises NoSuchCell, SellerCodeTaken, OptionTwice:
    """
    sku = locked_sku(sku_code, actor)

    changed = _put(sku, [cell])

    if changed:
        write_search_texts([sku])
        events.record_all(_told(sku, changed), actor=actor, at=at)
    return sku


@transaction.atomic
def set_cells(*, item_code: str, cells: Mapping[str, Sequence[Cell]], actor: Actor, at: datetime) -> int:
    """
    Change many cells of an item's grid at once, by SKU: all of them or none. Returns how many SKUs changed.

    :raises NotFound: no such item of this seller, or a SKU that is not the item's
    :raises ChangedMeanwhile, NoSuchCell, SellerCodeTaken, OptionTwice: about one of them, named by `details["sku"]`
    """
    item = locked_item(item_code, actor)
    skus = {sku.code: sku for sku in item.skus.filter(code__in=list(cells)).lock()}

    changed_skus, told = [], []
    for code, typed in cells.items():
        if code not in skus:
            raise NotFound(kind=str(gettext_lazy("SKU")), code=code)
        try:
            changed = _put(skus[code], typed)
        except Refusal as refusal:
            refusal.details |= {"sku": code}
            raise
        if changed:
            changed_skus.append(skus[code])
            told += _told(skus[code], changed)

    write_search_texts(changed_skus)
    events.record_all(told, actor=actor, at=at)
    return len(changed_skus)


def _put(sku: Sku, cells: Sequence[Cell]) -> list[str]:
    """Put the cells into the locked SKU; returns the columns that changed."""
    changed = []
    version = sku.version
    for cell in cells:
        value = _read_cell(cell)
        theirs = getattr(sku, cell.field)
        if theirs == value:
            continue
        if cell.version != version:
            raise ChangedMeanwhile(mine=str(value), theirs=str(theirs), version=version, field=cell.field)
        if cell.field == "seller_code":
            check_seller_code(sku, str(value))
        if cell.field == "option":
            check_option(sku, str(value))
        setattr(sku, cell.field, value)
        changed.append(cell.field)
    if changed:
        sku.version += 1
        sku.save(update_fields=[*changed, "version"])
    return changed


def _told(sku: Sku, changed: Sequence[str]) -> list[Event]:
    """What is told of a change; another seller code matches waiting orders."""
    told: list[Event] = [SkuEdited(seller_id=sku.seller_id, subject=sku.code, fields=", ".join(changed))]
    if "seller_code" in changed:
        told.append(SellerCodeSet(seller_id=sku.seller_id, subject=sku.code, seller_code=sku.seller_code))
    return told


def _read_cell(cell: Cell) -> str | int:
    if cell.field not in CELLS:
        raise NoSuchCell(value=cell.field)
    if cell.field not in LARGEST:
        return cell.value.strip()[:100]
    digits = cell.value.strip()
    if not (digits.isascii() and digits.isdigit()) or int(digits) > LARGEST[cell.field]:
        raise NoSuchCell(value=cell.value[:40])
    return int(digits)
