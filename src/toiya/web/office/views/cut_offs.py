"""When trucks leave this building: cut-offs, closed days, holidays and peak days (L46, A058)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.plugs import carriers
from toiya.domain.warehouses.actions import trucks
from toiya.domain.warehouses.models import CutOff, Warehouse
from toiya.domain.warehouses.queries import local_day
from toiya.web.office.access import building, desk
from toiya.web.office.truck_forms import WEEKDAYS, ClosedDayForm, CutOffForm, PeakDayForm
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.timeline import channel_word


@desk(Permission.LEAD_FLOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def cut_offs(request: Request) -> HttpResponse:
    """What holds now; a POST puts one more cut-off in force."""
    form = CutOffForm(request.POST if request.method == "POST" else None)
    warehouse = building(request)

    def enter() -> None:
        trucks.set_cut_off(warehouse_id=warehouse.pk, facts=form.facts(), actor=request.actor, at=request.at)

    said = _("In force for what is ordered from now on.")
    return _done(request, form, enter, said) or _page(request, warehouse, cut_off=form)


@desk(Permission.LEAD_FLOOR)
@require_POST
def cut_off_removal(request: Request, row: int) -> HttpResponse:
    """A cut-off holds no longer."""
    trucks.remove_cut_off(warehouse_id=building(request).pk, cut_off_id=row, actor=request.actor, at=request.at)
    messages.success(request, _("The cut-off is removed."))
    return redirect("office:cut-offs")


@desk(Permission.LEAD_FLOOR)
@require_POST
def closing(request: Request) -> HttpResponse:
    """Nothing ships on one more day."""
    form, warehouse = ClosedDayForm(request.POST), building(request)

    def close() -> None:
        typed = form.cleaned_data
        trucks.close_day(
            warehouse_id=warehouse.pk, day=typed["day"], name=typed["name"], actor=request.actor, at=request.at
        )

    return _done(request, form, close, _("Nothing ships on that day.")) or _page(request, warehouse, closed=form)


@desk(Permission.LEAD_FLOOR)
@require_POST
def opening(request: Request) -> HttpResponse:
    """A closed day ships as usual."""
    trucks.open_day(warehouse_id=building(request).pk, day=_day(request), actor=request.actor, at=request.at)
    messages.success(request, _("The day ships as usual."))
    return redirect("office:cut-offs")


@desk(Permission.LEAD_FLOOR)
@require_POST
def holidays(request: Request) -> HttpResponse:
    """Whether this building is closed on public holidays."""
    closes = request.POST.get("closes") == "1"
    trucks.set_holidays(warehouse_id=building(request).pk, closes=closes, actor=request.actor, at=request.at)
    messages.success(request, _("Closed on public holidays.") if closes else _("Open on public holidays."))
    return redirect("office:cut-offs")


@desk(Permission.LEAD_FLOOR)
@require_POST
def peak(request: Request) -> HttpResponse:
    """Announce a delay."""
    form, warehouse = PeakDayForm(request.POST), building(request)

    def announce() -> None:
        trucks.announce_peak(warehouse_id=warehouse.pk, facts=form.facts(), actor=request.actor, at=request.at)

    said = _("Announced. Sellers read it on their home page.")
    return _done(request, form, announce, said) or _page(request, warehouse, peak=form)


@desk(Permission.LEAD_FLOOR)
@require_POST
def peak_removal(request: Request) -> HttpResponse:
    """No delay after all."""
    trucks.drop_peak(warehouse_id=building(request).pk, day=_day(request), actor=request.actor, at=request.at)
    messages.success(request, _("The day is an ordinary one again."))
    return redirect("office:cut-offs")


def _day(request: Request) -> date:
    try:
        day = parse_date(request.POST.get("day", ""))
    except ValueError:
        day = None
    if day is None:
        raise NotFound(kind=_("day"), code=request.POST.get("day", "")[:30])
    return day


def _done(request: Request, form: forms.Form, act: Callable[[], None], said: str) -> HttpResponse | None:
    """The way back after the act; None when the form must be shown once more."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        act()
    except Refusal as refusal:
        put_refusal(form, refusal)
        return None
    messages.success(request, said)
    return redirect("office:cut-offs")


def _page(request: Request, warehouse: Warehouse, **forms_shown: forms.Form) -> HttpResponse:
    today = local_day(warehouse, request.at)
    rows = warehouse.cut_offs.order_by("channel", "carrier", "starts_on", "pk")
    context: dict[str, Any] = {
        "warehouse": warehouse,
        "rows": [(row, *_words(row)) for row in rows],
        "closed_days": warehouse.closed_days.filter(day__gte=today).order_by("day")[:100],
        "peak_days": warehouse.peak_days.filter(day__gte=today).order_by("day")[:100],
        "cut_off_form": forms_shown.get("cut_off") or CutOffForm(),
        "closed_form": forms_shown.get("closed") or ClosedDayForm(),
        "peak_form": forms_shown.get("peak") or PeakDayForm(),
    }
    has_errors = any(form.errors for form in forms_shown.values())
    context["has_errors"] = has_errors
    return render(request, "office/cut_offs.html", context, status=422 if has_errors else 200)


def _words(row: CutOff) -> tuple[Any, Any, str]:
    channel = channel_word(row.channel) if row.channel else _("All others")
    carrier = carriers()[row.carrier].label if row.carrier in carriers() else row.carrier or _("Every carrier")
    days = [str(word) for day, word in WEEKDAYS if int(day) in row.days]
    return channel, carrier, ", ".join(days) if len(days) < len(WEEKDAYS) else ""
