"""The kind of file `in-out`: one in/out request a row (A116-A120, L01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from toiya.core.actor import Permission
from toiya.domain.catalog.models import Sku
from toiya.domain.imports.port import Applied, Cells, Column, Flaw, Sender, Verdict
from toiya.domain.inbound import queries, rules
from toiya.domain.inbound.actions.requests import MOST_LETTERS, Wanted, cancel_requests, make_requests
from toiya.domain.inbound.models import InboundRequest
from toiya.domain.inbound.rules import Limits, Rule
from toiya.domain.inbound.sheet_columns import COLUMNS, pieces_of, sku_code_of, way_of
from toiya.domain.members.models import Seller
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.actions.centres import CentreNotAppliedFor
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import centres_of

Kind = InboundRequest.Kind
Content = tuple[str, int, int, str, str]  # SKU code, warehouse, pieces, way, description


FLAWS: Mapping[str, Any] = {
    "inventory_code": _("Enter the 12 digits that begin with 3."),
    "option_code": _("Enter the 5 digits of the option, such as 00001."),
    "unknown_sku": _("You have no SKU with these codes. Look under SKUs."),
    "way": _("Enter in, or out to take out."),
    "quantity": _("Enter a whole number from 1 to 1,000,000."),
    "branch_code": _("No warehouse has this code."),
    "description": _("At most 200 characters fit."),
    "not_stocked_here": _(
        "Item %(item)s is marked as not kept in our warehouse. Press “Keep it here” at a new request."
    ),
    "sku_switched_off": _("SKU %(sku)s is switched off. Switch it on first."),
    "centre_not_applied_for": _(
        "Your agreement does not cover %(warehouse)s. Apply for it under Settings, Agreement, then apply the file."
    ),
    Rule.PIECES_A_REQUEST: _("At most %(most)s pieces in one request."),
    Rule.OPEN_PIECES: _("%(asked)s pieces would be open and at most %(most)s may be."),
    "fewer_there": _("%(free)s pieces are free there. Ask for at most that many."),
    "request_under_way": _("%(code)s is in a cargo bundle or done. Delete the cargo bundle first."),
}


@dataclass(slots=True)
class _World:
    """What rows are judged against: read once for a set of rows, and moved on by each good one."""

    skus: Mapping[str, Sku]
    houses: Mapping[str, Warehouse | None]
    centres: frozenset[int]  # the warehouses the seller's agreement covers
    limits: Mapping[int, Limits]
    open_pieces: dict[int, int]
    free: dict[tuple[int, int], int]
    known: dict[Content, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A row's verdict, and what to do about it: make a request, or nothing because one is there."""

    verdict: Verdict
    wish: Wanted | None = None
    known: str = ""


