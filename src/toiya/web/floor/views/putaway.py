"""Putting away: scan a piece at the dock, carry it to the proposed bin, scan the bin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound import putting_away
from toiya.domain.inbound.actions.putting_away import Carry, PutAway, put_away
from toiya.domain.inbound.counting import sku_scanned
from toiya.domain.inbound.models import Putaway
from toiya.domain.inbound.putting_away import AtDock
from toiya.domain.inbound.receiving_rules import read_label
from toiya.web.floor.receiving import raw_scan, scan_id_of
from toiya.web.floor.scanning import number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request


class NotOnTheDock(Refusal):
    """The scanned piece is of no SKU that waits at the dock."""

    code = "not_on_the_dock"
    message = gettext_lazy("%(scan)s waits not at the dock. Scan a piece that stands there, or receive it first.")


@on_floor
def dock(request: Request) -> HttpResponse:
    """What stands at the dock; a scanned piece shows where it goes."""
    rows = putting_away.at_dock(building(request))
    if request.method == "POST":
        return _choose(request, rows)
    return _dock_screen(request, rows)


def _choose(request: Request, rows: list[AtDock]) -> HttpResponse:
    """The first row of the scanned SKU that is to be put away; a lot in the code chooses among lots."""
    read = read_label(raw_scan(request))
    for row in sorted(rows, key=lambda each: (each.free == 0, each.stock.lot != read.lot)):
        sku = sku_scanned(row.sku.seller_id, read)
        if sku is not None and sku.pk == row.sku.pk:
            return redirect("floor:put-away-goods", stock_id=row.stock.pk)
    raise NotOnTheDock(scan=read.code[:40] or "–")


@on_floor
def goods(request: Request, stock_id: int) -> HttpResponse:
    """One SKU and lot: the bin is proposed, the scan of any storage bin books it there."""
    scanned = scan_of(request)
    if scanned.scan_id and Putaway.objects.filter(scan_id=scanned.scan_id).exists():
        return _dock_screen(request, putting_away.at_dock(building(request)), tone="ok", band=Band(scanned.text))
    row = _row(request, stock_id)
    keyed = number_of(request.POST.get("number", "")) if "number" in request.POST else None
    asked = keyed or number_of(request.GET.get("n", "")) or row.free
    quantity = max(1, min(asked, row.free)) if row.free else 0
    if request.method == "POST" and request.POST.get("ask") == "count":
        return show(request, "put_away_many", _head() | {"row": row})
    if request.method != "POST" or keyed or not scanned.text or not quantity:
        return _goods_screen(request, row, quantity)
    carry = Carry(row.sku.pk, row.stock.bin_id, row.stock.lot, quantity, scanned.text, scan_id_of(scanned))
    done = put_away(warehouse_id=building(request), carry=carry, actor=worker(request), at=request.at)
    return _carried(request, row, done)


def _carried(request: Request, row: AtDock, done: PutAway) -> HttpResponse:
    words = _("%(pieces)s × %(name)s in %(bin)s") % {
        "pieces": done.putaway.quantity, "name": row.sku.option or row.sku.name, "bin": done.bin_code
    }  # fmt: skip
    if done.alike:
        words = f"{words}. " + _("Look-alike there: %(codes)s") % {"codes": ", ".join(done.alike)}
    rows = putting_away.at_dock(building(request))
    band = Band(words, "warn" if done.alike else "ok")
    return _dock_screen(request, rows, tone="warn" if done.alike else "done", band=band)


def _row(request: Request, stock_id: int) -> AtDock:
    for row in putting_away.at_dock(building(request)):
        if row.stock.pk == stock_id:
            return row
    raise NotFound(kind=_("goods at the dock"), code=str(stock_id))


def _head() -> dict[str, Any]:
    return {"job": _("Put away")}


def _dock_screen(request: Request, rows: list[AtDock], *, tone: str = "", band: Band | None = None) -> HttpResponse:
    left = sum(row.free for row in rows)
    straight = {row.sku.pk: row.straight for row in rows}
    context = _head() | {
        "rows": [row for row in rows if row.free][:5],
        "left": left,
        "straight": sum(straight.values()),
        "count": str(left),
        "action": reverse("floor:put-away"),
    }
    return show(request, "put_away", context, tone=tone, band=band)


def _goods_screen(request: Request, row: AtDock, quantity: int) -> HttpResponse:
    proposal = putting_away.proposal(row.stock, quantity) if quantity else None
    if proposal is not None:
        quantity = proposal.pieces
    context = _head() | {
        "row": row,
        "seller": row.sku.seller,
        "proposal": proposal,
        "quantity": quantity,
        "action": f"{request.path}?n={quantity}",
        "back": reverse("floor:put-away"),
    }
    return show(request, "put_away_bin", context)
