"""Rows of the item sheet against the catalogue: what each is, would make or change. Reads, never writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.domain.catalog.item_rows import ItemRow, read_row
from toiya.domain.catalog.models import Barcode, InventoryItem, Sku
from toiya.domain.imports.port import Cells, Change, Flaw

COLUMN_OF: Mapping[str, str] = {"own_quantity": "quantity", "surcharge_minor": "price"}
MOST_OPTIONS = 99_999  # five digits (A083)
SENTENCES: Mapping[str, Any] = {
    "unknown_item": _("You have no inventory item %(code)s. Copy the code from the item's page."),
    "unknown_sku": _("You have no SKU %(code)s. Leave the option code empty to add an option."),
    "no_name": _("The item has no name. Add a column ItemName, or enter the name on the page."),
    "no_quantity": _("Nothing is there. Enter how many pieces you can sell."),
    "seller_code_taken": _("Seller code %(code)s belongs to SKU %(sku)s. Enter a different one."),
    "barcode_taken": _("Barcode %(code)s belongs to SKU %(sku)s. Enter a different one."),
    "other_currency": _("The item is priced in %(currency)s. Write that, or leave the currency out."),
    "barcode_twice": _("Barcode %(code)s stands in a row above. Each SKU has its own."),
}


@dataclass
class Plan:
    """One row: what it says, the SKU it is about, the item it belongs to (by name where neither exists yet)."""

    row: ItemRow
    flaws: list[Flaw]
    sku: Sku | None = None
    item: InventoryItem | None = None
    values: dict[str, Any] = field(default_factory=dict)  # fields of the SKU that change, with their new values
    new_barcode: str = ""

    @property
    def is_new(self) -> bool:
        """Whether a SKU is made."""
        return self.sku is None

    @property
    def key(self) -> str:
        """What the row is about, however often it is read."""
        return self.sku.code if self.sku else str(self.row.values.get("seller_code") or self.row.own_name)

    def changes(self) -> tuple[Change, ...]:
        """For the reader."""
        told = [
            Change(COLUMN_OF.get(name, name), str(getattr(self.sku, name)), str(value))
            for name, value in self.values.items()
            if self.sku is not None
        ]
        if self.sku is not None and self.new_barcode:
            told.append(Change("barcode", "", self.new_barcode))
        return tuple(told)


@dataclass
class _Known:
    """What the catalogue holds of these rows' codes, names and barcodes."""

    by_code: dict[str, Sku]
    by_seller_code: dict[str, Sku]
    by_option: dict[tuple[int, str], Sku]
    items: dict[str, InventoryItem]
    items_by_name: dict[str, InventoryItem]
    barcodes: dict[str, Barcode]


def plan_rows(seller_id: int, rows: Sequence[Cells], item_name: str) -> list[Plan]:
    """One plan per row, in order; five statements for any number of rows."""
    plans = [Plan(*read_row(cells, item_name)) for cells in rows]
    known = _known(seller_id, [plan.row for plan in plans])
    for plan in plans:
        _resolve(plan, known)
        _compare(plan, known)
    return plans


def _known(seller_id: int, rows: Sequence[ItemRow]) -> _Known:
    items = list(
        InventoryItem.objects.filter(seller_id=seller_id, code__in={row.item_code for row in rows if row.item_code})
    )
    names = {row.item_name for row in rows if row.item_name and not row.item_code}
    named = list(InventoryItem.objects.filter(seller_id=seller_id, name__in=names).order_by("-pk"))
    of_items = list(Sku.objects.filter(seller_id=seller_id, item__in=[*items, *named]).select_related("item"))
    codes = {row.values["seller_code"] for row in rows if "seller_code" in row.values}
    coded = list(Sku.objects.filter(seller_id=seller_id, seller_code__in=codes).select_related("item"))
    printed = Barcode.objects.filter(seller_id=seller_id, barcode__in={row.barcode for row in rows if row.barcode})
    return _Known(
        by_code={sku.code: sku for sku in of_items},
        by_seller_code={sku.seller_code: sku for sku in coded},
        by_option={(sku.item_id, sku.option): sku for sku in sorted(of_items, key=lambda sku: -sku.pk)},
        items={item.code: item for item in items},
        items_by_name={item.name: item for item in named},
        barcodes={each.barcode: each for each in printed.select_related("sku")},
    )


def _resolve(plan: Plan, known: _Known) -> None:
    """Which SKU the row is about: by its code, by the seller's own, by the item and its options."""
    row = plan.row
    if any(each.column in {"item_code", "option_code"} for each in plan.flaws):
        return
    if row.item_code:
        plan.item = known.items.get(row.item_code)
        if plan.item is None:
            plan.flaws.append(Flaw("item_code", "unknown_item", details={"code": row.item_code}))
            return
    if row.item_code and row.option_code:
        code = f"{row.item_code}-{row.option_code}"
        plan.sku = known.by_code.get(code)
        if plan.sku is None:
            plan.flaws.append(Flaw("option_code", "unknown_sku", details={"code": code}))
        return
    if not row.item_code and row.values.get("seller_code") in known.by_seller_code:
        plan.sku = known.by_seller_code[row.values["seller_code"]]
        plan.item = plan.sku.item
        return
    plan.item = plan.item or known.items_by_name.get(row.item_name)
    if plan.item is not None:
        plan.sku = known.by_option.get((plan.item.pk, row.option))
    elif not row.item_name:
        plan.flaws.append(Flaw("item_name", "no_name"))


def _compare(plan: Plan, known: _Known) -> None:
    """What changes, and which codes are another SKU's already."""
    row, sku = plan.row, plan.sku
    own_id = sku.pk if sku else None
    owner = known.by_seller_code.get(row.values.get("seller_code", ""))
    if owner is not None and owner.pk != own_id:
        told = {"code": owner.seller_code, "sku": owner.code}
        plan.flaws.append(Flaw("seller_code", "seller_code_taken", details=told))
    printed = known.barcodes.get(row.barcode)
    if printed is not None and printed.sku_id != own_id:
        told = {"code": row.barcode, "sku": printed.sku.code}
        plan.flaws.append(Flaw("barcode", "barcode_taken", details=told))
    if plan.item is not None and "surcharge_minor" in row.values and plan.item.currency != row.currency:
        told = {"currency": plan.item.currency}
        plan.flaws.append(Flaw("currency", "other_currency", mend=plan.item.currency, details=told))
    if sku is None:
        if "own_quantity" not in row.values and not any(each.column == "quantity" for each in plan.flaws):
            plan.flaws.append(Flaw("quantity", "no_quantity", mend="0"))
        plan.values = dict(row.values)
        plan.new_barcode = row.barcode
        return
    plan.values = {name: value for name, value in row.values.items() if getattr(sku, name) != value}
    if not sku.is_active:
        plan.values["is_active"] = True
    plan.new_barcode = row.barcode if printed is None else ""
