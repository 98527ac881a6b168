"""The seller sees counts as they happen: numbers per SKU, photos, differences."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.inbound import counting
from toiya.domain.inbound.models import CargoBundle
from toiya.web.portal.access import for_sellers
from toiya.web.shared import dock_photos
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request

MOST_PICTURED = 30


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def counts(request: Request, code: str) -> HttpResponse:
    """A page of its own, and the part of the delivery's page that asks again every few seconds."""
    bundle = counting.delivery(request.actor, code)
    if bundle is None:
        raise NotFound(kind=_("delivery"), code=code[:30])
    context = {
        "bundle": bundle,
        "progress": counting.whole_progress(bundle),
        "pictured": list(counting.pictured(request.actor, bundle)[:MOST_PICTURED]),
        "differences": list(counting.differences_of(request.actor, bundle)),
        "last_counted_at": counting.last_counted_at(bundle),
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
        "is_live": bundle.status in (CargoBundle.Status.SHIPPED, CargoBundle.Status.ARRIVED),
    }
    template = "portal/inbound_counts.html#counts" if request.htmx else "portal/inbound_counts.html"
    return render(request, template, context)


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def photo(request: Request, code: str, receipt: int) -> FileResponse:
    """A photo the floor took of a damaged or unknown thing."""
    return dock_photos.show(request, code, receipt)
