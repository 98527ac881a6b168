"""The shelf: look a bin or goods up, carry pieces to another bin, set damaged ones aside with a photo."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from toiya.domain.outbound.actions.on_the_shelf import move_pieces, set_pieces_aside
from toiya.domain.stock.actions.spots import MovedMeanwhile
from toiya.domain.stock.models import BinStock, StockNote
from toiya.domain.warehouses.models import Bin
from toiya.web.floor import shelf
from toiya.web.floor.scanning import number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.floor.shelf import NothingOfThat
from toiya.web.shared import photos
from toiya.web.shared.reader import Request

MOST_SHOWN = 30
_SEEN = 10_000_000  # a step's number holds two: pieces that go, and pieces that were there


@on_floor
def look_up(request: Request) -> HttpResponse:
    """Scan a bin or goods: what lies where. One touch opens a line."""
    if request.method != "POST":
        done = request.GET.get("done", "")[:40]
        return _found(request, [], "", band=Band(done) if done else None)
    scanned = scan_of(request)
    place = shelf.bin_of(building(request), scanned.text)
    rows = list(shelf.lying(building(request), scanned.text, place)[:MOST_SHOWN]) if scanned.text else []
    if not rows and place is None:
        raise NothingOfThat(scan=scanned.text or "–")
    if len(rows) == 1 and place is None:
        return redirect("floor:shelf-row", row=rows[0].pk)
    return _found(request, rows, scanned.text, tone="ok", band=Band(scanned.text))


def _found(
    request: Request, rows: list[BinStock], scanned: str, *, tone: str = "", band: Band | None = None
) -> HttpResponse:
    context = {"rows": rows, "scanned": scanned, "job": _("Shelf")}
    return show(request, "shelf", context, tone=tone, band=band)


@on_floor
def carry(request: Request, row: int) -> HttpResponse:
    """
    Move pieces of one line: key how many (else all go), then scan the bin they go to.

    The step `move-n` says how many go and how many the screen showed: sent twice, it is over the second time.
    """
    found = shelf.row_of(building(request), row)
    if request.method != "POST":
        return _line(request, found, found.quantity)
    scanned = scan_of(request)
    if request.POST.get("ask") == "count":
        return show(request, "shelf_many", _head(found))
    if "number" in request.POST:
        keyed = number_of(request.POST["number"]) or found.quantity
        return _line(request, found, min(keyed, found.quantity))
    if not scanned.text:
        return _line(request, found, found.quantity)
    target = shelf.bin_of(building(request), scanned.text)
    if target is None:
        raise NothingOfThat(scan=scanned.text)
    quantity, seen = divmod(scanned.number if scanned.step == "move" else 0, _SEEN)
    spot = shelf.spot_of(found, seen)
    try:
        move_pieces(spot=spot, to_bin=target, quantity=quantity, actor=worker(request), at=request.at)
    except MovedMeanwhile:
        again = shelf.row_of(building(request), row)
        band = Band(_("That step was over. Look, then scan."), "warn")
        return _line(request, again, again.quantity, tone="warn", band=band)
    left = shelf.row_of(building(request), row)
    words = _("%(quantity)s moved to %(bin)s") % {"quantity": quantity, "bin": target.code}
    return _line(request, left, left.quantity, tone="done", band=Band(words))


def _line(
    request: Request, found: BinStock, quantity: int, *, tone: str = "", band: Band | None = None
) -> HttpResponse:
    context = _head(found) | {"quantity": quantity, "step": f"move-{quantity * _SEEN + found.quantity}"}
    return show(request, "shelf_line", context, tone=tone, band=band)


def _head(found: BinStock) -> dict[str, Any]:
    return {
        "row": found,
        "seller": found.seller,
        "job": _("Shelf"),
        "job_code": found.bin.code,
        "count": str(found.quantity),
    }


@on_floor
def damaged(request: Request, row: int) -> HttpResponse:
    """Set damaged pieces of one line aside, with a photo from the device's camera."""
    found = shelf.row_of(building(request), row)
    if request.method != "POST" or "quantity" not in request.POST:
        return show(request, "shelf_damaged", _head(found) | {"reasons": _reasons()})
    where = set_pieces_aside(
        spot=shelf.spot_of(found, number_of(request.POST.get("seen", "")) or 0),
        kind=Bin.Kind.DAMAGED,
        quantity=number_of(request.POST["quantity"]) or 0,
        why=photos.why_of(request),
        actor=worker(request),
        at=request.at,
    )
    words = _("Put them into %(bin)s.") % {"bin": where}
    return _line(request, shelf.row_of(building(request), row), 0, tone="done", band=Band(words))


def _reasons() -> list[tuple[str, str]]:
    """Why pieces on a shelf are set aside."""
    kinds = (StockNote.Reason.DAMAGED, StockNote.Reason.EXPIRED, StockNote.Reason.WRONG_LABEL)
    return [(kind.value, str(kind.label)) for kind in kinds]
