"""The receiving desk: what stands at the dock, what differs, and how each difference ends."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.conversations.queries import live_about
from toiya.domain.inbound import counting
from toiya.domain.inbound.actions.settling import WAYS, Settlement, settle_difference
from toiya.domain.inbound.models import Difference
from toiya.web.office.access import building, desk
from toiya.web.shared import dock_photos
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.refusals import told

MOST_PICTURED = 60


@desk(Permission.SEE_STOCK)
@require_safe
def deliveries(request: Request) -> HttpResponse:
    """Deliveries at the dock and those with open differences, the oldest first."""
    warehouse = building(request)
    page = page_of(counting.at_desk(request.actor, warehouse.pk), request.GET, ("arrived_at", "id"))
    open_ones = counting.open_differences(request.actor, warehouse.pk)
    context = {"page": page, "warehouse": warehouse, "open_differences": open_ones.count()}
    return render(request, "office/receiving.html", context)


@desk(Permission.SEE_STOCK)
@require_safe
def delivery(request: Request, code: str) -> HttpResponse:
    """One delivery: its counts, its differences with the ways to settle each, photos, the conversation."""
    bundle = counting.delivery(request.actor, code)
    if bundle is None:
        raise NotFound(kind=_("delivery"), code=code[:30])
    names = dict(Difference.Outcome.choices)
    context = {
        "bundle": bundle,
        "progress": counting.whole_progress(bundle),
        "rows": [
            {"difference": each, "ways": [(way, names[way]) for way in WAYS[each.kind]]}
            for each in counting.differences_of(request.actor, bundle)
        ],
        "pictured": list(counting.pictured(request.actor, bundle)[:MOST_PICTURED]),
        "checks": list(bundle.quality_checks.select_related("sku").order_by("pk")),
        "conversation": live_about(request.actor, "bundle", bundle.code),
        "may_settle": request.actor.may(Permission.EDIT_STOCK),
        "may_answer": request.actor.may(Permission.ANSWER_SELLERS),
    }
    return render(request, "office/receiving_delivery.html", context)


@desk(Permission.EDIT_STOCK)
@require_POST
def settling(request: Request, difference: int) -> HttpResponse:
    """End one difference."""
    asked = Settlement(request.POST.get("outcome", "")[:12], request.POST.get("note", ""))
    rows = Difference.objects.visible_to(request.actor).filter(pk=difference).select_related("bundle")
    found: Difference | None = rows.first()
    if found is None:
        raise NotFound(kind=_("difference"), code=str(difference))
    try:
        settle_difference(difference_id=difference, settlement=asked, actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, told(refusal))
    else:
        messages.success(request, _("The difference is settled; the seller sees how"))
    return redirect("office:receiving-delivery", code=found.bundle.code)


@desk(Permission.SEE_STOCK)
@require_safe
def photo(request: Request, code: str, receipt: int) -> FileResponse:
    """A photo the floor took."""
    return dock_photos.show(request, code, receipt)
