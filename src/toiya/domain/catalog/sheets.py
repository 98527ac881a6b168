"""The sheet of items and their options (A089-A093) as a kind of file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from toiya.core.actor import Actor, Permission
from toiya.domain.catalog import item_plan, item_rows
from toiya.domain.catalog.actions.sheet_rows import Written, take_back_rows, write_rows
from toiya.domain.catalog.item_columns import COLUMNS, FREE
from toiya.domain.catalog.item_plan import Plan, plan_rows
from toiya.domain.imports.port import Applied, Cells, Column, Flaw, Option, Sender, Verdict
from toiya.domain.members.models import Seller

STAYS = {
    "changed": _("SKU %(code)s was changed since. Change it back on its page."),
    "in_use": _("SKU %(code)s has goods, links or requests by now. Switch it off on its page when they are gone."),
}


class ItemsSheet:
    """Kind `items`."""

    name = "items"
    title: Any = _("Items and SKUs")
    permission = Permission.EDIT_CATALOG
    columns: Sequence[Column] = COLUMNS
    keys_stand_once = True
    flaw_words: Mapping[str, Any] = {**item_rows.SENTENCES, **item_plan.SENTENCES, **STAYS}

    def options_for(self, actor: Actor) -> Sequence[Option]:  # noqa: ARG002
        """The item's name, for the manual's sheet, which has none in it (A090)."""
        hint = _("For a sheet of one item. A column ItemName in the file goes before it.")
        return [Option("item_name", _("Name of the item"), hint)]

    def group_of(self, cells: Cells) -> str:
        """Options of one item are made together."""
        return cells.get("item_code") or cells.get("item_name") or "-"

    def judge(self, sender: Sender, rows: Sequence[Cells]) -> list[Verdict]:
        """New SKUs, changed ones, unchanged ones, and rows to mend."""
        plans = plan_rows(sender.seller_id, rows, sender.options.get("item_name", ""))
        named: set[str] = set()
        barcodes: set[str] = set()
        return [_verdict(plan, named, barcodes) for plan in plans]

    def apply(self, sender: Sender, rows: Sequence[Cells]) -> list[Applied | Flaw]:
        """Make and change them; two files of one seller take turns."""
        Seller.objects.filter(pk=sender.seller_id).select_for_update(no_key=True).get()
        plans = plan_rows(sender.seller_id, rows, sender.options.get("item_name", ""))
        good = [plan for plan in plans if not plan.flaws]
        names = [sender.headings[name].strip() for name in FREE if name in sender.headings]
        written = write_rows(
            seller_id=sender.seller_id, plans=good, option_names=names, actor=sender.actor, at=sender.at
        )
        outcomes = {id(plan): Applied(each.subject, each.undo) for plan, each in zip(good, written, strict=True)}
        return [outcomes.get(id(plan)) or plan.flaws[0] for plan in plans]

    def undo(self, sender: Sender, applied: Sequence[Applied]) -> list[Flaw | None]:
        """Old values come back; new SKUs are switched off, their codes free."""
        written = [Written(each.subject, dict(each.undo)) for each in applied]
        whys = take_back_rows(seller_id=sender.seller_id, written=written, actor=sender.actor, at=sender.at)
        return [
            Flaw("", why, details={"code": each.subject}) if why else None
            for each, why in zip(applied, whys, strict=True)
        ]

    def sentences(self, effects: Mapping[str, int]) -> list[str]:
        """How many items and SKUs come or change."""
        told = [
            (
                "items",
                ngettext("%(n)s inventory item is made.", "%(n)s inventory items are made.", effects.get("items", 0)),
            ),
            ("skus", ngettext("%(n)s SKU is made.", "%(n)s SKUs are made.", effects.get("skus", 0))),
            ("changed", ngettext("%(n)s SKU changes.", "%(n)s SKUs change.", effects.get("changed", 0))),
        ]
        return [sentence % {"n": f"{effects[name]:,}"} for name, sentence in told if effects.get(name)]


def _verdict(plan: Plan, named: set[str], barcodes: set[str]) -> Verdict:
    """`named` are the new items and `barcodes` the new barcodes that rows above in this set brought."""
    if plan.new_barcode and plan.new_barcode in barcodes:
        plan.flaws.append(Flaw("barcode", "barcode_twice", details={"code": plan.new_barcode}))
    if plan.flaws:
        return Verdict("to_mend", plan.key, flaws=tuple(plan.flaws))
    barcodes.add(plan.new_barcode)
    if plan.is_new:
        effects = {"skus": 1}
        if plan.item is None and plan.row.item_name not in named:
            named.add(plan.row.item_name)
            effects["items"] = 1
        return Verdict("new", plan.key, effects=effects)
    changes = plan.changes()
    return Verdict("changed", plan.key, changes, effects={"changed": 1}) if changes else Verdict("unchanged", plan.key)