class InOutSheet:
    """Requests to bring in and take out, row by row; a wrong row never stops its neighbours."""

    name: str = "in-out"
    title: Any = _("In/out requests")
    permission: Permission = Permission.EDIT_INBOUND
    columns: Sequence[Column] = COLUMNS
    flaw_words: Mapping[str, Any] = FLAWS

    def judge(self, sender: Sender, rows: Sequence[Cells]) -> list[Verdict]:
        """One verdict a row; the same content that a file asked for before, and that is still open, is unchanged."""
        return [each.verdict for each in _judge(sender, rows)]

    def apply(self, sender: Sender, rows: Sequence[Cells]) -> list[Applied | Flaw]:
        """Make the requests of the rows that are still good."""
        Seller.objects.lock().get(pk=sender.seller_id)
        judged = _judge(sender, rows)
        prefix = f"{sender.session}|"
        before = InboundRequest.objects.filter(seller_id=sender.seller_id, source_key__startswith=prefix).count()
        wishes = [each.wish for each in judged if each.wish is not None]
        keyed = [
            Wanted(w.sku_code, w.quantity, w.warehouse_id, w.way, w.description, f"{prefix}{before + place}")
            for place, w in enumerate(wishes, start=1)
        ]
        made = iter(make_requests(seller_id=sender.seller_id, wanted=keyed, actor=sender.actor, at=sender.at))
        return [_applied(each, made) for each in judged]

    def undo(self, sender: Sender, applied: Sequence[Applied]) -> list[Flaw | None]:
        """Cancel the requests that are still open; of the others say why not."""
        codes = [each.subject for each in applied if each.undo]
        rows = InboundRequest.objects.filter(seller_id=sender.seller_id, code__in=codes)
        states = dict(rows.values_list("code", "status"))
        open_ones = [code for code, status in states.items() if status == InboundRequest.Status.REQUESTED]
        cancel_requests(request_codes=open_ones, actor=sender.actor, at=sender.at, reason=sender.session)
        ended = {InboundRequest.Status.REQUESTED, InboundRequest.Status.CANCELLED}
        return [
            None if not each.undo or states.get(each.subject) in ended else _under_way(each.subject) for each in applied
        ]

    def sentences(self, effects: Mapping[str, int]) -> list[str]:
        """What will happen, in whole sentences."""
        told = []
        if count := effects.get("pieces_in", 0):
            words = ngettext(
                "%(count)s piece is asked to be brought in.", "%(count)s pieces are asked to be brought in.", count
            )
            told.append(words % {"count": f"{count:,}"})
        if count := effects.get("pieces_out", 0):
            words = ngettext(
                "%(count)s piece is asked to be taken out.", "%(count)s pieces are asked to be taken out.", count
            )
            told.append(words % {"count": f"{count:,}"})
        return told


def _under_way(code: str) -> Flaw:
    return Flaw("", "request_under_way", details={"code": code})


def _applied(each: _Judged, made: Any) -> Applied | Flaw:
    if each.verdict.flaws:
        return each.verdict.flaws[0]
    if each.known:
        return Applied(each.known)
    return Applied(next(made).code, {"made": True})


def _judge(sender: Sender, rows: Sequence[Cells]) -> list[_Judged]:
    world = _world(sender, rows)
    return [_judged(world, cells) for cells in rows]


def _world(sender: Sender, rows: Sequence[Cells]) -> _World:
    codes = {sku_code_of(row.get("inventory_code", ""), row.get("option_code", "")) for row in rows} - {""}
    skus = {
        sku.code: sku for sku in Sku.objects.filter(seller_id=sender.seller_id, code__in=codes).select_related("item")
    }
    houses = {code: queries.warehouse_by_branch(code) for code in {row.get("branch_code", "") for row in rows}}
    ids = {house.pk for house in houses.values() if house is not None}
    balances = Balance.objects.filter(seller_id=sender.seller_id, sku__in=[sku.pk for sku in skus.values()])
    return _World(
        skus=skus,
        houses=houses,
        centres=centres_of(sender.seller_id),
        limits={key: queries.limits_of(key) for key in ids},
        open_pieces=queries.open_pieces(sender.seller_id),
        free={(row.warehouse_id, row.sku_id): row.available for row in balances},
        known=_known(sender, list(skus)),
    )


def _known(sender: Sender, sku_codes: Sequence[str]) -> dict[Content, list[str]]:
    """Open requests that other files made, by content: a file mended and sent whole again asks for nothing twice."""
    rows = InboundRequest.objects.filter(
        seller_id=sender.seller_id, sku__code__in=sku_codes, status__in=queries.OPEN_REQUESTS
    )
    others = rows.exclude(source_key="").exclude(source_key__startswith=f"{sender.session}|")
    known: dict[Content, list[str]] = {}
    for row in others.exclude(source_key__startswith="api|").select_related("sku").order_by("-pk"):
        content = (row.sku.code, row.warehouse_id, row.quantity, str(row.kind), row.description)
        known.setdefault(content, []).append(row.code)
    return known


