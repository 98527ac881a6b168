"""A stopped order: its pieces go back, one pile after the other, each into the bin that is scanned."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from toiya.core.errors import NotFound
from toiya.domain.outbound import stops
from toiya.domain.outbound.actions.picking import printed_codes
from toiya.domain.outbound.actions.stopped import carry_back
from toiya.domain.outbound.models import CarryBack, PickList, Stop
from toiya.web.floor.scanning import Scanned, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request


@on_floor
def stopped(request: Request, stop: int) -> HttpResponse:
    """The interrupt: what to put back from which tote, and where it came from. Any shelf that is scanned takes it."""
    found = stops.stop_to_answer(building(request), stop)
    if found is None:
        raise NotFound(kind=_("stopped order"), code=str(stop))
    scanned = scan_of(request)
    band = None
    if request.method == "POST" and scanned.step == "pile" and scanned.text and not scanned.command:
        band = _put(request, scanned)
    piles = stops.piles_of(found.pk)
    if piles[0].put_at is not None:
        return _go_on(request, piles[0].pick_list)
    return _screen(request, found, piles, band)


def _put(request: Request, scanned: Scanned) -> Band:
    pile = carry_back(carry_id=scanned.number, scan=scanned.text, actor=worker(request), at=request.at)
    place = pile.put_into.code if pile.put_into else ""
    return Band(
        _("%(pieces)s × %(name)s in %(bin)s")
        % {"pieces": pile.quantity, "name": pile.sku.option or pile.sku.name, "bin": place}
    )


def _screen(request: Request, found: Stop, piles: list[CarryBack], band: Band | None) -> HttpResponse:
    done = sum(pile.put_at is not None for pile in piles)
    context = {
        "stop": found,
        "pile": piles[0],
        "job": _("Put back"),
        "job_code": found.order.code,
        "seller": found.seller,
        "count": f"{done} / {len(piles)}",
    }
    return show(request, "stopped", context, tone="ok" if band else "call", band=band)


def _go_on(request: Request, pick_list: PickList) -> HttpResponse:
    """Back to the walk it interrupted, if that is still this person's; else to the next job."""
    if pick_list.status == PickList.Status.PICKING and str(pick_list.picker_id) == worker(request).id:
        return redirect("floor:pick", code=pick_list.code)
    return redirect("floor:jobs")


def stop_at(request: Request, scan: str) -> HttpResponse | None:
    """The interrupt of the order whose pieces lie in the scanned tote, if it was stopped."""
    stop = stops.stop_in_tote(building(request), printed_codes(scan))
    return redirect("floor:stop", stop=stop) if stop else None
