"""The counts desk: what to count, what is being counted, what waits for the lead; and stock in other times."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.codes import folded
from toiya.domain.catalog.models import Sku
from toiya.domain.outbound.actions.on_the_shelf import judge_pieces
from toiya.domain.stock import queries
from toiya.domain.stock.actions.counting import LIVE, ask_counts
from toiya.domain.stock.models import BinStock, CountTask
from toiya.web.office.access import building, desk
from toiya.web.office.orders import clean
from toiya.web.office.stock_forms import spot_of
from toiya.web.shared.moments import moment_of
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

MOST_AT_ONCE = 100


@desk(Permission.SEE_STOCK)
def counts(request: Request) -> HttpResponse:
    """Proposals and counts under way; a POST asks for counts of the chosen bins."""
    warehouse = building(request)
    if request.method == "POST":
        return _ask(request)
    live = CountTask.objects.visible_to(request.actor).filter(warehouse=warehouse, status__in=LIVE)
    page = page_of(live.select_related("bin", "sku", "seller").prefetch_related("counts"), request.GET, ("id",))
    context = {
        "page": page,
        "proposals": queries.proposals(warehouse.pk, request.at),
        "buttons": [{"label": _("Ask for counts"), "name": "ask", "value": "selected"}],
        "may_judge": request.actor.may(Permission.LEAD_FLOOR),
    }
    return render(request, "office/counts.html", context)


def _ask(request: Request) -> HttpResponse:
    if not request.actor.may(Permission.EDIT_STOCK):
        return HttpResponse(status=403)
    chosen = [int(value) for value in request.POST.getlist("selected")[:MOST_AT_ONCE] if value.isdecimal()]
    rows = BinStock.objects.filter(pk__in=chosen, warehouse=building(request)).select_related("sku", "bin")
    causes = {each.stock.pk: each.cause for each in queries.proposals(building(request).pk, request.at)}
    number = 0
    by_cause: dict[str, list[Any]] = {}
    for row in rows:
        by_cause.setdefault(causes.get(row.pk, CountTask.Cause.ASKED), []).append(spot_of(row))
    for cause, spots in by_cause.items():
        number += len(ask_counts(spots=spots, cause=cause, actor=request.actor, at=request.at))
    words = ngettext("%(number)s count asked for", "%(number)s counts asked for", number)
    messages.success(request, words % {"number": number})
    return redirect("office:counts")


@desk(Permission.LEAD_FLOOR)
@require_POST
def judging(request: Request, code: str) -> HttpResponse:
    """The lead takes the newest count, has it counted again, or drops it."""
    decision = request.POST.get("decision", "")
    wanted = decision if decision in ("accept", "again", "drop") else "again"
    judge_pieces(task_code=code, decision=wanted, actor=request.actor, at=request.at)
    messages.success(request, _("Decided about %(code)s.") % {"code": code})
    return redirect("office:counts")


@desk(Permission.SEE_STOCK)
@require_safe
def expiring(request: Request) -> HttpResponse:
    """Lots past their last usable day or near it."""
    typed = request.GET.get("days", "")
    days = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 5 else 30
    lots = queries.expiring(request.actor, request.at.date(), days).filter(warehouse=building(request))
    context = {
        "page": page_of(lots, request.GET, ("expires_on", "id")),
        "days": days,
        "choices": (30, 60, 90, 180),
        "today": request.at.date(),
    }
    return render(request, "office/stock_expiring.html", context)


@desk(Permission.SEE_STOCK)
@require_safe
def then(request: Request) -> HttpResponse:
    """Stock as it was in this building at a moment."""
    warehouse = building(request)
    typed, words = request.GET.get("moment", ""), clean(request.GET.get("q", ""))
    moment = moment_of(typed, ZoneInfo(warehouse.time_zone))
    skus = Sku.objects.visible_to(request.actor).filter(balances__warehouse=warehouse).select_related("seller")
    if words:
        code = folded(words)
        skus = skus.filter(Q(code__startswith=code) | Q(seller_code__iexact=words) | Q(name__icontains=words))
    page = page_of(skus, request.GET, ("id",))
    rows = []
    if moment:
        stood = queries.standing_at([sku.pk for sku in page], moment)
        rows = [(sku, stood[sku.pk, warehouse.pk]) for sku in page if (sku.pk, warehouse.pk) in stood]
    context = {"page": page, "rows": rows, "typed": typed, "moment": moment, "words": words, "warehouse": warehouse}
    return render(request, "office/stock_then.html", context, status=422 if typed and not moment else 200)
