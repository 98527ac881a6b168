"""Missed days: the seller's orders that did not leave when promised, as list and as evidence to take along."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal.access import for_sellers
from toiya.web.portal.stood import DEFAULT_ZONE
from toiya.web.shared import lateness
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def late(request: Request) -> HttpResponse:
    """The list."""
    return render(request, "portal/late.html", {"late": lateness.read(request, request.actor)})


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def evidence(request: Request) -> HttpResponse:
    """The workbook."""
    house = Warehouse.objects.order_by("pk").first()
    return lateness.evidence(request.actor, ZoneInfo(house.time_zone if house else DEFAULT_ZONE))
