"""The kind of file `managed-orders`: orders of other sites, row by row; one number is one order (A161-A165, L12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from toiya.core.actor import Actor, Permission
from toiya.domain.imports.port import Applied, Cells, Change, Column, Flaw, Option, Sender, Verdict
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.entering import enter_orders
from toiya.domain.orders.cells import plain
from toiya.domain.orders.entered import Became, Entered
from toiya.domain.orders.entries import Entry, EntryFlaw, EntryLine, JudgedEntry
from toiya.domain.orders.entry_columns import COLUMNS
from toiya.domain.orders.entry_words import all_sentences
from toiya.domain.orders.judging import day_in_japan, judge_entries
from toiya.domain.orders.models import ManagedOrder, Order
from toiya.domain.orders.sheets import STAYS, TakeBack

AS_WRITTEN = "as_written"
_LINE = ("sku", "seller_sku", "product_code", "title", "quantity", "price")
_OF_ORDER = tuple(
    column.name for column in COLUMNS if column.name not in _LINE and column.name not in {"reference", "site"}
)
_OF_RECEIVER = ("receiver", "phone", "mobile", "country", "postal_code", "address", "address_detail")


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of one order, by their places among the rows given."""

    places: tuple[int, ...]
    entry: Entry
    strangers: tuple[int, ...] = ()  # places of rows that name another receiver


class EnteredOrdersSheet:
    """Kind `managed-orders`."""

    name = "managed-orders"
    title: Any = _("Orders of other sites")
    permission = Permission.EDIT_ORDERS
    names_buyers = True
    columns: Sequence[Column] = COLUMNS

    def __init__(self, take_back: TakeBack) -> None:
        self._take_back = take_back

    @property
    def flaw_words(self) -> Mapping[str, Any]:
        """A lazy sentence for each code."""
        return {**all_sentences(), **STAYS}

    def options_for(self, actor: Actor) -> Sequence[Option]:  # noqa: ARG002
        """Whether addresses are checked against their postal codes, and the site's name for rows without one."""
        checked = [("", _("Check them against the postal code")), (AS_WRITTEN, _("Take them as they are written"))]
        hint = _("For rows that do not name one, such as Amazon JP.")
        return [Option("addresses", _("Addresses"), "", checked), Option("site", _("Reference site"), hint)]

    def group_of(self, cells: Cells) -> str:
        """Site and number; a row without a number is an order of its own."""
        return group_of(cells)

    def judge(self, sender: Sender, rows: Sequence[Cells]) -> list[Verdict]:
        """New orders, orders we have, and rows to mend with those of their order."""
        groups = _groups(sender, rows)
        judged = judge_entries(
            Seller.objects.get(pk=sender.seller_id), [group.entry for group in groups], "file", day_in_japan(sender.at)
        )
        known = _known(sender, judged)
        found: dict[int, Verdict] = {}
        for group, verdict in zip(groups, judged, strict=True):
            found |= _verdicts(sender, group, verdict, known)
        return [found[place] for place in range(len(rows))]

    def apply(self, sender: Sender, rows: Sequence[Cells]) -> list[Applied | Flaw]:
        """Place the orders; one that came meanwhile by another way is left alone and named."""
        groups = _groups(sender, rows)
        good = [group for group in groups if not group.strangers]
        done = enter_orders(
            seller_id=sender.seller_id,
            entries=[group.entry for group in good],
            channel="file",
            actor=sender.actor,
            at=sender.at,
        )
        outcomes: dict[int, Applied | Flaw] = {}
        for group in groups:
            outcomes |= {place: _stranger(sender, group) for place in group.strangers}
        for group, ended in zip(good, done, strict=True):
            outcomes |= dict.fromkeys(group.places, _applied(ended))
        return [outcomes.get(place) or _waits(sender, groups, place) for place in range(len(rows))]

    def undo(self, sender: Sender, applied: Sequence[Applied]) -> list[Flaw | None]:
        """Cancel the orders that the file made and nobody touched since."""
        made = sorted({each.subject for each in applied if each.undo.get("made")})
        stay = self._take_back(
            seller_id=sender.seller_id, codes=made, reason=sender.session, actor=sender.actor, at=sender.at
        )
        return [
            Flaw("", stay[each.subject], details={"code": each.subject}) if each.subject in stay else None
            for each in applied
        ]

    def sentences(self, effects: Mapping[str, int]) -> list[str]:
        """How many orders come."""
        orders, pieces = effects.get("orders", 0), effects.get("pieces", 0)
        if not orders:
            return []
        told = ngettext(
            "%(orders)s order is registered and gets its management number.",
            "%(orders)s orders are registered and get their management numbers.",
            orders,
        )
        wanted = ngettext("They ask for %(pieces)s piece.", "They ask for %(pieces)s pieces.", pieces)
        return [told % {"orders": f"{orders:,}"}, wanted % {"pieces": f"{pieces:,}"}]


