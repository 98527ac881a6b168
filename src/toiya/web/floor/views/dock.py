"""The dock's door: which delivery is it; one that nobody announced; one that is turned away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core.errors import NotFound
from toiya.domain.inbound.actions.arriving import TurnedAway, arrive, begin_unannounced, turn_away
from toiya.domain.inbound.counting import at_desk
from toiya.domain.members.models import Seller
from toiya.web.floor.scanning import number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request


@on_floor
def receive(request: Request) -> HttpResponse:
    """Scan a carton, a delivery or a tracking number; it has arrived then, and is counted next."""
    asked = request.POST.get("ask", "")
    if request.method != "POST" or asked == "back":
        return _screen(request)
    if asked == "unannounced":
        return show(request, "unannounced", _head() | {"sellers": _sellers()})
    if asked == "away":
        return show(request, "turn_away", _head() | {"sellers": _sellers()})
    if "reason" in request.POST:
        return _turn_away(request)
    if "cartons" in request.POST:
        return _begin(request)
    return _arrive(request)


def _arrive(request: Request) -> HttpResponse:
    scanned = scan_of(request)
    came = arrive(warehouse_id=building(request), scan=scanned.text, actor=worker(request), at=request.at)
    address = reverse("floor:receive-delivery", args=[came.bundle.code])
    return redirect(f"{address}?carton={came.carton.pk}" if came.carton else address)


def _begin(request: Request) -> HttpResponse:
    cartons = number_of(request.POST.get("cartons", "")) or 1
    bundle = begin_unannounced(
        warehouse_id=building(request),
        seller_code=request.POST.get("seller", "")[:20],
        cartons=cartons,
        actor=worker(request),
        at=request.at,
    )
    return redirect("floor:receive-delivery", code=bundle.code)


def _turn_away(request: Request) -> HttpResponse:
    reason = request.POST.get("reason", "")
    if reason not in set(TurnedAway):
        raise NotFound(kind=_("reason"), code=reason[:20])
    turn_away(
        warehouse_id=building(request),
        reason=TurnedAway(reason),
        seller_code=request.POST.get("seller", "")[:20],
        actor=worker(request),
        at=request.at,
    )
    return _screen(request, tone="warn", band=Band(_("Turned away and written down"), "warn"))


def _sellers() -> list[Seller]:
    return list(Seller.objects.filter(status=Seller.Status.ACTIVE).order_by("name")[:500])


def _head() -> dict[str, object]:
    return {"job": _("Receive")}


def _screen(request: Request, *, tone: str = "", band: Band | None = None) -> HttpResponse:
    closed = request.GET.get("closed", "")[:30]
    if closed and band is None:
        band, tone = Band(_("%(code)s is completed") % {"code": closed}), "done"
    here = list(at_desk(worker(request), building(request)).filter(status="arrived")[:4])
    return show(request, "receive", _head() | {"here": here}, tone=tone, band=band)
