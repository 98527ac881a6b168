"""The carton list and the time at the dock of a delivery."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.inbound.actions.cartons import CartonDraft, add_cartons, change_carton, remove_carton
from toiya.domain.inbound.actions.slots import book_slot, release_slot
from toiya.domain.inbound.models import Carton
from toiya.web.portal.access import for_sellers
from toiya.web.portal.inbound_forms import CartonForm
from toiya.web.portal.views.inbound import bundle_of, shown, to_page
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def cartons(request: Request, code: str) -> HttpResponse:
    """Add one box, or several alike."""
    found = bundle_of(request.actor, code)
    form = CartonForm(request.POST, lines=found.lines.select_related("sku").order_by("sku__code"), auto_id="box_%s")
    if form.is_valid():
        alike = 1 if form.cleaned_data["alike"] is None else form.cleaned_data["alike"]
        draft = CartonDraft(form.contents(), **form.sizes())
        try:
            add_cartons(bundle_code=code, draft=draft, alike=alike, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"cartons_out_of_range": "alike"})
        else:
            return to_page(code)
    return shown(request, found, status=422, carton_form=form)


def _carton(request: Request, code: str, carton: str) -> Carton:
    rows = Carton.objects.visible_to(request.actor).filter(code=carton, bundle__code=code)
    found: Carton | None = rows.select_related("bundle").first()
    if found is None:
        raise Http404
    return found


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def carton(request: Request, code: str, carton: str) -> HttpResponse:
    """Tell anew what is in one box."""
    found = _carton(request, code, carton)
    lines = list(found.bundle.lines.select_related("sku").order_by("sku__code"))
    initial: dict[str, int | str] = {f"sku-{row.sku.code}": row.quantity for row in found.lines.select_related("sku")}
    initial |= {f"{side}_cm": getattr(found, f"{side}_mm") // 10 or "" for side in ("length", "width", "height")}
    initial["weight_g"] = found.weight_g or ""
    form = CartonForm(request.POST if request.method == "POST" else None, lines=lines, is_new=False, initial=initial)
    if form.is_bound and form.is_valid():
        draft = CartonDraft(form.contents(), **form.sizes())
        try:
            change_carton(carton_code=carton, draft=draft, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return to_page(code)
    context = {"bundle": found.bundle, "carton": found, "form": form}
    return render(request, "portal/inbound_carton.html", context, status=422 if form.errors else 200)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def carton_removal(request: Request, code: str, carton: str) -> HttpResponse:
    """Take a box off the list."""
    _carton(request, code, carton)
    remove_carton(carton_code=carton, actor=request.actor, at=request.at)
    return to_page(code)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def slot(request: Request, code: str) -> HttpResponse:
    """Book the chosen time at the dock."""
    bundle_of(request.actor, code)
    typed = request.POST.get("slot", "")
    slot_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    book_slot(bundle_code=code, slot_id=slot_id, actor=request.actor, at=request.at)
    messages.success(request, _("The time at the dock is booked."))
    return to_page(code)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def slot_release(request: Request, code: str) -> HttpResponse:
    """Give the time at the dock back."""
    bundle_of(request.actor, code)
    release_slot(bundle_code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The time at the dock is free again."))
    return to_page(code)
