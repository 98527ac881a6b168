"""One settlement of a sales site: what it would do before anything is booked, what it did, and undoing it whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.domain.channels.actions.settlement_files import (
    book_settlement,
    rows_of,
    throw_settlement_away,
    undo_settlement,
)
from toiya.domain.channels.actions.settling import judge_rows
from toiya.domain.channels.models import Connection, SettlementFile
from toiya.domain.channels.settlement_file import WHYS
from toiya.web.office.access import desk
from toiya.web.office.money_tabs import tabs
from toiya.web.office.views.bank_files import rows_to_mend
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import MONEY_FILE

MOST_ROWS = 500
Status = SettlementFile.Status


@desk(Permission.BOOK_MONEY)
@require_safe
def settlement(request: Request, code: str) -> HttpResponse:
    """The dry run of a settlement that is only read; what became of a booked one."""
    taken = _taken(code)
    shop = Connection.objects.filter(code=taken.shop_code).select_related("seller").first()
    if shop is None:
        raise Http404
    rows = rows_of(taken)
    total = sum(row.paid.minor for row in rows)
    context = {
        "file": taken,
        "shop": shop,
        "status": MONEY_FILE[taken.status],
        "total": total,
        "difference": None if taken.told_minor is None else total - taken.told_minor,
        "tabs": tabs(request.actor, "sales"),
        **(_looked(shop, taken) if taken.status == Status.READ else {}),
    }
    return render(request, "office/settlement.html", context)


def _looked(shop: Connection, taken: SettlementFile) -> dict[str, Any]:
    """Each row with the order it names, by what, and what booking would do with it."""
    rows = rows_of(taken)
    judged = judge_rows(shop, rows)
    unknown = {row.number for row in judged.unknown}
    told = []
    for row in rows[:MOST_ROWS]:
        order = judged.orders.get(judged.codes.get(row.external_id, ""))
        told.append(
            {
                "row": row,
                "order": order,
                "is_cart": bool(order and order.external_id == row.external_id),
                "is_before": bool(order and order.code in judged.before),
                "is_unknown": row.number in unknown,
            }
        )
    return {
        "rows": told,
        "row_count": len(rows),
        "fresh_count": len(judged.fresh),
        "fresh_minor": sum(judged.fresh.values()),
        "before_count": len(judged.before),
        "unknown_count": len(unknown),
    }


@desk(Permission.BOOK_MONEY)
@require_POST
def booking(request: Request, code: str) -> HttpResponse:
    """One press after the look; a second one changes nothing."""
    outcome = book_settlement(code=code, actor=request.actor, at=request.at)
    count = len(outcome.settled) if outcome else 0
    words = ngettext("%(count)s sale is booked.", "%(count)s sales are booked.", count)
    messages.success(request, words % {"count": count})
    return redirect("office:settlement", code)


@desk(Permission.BOOK_MONEY)
@require_POST
def throwing_away(request: Request, code: str) -> HttpResponse:
    """Nothing of it is booked."""
    throw_settlement_away(code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The file is thrown away. Nothing of it was booked."))
    return redirect("office:sales")


@desk(Permission.BOOK_MONEY)
@require_POST
def undoing(request: Request, code: str) -> HttpResponse:
    """All of its money comes back, or none."""
    note = request.POST.get("note", "").replace("\x00", "")
    undo_settlement(code=code, note=note, actor=request.actor, at=request.at)
    messages.success(request, _("The settlement is undone. Its sales are to come again."))
    return redirect("office:settlement", code)


@desk(Permission.BOOK_MONEY)
@require_safe
def to_mend(request: Request, code: str) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """The rows nobody could read, with why."""
    taken = _taken(code)
    return rows_to_mend(f"{taken.code}-to-mend", taken.headings, taken.to_mend, WHYS)


def _taken(code: str) -> SettlementFile:
    found: SettlementFile | None = SettlementFile.objects.filter(code=code).select_related("seller").first()
    if found is None:
        raise Http404
    return found
