"""What is written about a SKU: details, barcodes, lots and dates, photos; off, on and away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core import papers
from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.catalog.actions.barcodes import add_barcode, remove_barcode
from toiya.domain.catalog.actions.editing import edit_sku, switch_sku
from toiya.domain.catalog.actions.photos import add_photo, remove_photo
from toiya.domain.catalog.actions.removing import remove_sku
from toiya.domain.catalog.models import Photo, Sku
from toiya.domain.stock.actions.tracking import track_sku
from toiya.web.portal.access import for_sellers
from toiya.web.portal.sku_forms import BarcodeForm, PhotoForm, SkuForm, TrackingForm
from toiya.web.shared import paper_files
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.pictures import picture
from toiya.web.shared.reader import Request

PLACES = {
    "seller_code_taken": "seller_code",
    "option_twice": "option",
    "hs_code_wrong": "hs_code",
    "country_wrong": "origin_country",
    "no_packaging_sku": "packaging",
    "still_packaging": "is_packaging",
}


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Request, code: str) -> HttpResponse:
    """All that is written about a SKU; a POST saves the long form."""
    sku = _sku_of(request, code)
    form = SkuForm(request.POST if request.method == "POST" else None, sku=sku)
    if request.method == "POST" and form.is_valid():
        try:
            changed = edit_sku(sku_code=code, facts=form.facts(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, PLACES)
        else:
            messages.success(request, _("SKU saved.") if changed else _("Nothing was changed."))
            return HttpResponseRedirect(reverse("portal:sku", args=[code]))
    return _shown(request, sku, {"form": form}, 422 if form.errors else 200)


def _sku_of(request: Request, code: str) -> Sku:
    found: Sku | None = (
        Sku.objects.visible_to(request.actor).filter(code=code).select_related("item", "packaging").first()
    )
    if found is None:
        raise Http404
    return found


def _shown(request: Request, sku: Sku, more: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {
        "sku": sku,
        "barcodes": list(sku.barcodes.order_by("pk").values_list("barcode", flat=True)),
        "photos": list(sku.photos.order_by("pk")),
        "barcode_form": BarcodeForm(),
        "photo_form": PhotoForm(),
        "tracking_form": TrackingForm(initial={name: getattr(sku, name) for name in TrackingForm.base_fields}),
    }
    if "form" not in more:
        context["form"] = SkuForm(None, sku=sku)
    return render(request, "portal/sku_details.html", context | more, status=status)


def _back(code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:sku-details", args=[code]))


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def barcodes(request: Request, code: str) -> HttpResponse:
    """One more barcode, or with `remove` one less."""
    sku, gone = _sku_of(request, code), request.POST.get("remove", "")
    if gone:
        remove_barcode(sku_code=code, barcode=gone[:60], actor=request.actor, at=request.at)
        messages.success(request, _("Barcode %(barcode)s removed.") % {"barcode": gone[:60]})
        return _back(code)
    form = BarcodeForm(request.POST)
    if form.is_valid():
        try:
            typed = form.cleaned_data["barcode"]
            stored = add_barcode(sku_code=code, barcode=typed, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {refusal.code: "barcode"})
        else:
            messages.success(request, _("Barcode %(barcode)s added.") % {"barcode": stored})
            return _back(code)
    return _shown(request, sku, {"barcode_form": form}, 422)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def tracking(request: Request, code: str) -> HttpResponse:
    """Lots and use-by dates on or off."""
    sku, form = _sku_of(request, code), TrackingForm(request.POST)
    form.is_valid()
    try:
        track_sku(
            sku_code=code,
            tracks_lots=form.cleaned_data["tracks_lots"],
            tracks_expiry=form.cleaned_data["tracks_expiry"],
            tracks_serials=form.cleaned_data["tracks_serials"],
            actor=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        places = {"stock_without_lots": "tracks_lots", "stock_without_expiry": "tracks_expiry"}
        put_refusal(form, refusal, places)
        return _shown(request, sku, {"tracking_form": form}, 422)
    messages.success(request, _("Saved."))
    return _back(code)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def photos(request: Request, code: str) -> HttpResponse:
    """One more photo, judged and written anew before it is kept."""
    sku, form = _sku_of(request, code), PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            for paper in paper_files.take(request, [form.cleaned_data["photo"]]):
                _add(request, code, paper)
        except Refusal as refusal:
            put_refusal(form, refusal, {refusal.code: "photo"})
        else:
            messages.success(request, _("Photo added."))
            return _back(code)
    return _shown(request, sku, {"photo_form": form}, 422)


def _add(request: Request, code: str, paper: papers.StoredPaper) -> None:
    """A picture that is refused leaves nothing behind."""
    try:
        add_photo(sku_code=code, paper=paper, actor=request.actor, at=request.at)
    except Refusal:
        papers.throw_away(paper.storage_key)
        raise


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def photo(request: Request, code: str, photo: str) -> FileResponse:
    """A photo of the SKU, as a picture in a page."""
    found: Photo | None = Photo.objects.visible_to(request.actor).filter(sku__code=code, code=photo).first()
    if found is None:
        raise Http404
    return picture(found)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def photo_removal(request: Request, code: str, photo: str) -> HttpResponse:
    """A photo is taken away."""
    remove_photo(sku_code=code, photo_code=photo, actor=request.actor, at=request.at)
    messages.success(request, _("Photo removed."))
    return _back(code)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def switching(request: Request, code: str) -> HttpResponse:
    """The SKU off or on."""
    is_active = request.POST.get("is_active") == "yes"
    switch_sku(sku_code=code, is_active=is_active, actor=request.actor, at=request.at)
    messages.success(request, _("Switched on.") if is_active else _("Switched off. Its stock and history stay."))
    return _back(code)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def deletion(request: Request, code: str) -> HttpResponse:
    """The SKU is deleted, if nothing ever used it; else the reason why not."""
    sku = _sku_of(request, code)
    try:
        remove_sku(sku_code=code, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _shown(request, sku, {"problem": str(refusal)}, 409)
    messages.success(request, _("SKU %(code)s deleted.") % {"code": code})
    return HttpResponseRedirect(reverse("portal:item", args=[sku.item.code]))