def _judged(world: _World, cells: Cells) -> _Judged:
    flaws = _form_flaws(world, cells)
    key = "|".join(cells.get(name, "") for name in ("inventory_code", "option_code", "way", "quantity"))[:120]
    if flaws:
        return _Judged(Verdict("to_mend", key, flaws=tuple(flaws)))
    house, sku = world.houses[cells["branch_code"]], _sku(world, cells)
    pieces, way = pieces_of(cells["quantity"]) or 0, way_of(cells["way"])
    assert house is not None
    assert sku is not None
    wish = Wanted(sku.code, pieces, house.pk, way, cells.get("description", ""))
    content = (sku.code, house.pk, pieces, way, wish.description)
    if world.known.get(content):
        return _Judged(Verdict("unchanged", key), known=world.known[content].pop())
    flaw = _way_in(world, wish, sku, house) if way == Kind.IN else _way_out(world, wish, sku, house)
    if flaw is not None:
        return _Judged(Verdict("to_mend", key, flaws=(flaw,)))
    return _Judged(Verdict("new", key, effects=Counter({f"pieces_{way}": pieces, f"requests_{way}": 1})), wish)


def _sku(world: _World, cells: Cells) -> Sku | None:
    return world.skus.get(sku_code_of(cells.get("inventory_code", ""), cells.get("option_code", "")))


def _form_flaws(world: _World, cells: Cells) -> list[Flaw]:
    """What is wrong with the cells by themselves (A117)."""
    flaws = []
    code, option = cells.get("inventory_code", ""), cells.get("option_code", "")
    if not sku_code_of(code, "1"):
        flaws.append(Flaw("inventory_code", "inventory_code"))
    elif not sku_code_of(code, option or "x"):
        flaws.append(Flaw("option_code", "option_code"))
    elif _sku(world, cells) is None:
        flaws.append(Flaw("inventory_code", "unknown_sku"))
    if not way_of(cells.get("way", "")):
        flaws.append(Flaw("way", "way", mend="in"))
    pieces = pieces_of(cells.get("quantity", ""))
    if pieces is None or not 1 <= pieces <= rules.MOST_PIECES:
        flaws.append(Flaw("quantity", "quantity"))
    if world.houses.get(cells.get("branch_code", "")) is None:
        flaws.append(Flaw("branch_code", "branch_code", mend=_only_branch()))
    if len(cells.get("description", "")) > MOST_LETTERS:
        flaws.append(Flaw("description", "description", mend=cells["description"][:200]))
    return flaws


def _only_branch() -> str:
    """The code to propose, where there is only one warehouse."""
    codes = list(Warehouse.objects.exclude(branch_code="").values_list("branch_code", flat=True)[:2])
    return codes[0] if len(codes) == 1 else ""


def _way_in(world: _World, wish: Wanted, sku: Sku, house: Warehouse) -> Flaw | None:
    if house.pk not in world.centres:
        return Flaw("branch_code", CentreNotAppliedFor.code, details={"warehouse": house.name})
    if not sku.item.is_stocked_here:
        return Flaw("inventory_code", "not_stocked_here", details={"item": sku.item.code})
    if not (sku.is_active and sku.item.is_active):
        return Flaw("inventory_code", "sku_switched_off", details={"sku": sku.code})
    before = world.open_pieces.get(house.pk, 0)
    breach = rules.judge_request(world.limits[house.pk], quantity=wish.quantity, open_pieces=before)
    if breach is not None:
        return Flaw("quantity", breach.rule.value, details={"asked": breach.asked, "most": breach.most})
    world.open_pieces[house.pk] = before + wish.quantity
    return None


def _way_out(world: _World, wish: Wanted, sku: Sku, house: Warehouse) -> Flaw | None:
    free = max(world.free.get((house.pk, sku.pk), 0), 0)
    if wish.quantity > free:
        return Flaw("quantity", "fewer_there", mend=str(free) if free else "", details={"free": free})
    world.free[house.pk, sku.pk] = free - wish.quantity
    return None
