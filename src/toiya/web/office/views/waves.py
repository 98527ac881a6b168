"""Waves: which orders can go to the floor, releasing them, and how the walks of the last waves stand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toiya.core.actor import Permission
from toiya.domain.allocation.queries import local_day
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.waves import release_wave
from toiya.domain.outbound.models import PickList, PickTask, Wave
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.office.access import building, desk
from toiya.web.office.orders import ready_to_release, rows_of, with_pieces
from toiya.web.office.wave_filters import METHODS, MOST_AT_ONCE, choices_of, filtered, is_filtered, outlook
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

LATEST = 12


@desk(Permission.RELEASE_WAVES)
def waves(request: Request) -> HttpResponse:
    """Orders ready for the floor, by cut-off, and the latest waves; a POST releases what was selected."""
    warehouse = building(request)
    ready = ready_to_release(warehouse.pk, local_day(request.at))
    if request.method == "POST":
        return _release(request, warehouse, ready)
    calendar = calendar_of(warehouse)
    chosen = filtered(request, ready, warehouse)
    page = page_of(with_pieces(chosen), request.GET, ("placed_at", "id"))
    context = choices_of(warehouse) | {
        "warehouse": warehouse,
        "page": page,
        "rows": rows_of(page.rows, calendar),
        "outlook": outlook(request, warehouse, ready, chosen, calendar),
        "sellers": Seller.objects.filter(pk__in=ready.values("seller_id")).order_by("name"),
        "waves": _latest(warehouse),
        "buttons": [{"label": _("Release wave"), "name": "release", "value": "selected"}],
        "is_filtered": is_filtered(request),
    }
    return render(request, "office/waves.html#ready" if request.htmx else "office/waves.html", context)


def _release(request: Request, warehouse: Warehouse, ready: QuerySet[Order]) -> HttpResponse:
    back = redirect(request.get_full_path())
    if request.POST.get("release") == "all":
        codes = list(
            filtered(request, ready, warehouse)
            .order_by("placed_at", "id")
            .values_list("code", flat=True)[:MOST_AT_ONCE]
        )
        if str(len(codes)) != request.POST.get("expected"):
            words = _("Meanwhile %(number)s orders are ready. Nothing was released; look, then release again.")
            messages.warning(request, words % {"number": len(codes)})
            return back
    else:
        codes = request.POST.getlist("selected")[:MOST_AT_ONCE]
    method = request.POST.get("method", "")
    done = release_wave(
        warehouse_id=warehouse.pk,
        order_codes=codes,
        method=method if method in METHODS else "",
        actor=request.actor,
        at=request.at,
    )
    number = len(done.released)
    words = ngettext("%(wave)s: %(number)s order released", "%(wave)s: %(number)s orders released", number)
    messages.success(request, words % {"wave": done.wave.code, "number": number})
    if done.left:
        left = _("Left behind: %(codes)s. They are held, or no bin holds their pieces.")
        messages.warning(request, left % {"codes": ", ".join(sorted(done.left)[:10])})
    return back


def _latest(warehouse: Warehouse) -> list[dict[str, Any]]:
    """The last waves with their walks: two queries."""
    walks = (
        PickList.objects.select_related("picker")
        .annotate(
            stops=Count("tasks"),
            stops_left=Count("tasks", filter=Q(tasks__status=PickTask.Status.OPEN)),
        )
        .order_by("pk")
    )
    latest = Wave.objects.filter(warehouse=warehouse).order_by("-pk").prefetch_related(Prefetch("pick_lists", walks))
    return [_wave(wave) for wave in latest[:LATEST]]


def _wave(wave: Wave) -> dict[str, Any]:
    walks = [{"list": walk, "done": walk.stops - walk.stops_left, "all": walk.stops} for walk in wave.pick_lists.all()]
    done, stops = sum(walk["done"] for walk in walks), sum(walk["all"] for walk in walks)
    metres = sum(walk["list"].metres or 0 for walk in walks)
    return {"wave": wave, "walks": walks, "done": done, "all": stops, "metres": metres, "is_over": done == stops}
