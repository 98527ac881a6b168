"""The counter: sellers hand parcels in; a list may be scanned first, a weight before a label."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from toiya.core.codes import folded, is_code
from toiya.core.errors import NotFound
from toiya.domain.outbound import hand_ins
from toiya.domain.outbound.actions.handing_in import Counter, WeighsOtherwise, hand_in_parcel
from toiya.domain.outbound.models import HandInList
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.floor.scanning import Scanned, grams_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request

WEIGHED = "weighed"  # the step after the scale spoke: its number is the grams


@on_floor
def hand_in(request: Request, bundle: str = "") -> HttpResponse:
    """Scan a list, the scale, or a parcel's label: the label receives the parcel."""
    listed = _list(request, bundle) if bundle else None
    if request.method != "POST":
        return _screen(request, listed)
    scanned = scan_of(request)
    if is_code("HIL", folded(scanned.text)):
        return redirect("floor:hand-in-list", bundle=_list(request, folded(scanned.text)).code)
    if request.POST.get("ask") == "back" or not scanned.text:
        return _screen(request, listed)
    grams = grams_of(scanned.text)
    if grams:
        words = _("%(grams)s g. Now scan the label of this parcel.") % {"grams": grams}
        return _screen(request, listed, tone="ok", band=Band(words), grams=grams)
    return _receive(request, listed, scanned)


def _receive(request: Request, listed: HandInList | None, scanned: Scanned) -> HttpResponse:
    grams = scanned.number if scanned.step == WEIGHED else 0
    counter = Counter(building(request), listed.code if listed else "", min(grams, 999_999), "checked" in request.POST)
    try:
        came = hand_in_parcel(
            counter=counter, scan=scanned.text, actor=worker(request), at=request.at, scan_id=scanned.scan_id
        )
    except WeighsOtherwise as off:
        context = _head(listed) | {"refusal": off, "grams": grams, "scanned": scanned.text}
        return show(request, "hand_in_weight", context, tone="warn")
    if not came.is_listed:
        words = _("%(number)s of %(seller)s: received, but not on this list")
        band = Band(words % {"number": came.tracking_number, "seller": came.seller}, "warn")
        return _screen(request, listed, tone="warn", band=band)
    return _screen(request, listed, tone="ok", band=Band(f"{came.tracking_number} · {came.seller}"), came=True)


def _list(request: Request, code: str) -> HandInList:
    lists = HandInList.objects.filter(code=folded(code), warehouse_id=building(request))
    found: HandInList | None = lists.select_related("seller").first()
    if found is None:
        raise NotFound(kind=_("hand-in list"), code=code[:30])
    return found


def _head(listed: HandInList | None) -> dict[str, Any]:
    seller = listed.seller if listed else None
    return {"listed": listed, "seller": seller, "job": _("Hand-in"), "job_code": listed.code if listed else ""}


def _screen(
    request: Request,
    listed: HandInList | None,
    *,
    tone: str = "",
    band: Band | None = None,
    grams: int = 0,
    came: bool = False,
) -> HttpResponse:
    warehouse = Warehouse.objects.get(pk=building(request))
    zone = calendar_of(warehouse).zone
    midnight = datetime.combine(request.at.astimezone(zone).date(), time(), zone)
    counted = hand_ins.counter_of(warehouse.pk, midnight)
    parcels = hand_ins.parcels_on(listed) if listed else []
    missing = [each for each in parcels if each.handed_in_at is None]
    left = len(missing) if listed else sum(each.awaited for each in counted)
    if came and not left:
        tone = "done"
    context = _head(listed) | {
        "counted": counted,
        "missing": missing[:12],
        "on_list": len(parcels),
        "here": len(parcels) - len(missing),
        "left": left,
        "count": str(left),
        "grams": grams,
        "step": f"{WEIGHED}-{grams}" if grams else "label-1",
    }
    return show(request, "hand_in", context, tone=tone, band=band)
