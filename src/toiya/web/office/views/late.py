"""Missed days of all sellers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.web.office.access import building, desk
from toiya.web.shared import lateness
from toiya.web.shared.reader import Request


@desk(Permission.SEE_OFFICE)
@require_safe
def late(request: Request) -> HttpResponse:
    """The list."""
    context = {"late": lateness.read(request, request.actor), "time_zone": building(request).time_zone}
    return render(request, "office/late.html", context)
