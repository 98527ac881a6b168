"""Claims of the seller: the list with what was paid, one claim with its evidence, and opening one in two taps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.claims import queries
from toiya.domain.claims.actions.deciding import file_claim
from toiya.domain.claims.models import Claim
from toiya.domain.outbound.models import Parcel
from toiya.web.portal import money_tabs
from toiya.web.portal.access import for_sellers
from toiya.web.portal.views.order import order_of
from toiya.web.shared import claim_pages, late_evidence
from toiya.web.shared.access import needs
from toiya.web.shared.claim_opening import About, open_from_form
from toiya.web.shared.paging import page_of
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import CLAIM
from toiya.web.shared.tabs import view_tabs

Status = Claim.Status
CREDITS = "credits"


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def claims(request: Request) -> HttpResponse:
    """The seller's claims by state, or the credits for late orders."""
    view = request.GET.get("view", "")
    context: dict[str, Any] = {
        "tabs": _tabs(request, view),
        "money": money_tabs.tabs(request.actor, "portal:claims"),
        "paid": sorted(queries.paid_in_all(request.actor).items()),
        "view": view,
    }
    if view == CREDITS:
        found = queries.credits_of(request.actor).select_related("order")
        context["page"] = page_of(found, request.GET, ("-order_id",))
        return render(request, "portal/claim_credits.html", context)
    page = page_of(queries.claims_of(request.actor, view), request.GET, ("-id",))
    context |= {"page": page, "rows": [(claim, CLAIM[claim.status]) for claim in page]}
    return render(request, "portal/claims.html", context)


def _tabs(request: Request, view: str) -> list[dict[str, Any]]:
    counts = queries.counts(request.actor)
    counts |= {"": sum(counts.values()), CREDITS: queries.credits_of(request.actor).count()}
    words: dict[str, Any] = {"": _("All"), **dict(Status.choices), CREDITS: _("Credits for late orders")}
    return view_tabs(words, view, counts)


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def claim(request: Request, code: str) -> HttpResponse:
    """One claim with its evidence."""
    return _page(request, code)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def parcel_claim(request: Request, code: str, parcel: str) -> HttpResponse:
    """Open a claim for a parcel that left."""
    found = (
        Parcel.objects.visible_to(request.actor).filter(code=parcel, order__code=code).select_related("order").first()
    )
    if found is None:
        raise Http404
    return _opening(request, About(parcel=found))


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def goods_claim(request: Request, code: str) -> HttpResponse:
    """Open a claim for pieces of a SKU in a warehouse."""
    sku: Sku | None = Sku.objects.visible_to(request.actor).filter(code=code).first()
    if sku is None:
        raise Http404
    return _opening(request, About(sku=sku))


def _opening(request: Request, about: About) -> HttpResponse:
    trouble: Any = ""
    if request.method == "POST":
        try:
            made = open_from_form(request, about)
        except Refusal as refusal:
            trouble = refusal
        else:
            messages.success(request, _("%(code)s is opened. Add pictures, then file it.") % {"code": made.code})
            return redirect("portal:claim", made.code)
    return render(request, "portal/claim_new.html", about.shown(request, trouble), status=422 if trouble else 200)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def evidence(request: Request, code: str) -> HttpResponse:
    """Add pictures or papers."""
    try:
        kept = claim_pages.keep_evidence(request, code)
    except Refusal as refusal:
        return _page(request, code, refusal)
    messages.success(request, _("Files added: %(count)s") % {"count": kept})
    return redirect("portal:claim", code)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def value(request: Request, code: str) -> HttpResponse:
    """Say what a piece is worth."""
    try:
        claim_pages.correct(request, code)
    except Refusal as refusal:
        return _page(request, code, refusal)
    messages.success(request, _("Saved."))
    return redirect("portal:claim", code)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def filing(request: Request, code: str) -> HttpResponse:
    """Hand it to whoever pays."""
    try:
        file_claim(claim_code=code, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, code, refusal)
    messages.success(request, _("%(code)s is filed. You are told what is decided.") % {"code": code})
    return redirect("portal:claim", code)


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def file(request: Request, code: str, file: int) -> FileResponse:
    """A picture or paper that was added."""
    return claim_pages.show_file(request, code, file)


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def order_evidence(request: Request, code: str) -> HttpResponse:
    """The evidence of one order, for a sales site that charges the seller for it (L47)."""
    order = order_of(request.actor, code)
    return as_pdf(late_evidence.paper(order, request.actor, request.at), f"evidence-{order.code}")


def _page(request: Request, code: str, trouble: Refusal | None = None) -> HttpResponse:
    page = claim_pages.read(request, code)
    may_edit = request.actor.may(Permission.EDIT_ORDERS)
    context = {
        "page": page,
        "claim": page.claim,
        "trouble": trouble,
        "may_edit": may_edit,
        "may_file": may_edit and page.claim.status == Status.DRAFTED,
        "may_value": may_edit and page.claim.status == Status.DRAFTED,
        "may_add": may_edit and page.is_open,
        "file_url": "portal:claim-file",
        "photo_url": "portal:parcel-photo",
        "sku_url": "portal:sku",
        "order_url": "portal:order",
    }
    return render(request, "portal/claim.html", context, status=422 if trouble else 200)
