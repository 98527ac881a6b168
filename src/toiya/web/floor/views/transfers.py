"""Transfers on the floor: scan the bin and each piece, close; in the other building the same the other way round."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from toiya.core.errors import NotFound
from toiya.domain.catalog.queries import skus_scanned
from toiya.domain.outbound.actions.on_the_road import collect_pieces
from toiya.domain.transfers import queries
from toiya.domain.transfers.actions.arriving import choose_target, close_transfer, put_away_pieces, put_extra_away
from toiya.domain.transfers.actions.sending import Confirmed, choose_source, send_transfer
from toiya.domain.transfers.models import Transfer, TransferLot
from toiya.domain.warehouses.models import Bin
from toiya.web.floor import shelf
from toiya.web.floor.scanning import number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request

MOST_SHOWN = 30


@on_floor
def transfers(request: Request) -> HttpResponse:
    """What is to be collected here, and what comes."""
    leaving, coming = queries.on_the_floor(building(request), MOST_SHOWN)
    return show(request, "transfers", {"leaving": leaving, "coming": coming, "job": _("Transfers")})


@on_floor
def transfer(request: Request, code: str) -> HttpResponse:
    """
    One transfer: a bin's scan chooses the bin, a piece's scan counts one, a keyed number so many more.

    The step `piece-n` names the lot that pieces are put away of; a piece collected has none yet.
    """
    found = _read(request, code)
    if request.method != "POST":
        return _screen(request, found)
    if request.POST.get("ask") == "close":
        do = send_transfer if found.sent_at is None else close_transfer
        do(code=found.code, actor=worker(request), at=request.at)
        return redirect("floor:transfers")
    scanned = scan_of(request)
    scan_id = scanned.scan_id or request.POST.get("confirm", "")[:40] or str(uuid4())
    number = number_of(request.POST.get("number", ""))
    if number is not None or request.POST.get("ask") == "extra":
        return _count(request, found, Confirmed(number or 1, scan_id), scanned.number)
    place = shelf.bin_of(building(request), scanned.text)
    if place is not None:
        return _choose(request, found, place)
    if not scanned.text or not skus_scanned(scanned.text, [found.sku_id]):
        raise shelf.NothingOfThat(scan=scanned.text or "–")
    return _count(request, found, Confirmed(1, scan_id), scanned.number)


def _choose(request: Request, found: Transfer, place: Bin) -> HttpResponse:
    do = choose_source if found.sent_at is None else choose_target
    do(code=found.code, place=place, actor=worker(request), at=request.at)
    return _screen(request, _read(request, found.code), tone="ok", band=Band(place.code))


def _count(request: Request, found: Transfer, confirmed: Confirmed, lot_id: int) -> HttpResponse:
    actor, at = worker(request), request.at
    if found.sent_at is None:
        collect_pieces(code=found.code, confirmed=confirmed, actor=actor, at=at)
    elif request.POST.get("ask") == "extra":
        put_extra_away(code=found.code, confirmed=confirmed, actor=actor, at=at)
    else:
        put_away_pieces(code=found.code, lot_id=lot_id, confirmed=confirmed, actor=actor, at=at)
    band = Band(f"+{confirmed.quantity}")
    return _screen(request, _read(request, found.code), tone="ok", band=band, lot_id=lot_id)


def _read(request: Request, code: str) -> Transfer:
    """Those that leave this building, and those that come to it once they are sent. :raises NotFound:"""
    rows = Transfer.objects.filter(code=code)
    rows = rows.select_related("from_warehouse", "to_warehouse", "sku", "seller", "from_bin", "to_bin")
    found: Transfer | None = rows.first()
    here = building(request)
    if found is None or here != (found.from_warehouse_id if found.sent_at is None else found.to_warehouse_id):
        raise NotFound(kind=_("transfer"), code=code[:20])
    return found


def _screen(
    request: Request, found: Transfer, *, tone: str = "", band: Band | None = None, lot_id: int = 0
) -> HttpResponse:
    is_leaving = found.sent_at is None
    lots = [] if is_leaving else list(found.lots.order_by("pk"))
    asked = request.GET.get("lot", "")
    lot = _lot(lots, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else lot_id)
    done, whole = (found.picked, found.quantity) if is_leaving else (found.received, found.picked)
    context: dict[str, Any] = {
        "transfer": found,
        "is_leaving": is_leaving,
        "is_under_way": found.status in (*queries.TO_SEND, *queries.TO_COME),
        "place": found.from_bin if is_leaving else found.to_bin,
        "lying": queries.lying(found, 5) if is_leaving else [],
        "lot": lot,
        "others": [row for row in lots if row.left and row != lot],
        "left": whole - done,
        "step": f"piece-{lot.pk if lot else 0}",
        "confirm": str(uuid4()),
        "seller": found.seller,
        "job": _("Transfers"),
        "job_code": found.code,
        "count": f"{done} / {whole}",
    }
    return show(request, "transfer", context, tone=tone, band=band)


def _lot(lots: list[TransferLot], wanted: int) -> TransferLot | None:
    """The lot that was worked on, else the first that is not all there."""
    open_lots = [row for row in lots if row.left]
    return next((row for row in open_lots if row.pk == wanted), open_lots[0] if open_lots else None)
