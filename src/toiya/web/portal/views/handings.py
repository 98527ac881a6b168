"""Pieces that changed hands between partners: month by month, as a page and as a file; and how many may be taken."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.core.sheet_files import CSV, csv_content
from toiya.domain.catalog.models import ItemShare
from toiya.domain.lending.actions.mirroring import set_lend_limit
from toiya.domain.lending.models import Handing
from toiya.domain.lending.queries import allowed, handings_of
from toiya.web.portal.access import for_sellers
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import number_typed

MOST_SHARES = 100
HOME_ZONE = ZoneInfo("Asia/Tokyo")


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def handings(request: Request) -> HttpResponse:
    """What was given and taken in a month, and the limits of one's own shares."""
    first, last = _month(request)
    page = page_of(handings_of(request.actor, first, last), request.GET, ("-id",))
    accepted = ItemShare.objects.visible_to(request.actor).filter(status=ItemShare.Status.ACCEPTED)
    shares = list(accepted.select_related("item", "partner", "lend_limit").order_by("-pk")[:MOST_SHARES])
    left = allowed([share.pk for share in shares])
    context = {
        "page": page,
        "rows": [(row, row.seller_id == request.actor.seller_id) for row in page],
        "month": first.strftime("%Y-%m"),
        "shares": [(share, getattr(share, "lend_limit", None), left.get(share.pk)) for share in shares],
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
    }
    return render(request, "portal/handings.html", context)


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def month_file(request: Request) -> HttpResponse:
    """The same month as a CSV file, for the settlement between the two; what one gave has a minus."""
    first, last = _month(request)
    found = handings_of(request.actor, first, last).order_by("pk")
    headings = [_("Day"), _("Number"), _("Partner"), _("Partner's name"), _("SKU"), _("Partner's SKU")]
    rows = [[*headings, _("Warehouse"), _("Pieces"), _("What")]]
    rows += [_row(row, row.seller_id == request.actor.seller_id) for row in found]
    answer = HttpResponse(csv_content(rows, "utf-8-sig"), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="shared-stock-{first:%Y-%m}.csv"'
    return answer


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def limit(request: Request, share: str) -> HttpResponse:
    """How many pieces a partner may take; an empty field is any number."""
    typed = request.POST.get("most", "")
    try:
        most = number_typed(typed, _("At most")) if typed.strip() else None
        set_lend_limit(share_code=share, most_pieces=most, actor=request.actor, at=request.at)
    except NotFound as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("portal:handings"))


def _row(row: Handing, is_given: bool) -> list[str]:
    """One line of the file, from the reader's side."""
    partner, own, theirs = (row.taker, row.sku, row.to_sku) if is_given else (row.seller, row.to_sku, row.sku)
    day = row.at.astimezone(HOME_ZONE).date().isoformat()
    pieces = str(-row.quantity if is_given else row.quantity)
    what = _("given back") if row.is_back else _("taken")
    return [day, row.code, partner.code, partner.name, own.code, theirs.code, row.warehouse.code, pieces, what]


def _month(request: Request) -> tuple[datetime, datetime]:
    """The first moment of the month asked for, and of the next one; this month when none was."""
    now: Any = request.at.astimezone(HOME_ZONE)
    try:
        first = datetime.strptime(request.GET.get("month", "")[:7], "%Y-%m").replace(tzinfo=HOME_ZONE)
    except ValueError:
        first = datetime(now.year, now.month, 1, tzinfo=HOME_ZONE)
    year, month = divmod(first.year * 12 + first.month, 12)
    return (first, datetime(min(year, 9999), month + 1, 1, tzinfo=HOME_ZONE))