def group_of(cells: Cells) -> str:
    """What rows of one order have in common."""
    number = plain(cells.get("reference", ""))
    return f"{cells.get('site', '').strip()}|{number}" if number else ""


def _groups(sender: Sender, rows: Sequence[Cells]) -> list[_Group]:
    together: dict[str, list[int]] = {}
    for place, cells in enumerate(rows):
        key = group_of(cells) or f"#{sender.numbers[place]}"
        together.setdefault(key, []).append(place)
    return [_group(sender, rows, places) for places in together.values()]


def _group(sender: Sender, rows: Sequence[Cells], places: Sequence[int]) -> _Group:
    head = rows[places[0]]
    told = {name: next((rows[p][name] for p in places if rows[p].get(name)), "") for name in _OF_ORDER}
    strangers = tuple(
        place
        for place in places[1:]
        if any(rows[place].get(name) and rows[place][name] != head.get(name, "") for name in _OF_RECEIVER)
    )
    lines = tuple(
        EntryLine(**{name: rows[p].get(name, "1" if name == "quantity" else "") for name in _LINE}) for p in places
    )
    entry = Entry(
        lines=lines,
        key=f"{sender.session}|{sender.numbers[places[0]]}",
        reference=head.get("reference", ""),
        site=head.get("site", "") or sender.options.get("site", ""),
        is_as_written=sender.options.get("addresses", "") == AS_WRITTEN,
        **told,
    )
    return _Group(tuple(places), entry, strangers)


def _known(sender: Sender, judged: Sequence[JudgedEntry]) -> dict[str, tuple[str, bool]]:
    """Code of the order that has a number already, and whether a seller entered it."""
    numbers = {each.draft.order.external_id for each in judged if each.draft and each.draft.facts["reference"]}
    rows = Order.objects.filter(seller_id=sender.seller_id, shop_code="", external_id__in=numbers)
    codes = dict(rows.values_list("external_id", "code"))
    entered = ManagedOrder.objects.filter(seller_id=sender.seller_id, order__code__in=codes.values())
    ours = set(entered.values_list("order__code", flat=True))
    return {number: (code, code in ours) for number, code in codes.items()}


def _verdicts(
    sender: Sender, group: _Group, judged: JudgedEntry, known: Mapping[str, tuple[str, bool]]
) -> dict[int, Verdict]:
    key = group.entry.reference[:120]
    if group.strangers:
        found = {place: Verdict("to_mend", key, flaws=(_stranger(sender, group),)) for place in group.strangers}
        waiting = _waits_for(sender, group.strangers[0])
        return {place: Verdict("to_mend", key, flaws=(waiting,)) for place in group.places} | found
    if judged.draft is None:
        return _to_mend(sender, group, judged.flaws)
    code, is_entered = known.get(judged.draft.order.external_id, ("", False))
    if code and not is_entered:
        taken = EntryFlaw("reference", "reference_taken", {"value": code})
        return _to_mend(sender, group, (taken,))
    found = {}
    for place, line in zip(group.places, judged.draft.order.lines, strict=True):
        is_first = place == group.places[0] and not code
        pieces = sum(each.quantity for each in judged.draft.order.lines)
        effects = {"orders": 1, "pieces": pieces} if is_first else {}
        changes = (Change("quantity", "", str(line.quantity)),)
        found[place] = Verdict("unchanged" if code else "new", key, changes, effects=effects)
    return found


def _to_mend(sender: Sender, group: _Group, flaws: Sequence[EntryFlaw]) -> dict[int, Verdict]:
    """Each flaw at its row; flaws of the order as a whole at the first; the other rows wait for it."""
    told: dict[int, list[Flaw]] = {}
    for flaw in flaws:
        place = group.places[flaw.line] if flaw.field in _LINE and flaw.line < len(group.places) else group.places[0]
        told.setdefault(place, []).append(_flaw(flaw))
    first = min(told)
    key = group.entry.reference[:120]
    return {
        place: Verdict("to_mend", key, flaws=tuple(told.get(place, [_waits_for(sender, first)])))
        for place in group.places
    }


def _flaw(flaw: EntryFlaw) -> Flaw:
    return Flaw(flaw.field, flaw.code, mend=flaw.mend, details=flaw.values)


def _stranger(sender: Sender, group: _Group) -> Flaw:
    return _flaw(EntryFlaw("receiver", "other_receiver", {"row": sender.numbers[group.places[0]]}))


def _waits_for(sender: Sender, place: int) -> Flaw:
    return _flaw(EntryFlaw("", "waits_for_row", {"row": sender.numbers[place]}))


def _waits(sender: Sender, groups: Sequence[_Group], place: int) -> Flaw:
    group = next(group for group in groups if place in group.places)
    return _waits_for(sender, group.strangers[0] if group.strangers else group.places[0])


def _applied(ended: Entered) -> Applied | Flaw:
    if ended.became in (Became.NEW, Became.REPEATED):
        return Applied(ended.code, {"made": True})
    return _flaw(ended.flaws[0])
