"""Parcels onto the truck: scan each; what is left to load stands on top, per carrier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from toiya.core.codes import folded, is_code
from toiya.domain.carriers.plugs import carrier_of
from toiya.domain.outbound import queries
from toiya.domain.outbound.actions.shipping import load_parcel
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.floor.scanning import scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request


@dataclass(frozen=True, slots=True)
class Truck:
    """One carrier's parcels today: on the truck, and left to load."""

    carrier: str
    label: str
    left: int
    loaded: int

    @property
    def all(self) -> int:
        return self.left + self.loaded


@on_floor
def ship(request: Request) -> HttpResponse:
    """Scan a parcel: it is on the truck, its stock settled and its fee taken."""
    if request.method != "POST":
        return _screen(request)
    scanned = scan_of(request)
    if is_code("MAN", folded(scanned.text)):
        return redirect("floor:manifest", code=folded(scanned.text))
    loaded = load_parcel(
        warehouse_id=building(request),
        scan=scanned.text,
        actor=worker(request),
        at=request.at,
        scan_id=scanned.scan_id,
    )
    if loaded.was_before:
        words = _("%(number)s was loaded before") % {"number": loaded.tracking_number}
        return _screen(request, tone="warn", band=Band(words, "warn"))
    return _screen(request, tone="ok", band=Band(loaded.tracking_number), carrier=loaded.carrier)


def _screen(request: Request, *, tone: str = "", band: Band | None = None, carrier: str = "") -> HttpResponse:
    warehouse = Warehouse.objects.get(pk=building(request))
    trucks = trucks_of(warehouse, request.at)
    if any(truck.carrier == carrier and not truck.left for truck in trucks):
        tone = "done"
    left = sum(truck.left for truck in trucks)
    context = {"trucks": trucks, "left": left, "warehouse": warehouse, "job": _("Load the truck"), "count": str(left)}
    return show(request, "ship", context, tone=tone, band=band)


def trucks_of(warehouse: Warehouse, at: datetime) -> list[Truck]:
    """Every carrier with parcels to load, or loaded since midnight of the warehouse; most left first."""
    zone = calendar_of(warehouse).zone
    midnight = datetime.combine(at.astimezone(zone).date(), time(), zone)
    left, loaded = queries.parcels_for_truck(warehouse.pk), queries.parcels_loaded(warehouse.pk, midnight)
    names = sorted(set(left) | set(loaded))
    trucks = [Truck(name, str(carrier_of(name).label), left.get(name, 0), loaded.get(name, 0)) for name in names]
    return sorted(trucks, key=lambda truck: -truck.left)
