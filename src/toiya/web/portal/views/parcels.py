"""What lies in a seller's parcels: inserts, words on the packing slip; and the pictures taken of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.outbound.actions.enclosing import choose_insert
from toiya.domain.outbound.actions.evidence import say_on_slips
from toiya.domain.outbound.models import Insert, SlipMessage
from toiya.domain.outbound.slip_paper import LANGUAGES
from toiya.web.portal import settings_tabs
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.parcel_forms import InsertForm, SlipForm
from toiya.web.shared import parcel_photos
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_safe
def parcels(request: Request) -> HttpResponse:
    """What goes into every parcel, and what the packing slip says."""
    return _page(request, InsertForm(), _slip_form(request))


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def insert(request: Request) -> HttpResponse:
    """From now on this SKU goes into every parcel, or no longer."""
    form = InsertForm(request.POST)
    if form.is_valid():
        try:
            choose_insert(
                sku_code=form.cleaned_data["sku"],
                is_active="end" not in request.POST,
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            put_refusal(form, refusal, {"not_found": "sku"})
        else:
            messages.success(request, _("In force for every parcel packed from now on."))
            return redirect("portal:parcels")
    return _page(request, form, _slip_form(request), status=422)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def slip_words(request: Request) -> HttpResponse:
    """What the slip says in one language."""
    form = SlipForm(request.POST)
    if form.is_valid():
        try:
            say_on_slips(
                seller_id=shop_of(request).pk,
                language=form.cleaned_data["language"],
                words=form.cleaned_data["words"],
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            put_refusal(form, refusal, {"slip_language_unknown": "language"})
        else:
            messages.success(request, _("In force for slips printed from now on."))
            return redirect("portal:parcels")
    return _page(request, InsertForm(), form, status=422)


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def photo(request: Request, code: str, photo: int) -> FileResponse:
    """A picture of a parcel of this order."""
    return parcel_photos.show(request, code, photo)


def _slip_form(request: Request) -> SlipForm:
    language = request.GET.get("language", "ja")
    language = language if language in LANGUAGES else "ja"
    said = SlipMessage.objects.visible_to(request.actor).filter(language=language).first()
    return SlipForm(initial={"language": language, "words": said.words if said else ""})


def _page(request: Request, insert: InsertForm, slip: SlipForm, *, status: int = 200) -> HttpResponse:
    inserts = Insert.objects.visible_to(request.actor).filter(is_active=True).select_related("sku").order_by("sku_id")
    context = {
        "inserts": inserts[:50],
        "said": SlipMessage.objects.visible_to(request.actor).order_by("language"),
        "insert_form": insert,
        "slip_form": slip,
        "tabs": settings_tabs.tabs(request.actor, "portal:parcels"),
    }
    return render(request, "portal/parcels.html", context, status=status)
