"""The office's first page."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render

from toiya.core.actor import Permission
from toiya.domain.outbound.hours import hours_of
from toiya.web.office.access import building, desk
from toiya.web.office.forecast import outlook
from toiya.web.office.forecast_chart import chart_of
from toiya.web.office.today import today as read_today
from toiya.web.shared.reader import Request


@desk(Permission.SEE_OFFICE)
def today(request: Request) -> HttpResponse:
    """Cut-offs with forecast, what blocks, who picks, oldest problems. Draws itself anew every half minute."""
    warehouse = building(request)
    found = read_today(warehouse, request.actor, request.at)
    hours = hours_of(warehouse.pk, request.at)
    context = {
        "warehouse": warehouse,
        "today": found,
        "outlook": outlook(warehouse, request.at),
        "hours": hours,
        "chart": chart_of(hours, found.trucks, request.at, ZoneInfo(warehouse.time_zone)),
        "may_set_trucks": request.actor.may(Permission.LEAD_FLOOR),
        "may_release": request.actor.may(Permission.RELEASE_WAVES),
    }
    return render(request, "office/today.html#now" if request.htmx else "office/today.html", context)
