"""Transfers of a building: asked for, on their way, with differences; the office asks, accepts, declines, cancels."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.codes import folded
from toiya.core.errors import Refusal
from toiya.domain.transfers.actions.asking import (
    Wish,
    accept_transfer,
    ask_transfer,
    cancel_transfer,
    decline_transfer,
)
from toiya.domain.transfers.queries import transfers_of
from toiya.domain.warehouses.models import Warehouse
from toiya.web.office.access import building, desk
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.tabs import view_tabs
from toiya.web.shared.whole_numbers import number_typed


@desk(Permission.APPROVE_INBOUND)
@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: Request) -> HttpResponse:
    """What leaves this building or comes to it, and the form to ask. A POST asks, or decides on one of them."""
    trouble: Any = ""
    if request.method == "POST":
        try:
            messages.success(request, _decide(request))
            return redirect("office:transfers")
        except Refusal as refusal:
            trouble = refusal
    warehouse, view = building(request), request.GET.get("view", "open")
    context = {
        "page": page_of(transfers_of(request.actor, warehouse.pk, view), request.GET, ("id",)),
        "warehouse": warehouse,
        "houses": Warehouse.objects.order_by("code"),
        "tabs": _tabs(view),
        "trouble": trouble,
        "typed": request.POST,
    }
    return render(request, "office/transfers.html", context, status=422 if trouble else 200)


def _decide(request: Request) -> str:
    code, decision = request.POST.get("code", "")[:20], request.POST.get("decision", "")
    actor, at = request.actor, request.at
    if decision == "accept":
        accept_transfer(code=code, actor=actor, at=at)
        return _("%(code)s is accepted.") % {"code": code}
    if decision == "decline":
        decline_transfer(code=code, reason=request.POST.get("reason", ""), actor=actor, at=at)
        return _("%(code)s is declined. The seller reads your reason.") % {"code": code}
    if decision == "cancel":
        cancel_transfer(code=code, actor=actor, at=at)
        return _("%(code)s is cancelled. Its pieces are free again.") % {"code": code}
    quantity = number_typed(request.POST.get("quantity", ""), _("Pieces"), nothing=0)
    sku, note = folded(request.POST.get("sku", ""))[:20], request.POST.get("note", "")
    wish = Wish(sku, building(request).code, request.POST.get("to", "")[:20], quantity, note)
    made = ask_transfer(wish=wish, actor=actor, at=at)
    return _("%(code)s is on the floor's list.") % {"code": made.code}


def _tabs(view: str) -> list[dict[str, Any]]:
    words = {"open": _("Open"), "differences": _("With a difference"), "over": _("Over")}
    return view_tabs(words, view)
