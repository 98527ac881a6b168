"""Items shared with partners, and those partners share with us (A079)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.actions.sharing import answer_share, end_share, offer_share
from toiya.domain.catalog.models import ItemShare
from toiya.domain.catalog.queries import shares_with, skus_shared
from toiya.web.portal.access import for_sellers
from toiya.web.portal.sku_forms import PartnerForm
from toiya.web.portal.sku_rows import with_stock
from toiya.web.portal.views.items import item_of, show_item
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

SHOWN_SKUS = 500


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def shared(request: Request) -> HttpResponse:
    """What partners offer and share: names, options and what is available, nothing to change."""
    shares = list(shares_with(request.actor))
    skus: dict[int, list[Any]] = {}
    for sku in with_stock(skus_shared(request.actor))[:SHOWN_SKUS]:
        skus.setdefault(sku.item_id, []).append((sku, sku.on_hand - sku.allocated - sku.blocked))
    context = {
        "offers": [share for share in shares if share.status == ItemShare.Status.OFFERED],
        "shares": [(share, skus.get(share.item_id, [])) for share in shares if share.status != "offered"],
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
    }
    return render(request, "portal/items_shared.html", context)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def offer(request: Request, code: str) -> HttpResponse:
    """Offer the item to a partner."""
    found = item_of(request, code)
    form = PartnerForm(request.POST)
    if form.is_valid():
        partner = form.cleaned_data["partner"]
        try:
            offer_share(item_code=code, partner_code=partner, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {refusal.code: "partner"})
        else:
            messages.success(request, _("Offered. The partner sees the item once they accept."))
            return HttpResponseRedirect(reverse("portal:item", args=[code]))
    return show_item(request, found, {"partner_form": form}, 422)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def answer(request: Request, share: str) -> HttpResponse:
    """Take a partner's offer, or decline it."""
    is_accepted = request.POST.get("answer") == "accept"
    _or_404(lambda: answer_share(share_code=share, is_accepted=is_accepted, actor=request.actor, at=request.at))
    messages.success(
        request, _("Accepted. You get an own SKU for each option in a moment.") if is_accepted else _("Offer declined.")
    )
    return HttpResponseRedirect(reverse("portal:items-shared"))


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def ending(request: Request, share: str) -> HttpResponse:
    """Share no longer; either side may end it."""
    _or_404(lambda: end_share(share_code=share, actor=request.actor, at=request.at))
    messages.success(request, _("The item is no longer shared."))
    back = request.POST.get("item", "")
    is_own = back.isascii() and back.isdigit() and len(back) == 12
    return HttpResponseRedirect(reverse("portal:item", args=[back]) if is_own else reverse("portal:items-shared"))


def _or_404(act: Any) -> None:
    try:
        act()
    except NotFound as refusal:
        raise Http404 from refusal
