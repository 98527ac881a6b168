"""The seller's rules for giving stock to orders (A056, L30, L45, L50)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.allocation.actions.policies import set_allocation_rules, set_sku_buffer
from toiya.domain.allocation.models import SkuBuffer
from toiya.domain.catalog.models import Sku
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.allocation_forms import BufferForm, RulesForm, initial_of
from toiya.web.portal.searching import clean
from toiya.web.portal.settings_tabs import tabs
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

MOST_SHOWN = 100


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: Request) -> HttpResponse:
    """The rules in force; a POST puts others in force, and what waits is judged by them."""
    seller = shop_of(request)
    houses = list(Warehouse.objects.order_by("pk"))
    typed = request.POST if request.method == "POST" else None
    form = RulesForm(typed, warehouses=houses, initial=initial_of(seller.pk))
    if typed is not None and form.is_valid():
        try:
            set_allocation_rules(seller_id=seller.pk, policy=form.policy(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("In force from now on. What waits is judged by these rules."))
            return HttpResponseRedirect(reverse("portal:allocation-rules"))
    return _page(request, form, BufferForm(initial={"sku": clean(request.GET.get("sku", ""))}))


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def sku_buffer(request: Request) -> HttpResponse:
    """Keep so many pieces of one SKU back, or as the rule for all says."""
    seller = shop_of(request)
    form = BufferForm(request.POST)
    if form.is_valid():
        code = clean(form.cleaned_data["sku"])
        own = Sku.objects.visible_to(request.actor).filter(seller=seller)
        sku = own.filter(Q(code=code) | Q(seller_code=code)).first()
        if sku is None:
            form.add_error("sku", _("No SKU has this code."))
    if form.is_valid() and sku is not None:
        try:
            set_sku_buffer(sku_code=sku.code, pieces=form.cleaned_data["pieces"], actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"rule_out_of_range": "pieces"})
        else:
            messages.success(request, _("Saved for %(code)s.") % {"code": sku.code})
            return HttpResponseRedirect(reverse("portal:allocation-rules"))
    houses = list(Warehouse.objects.order_by("pk"))
    return _page(request, RulesForm(None, warehouses=houses, initial=initial_of(seller.pk)), form)


def _page(request: Request, form: RulesForm, buffer: BufferForm) -> HttpResponse:
    kept = SkuBuffer.objects.visible_to(request.actor).select_related("sku").order_by("pk")[:MOST_SHOWN]
    context: dict[str, Any] = {
        "form": form,
        "buffer": buffer,
        "kept": kept,
        "tabs": tabs(request.actor, "portal:allocation-rules"),
    }
    return render(request, "portal/allocation_rules.html", context, status=422 if form.errors or buffer.errors else 200)
