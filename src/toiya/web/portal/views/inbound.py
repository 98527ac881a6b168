"""Deliveries of the seller: the list by state, making one of ticked requests, sending it, giving it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Actor, Permission
from toiya.core.errors import Refusal
from toiya.domain.contracts.queries import booked_by
from toiya.domain.inbound import queries, rules
from toiya.domain.inbound.actions.bundles import (
    Announcement,
    Sending,
    create_bundle,
    delete_bundle,
    note_bundle,
    send_bundle,
)
from toiya.domain.inbound.charging import quote_of
from toiya.domain.inbound.models import CargoBundle, InboundRequest
from toiya.domain.inbound.rules import Asked
from toiya.domain.warehouses.actions.centres import CentreNotAppliedFor
from toiya.web.portal import inbound_page
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.inbound_forms import BundleForm, NoteForm, SendForm
from toiya.web.portal.searching import clean
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

Status = CargoBundle.Status
TABS = (Status.REQUESTED, Status.CONFIRMED, Status.SHIPPED, Status.ARRIVED, Status.COMPLETED, Status.REJECTED)
MOST_AT_ONCE = 200
FIELD_OF = {"arrival_day_out_of_range": "estimated_on", "cartons_out_of_range": "cartons"}


def bundle_of(actor: Actor, code: str) -> CargoBundle:
    """The bundle, if it is the reader's. :raises Http404:"""
    rows = CargoBundle.objects.visible_to(actor).filter(code=code).select_related("warehouse", "seller")
    found: CargoBundle | None = rows.first()
    if found is None:
        raise Http404
    return found


def to_page(code: str) -> HttpResponseRedirect:
    """To the delivery's page."""
    return HttpResponseRedirect(reverse("portal:inbound-bundle", args=[code]))


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def bundles(request: Request) -> HttpResponse:
    """All deliveries by state, with counts (A126, A129)."""
    own = CargoBundle.objects.visible_to(request.actor).exclude(status=Status.DELETED)
    counts = queries.counts_by_status(own)
    view = request.GET.get("view", "")
    words = clean(request.GET.get("q", ""))
    found: QuerySet[CargoBundle] = own.filter(status=view) if view in TABS else own
    if words:
        found = inbound_page.bundles_matching(found, words)
    page = page_of(found.select_related("warehouse"), request.GET, ("-id",))
    context = {
        "page": page,
        "rows": inbound_page.bundle_rows(page.rows),
        "tabs": _tabs(view, counts),
        "view": view,
        "words": words,
        "has_any": bool(counts),
        "may_edit": request.actor.may(Permission.EDIT_INBOUND),
    }
    template = "portal/inbound.html#list" if request.htmx else "portal/inbound.html"
    return render(request, template, context)


def _tabs(view: str, counts: Any) -> list[dict[str, Any]]:
    first = {"label": _("All"), "url": "?", "count": None, "current": view not in TABS}
    tabs = [
        {"label": each.label, "url": f"?view={each}", "count": counts.get(each, 0), "current": view == each}
        for each in TABS
    ]
    return [first, *tabs]


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The ticked requests with the form of their delivery; sent with a day, they become one cargo bundle (A125)."""
    chosen = request.POST.getlist("selected")[:MOST_AT_ONCE]
    own = InboundRequest.objects.visible_to(request.actor).filter(code__in=chosen)
    requests = list(own.select_related("sku", "warehouse").order_by("pk"))
    if not requests:
        messages.warning(request, _("No request is chosen. Tick the requests that come in one delivery."))
        return HttpResponseRedirect(reverse("portal:inbound-requests"))
    form = BundleForm(request.POST if "make" in request.POST else None)
    trouble: Refusal | None = None
    if form.is_bound and form.is_valid():
        try:
            made = _create(request, [each.code for each in requests], form)
        except Refusal as refusal:
            trouble = refusal
            put_refusal(form, refusal, FIELD_OF)
        else:
            messages.success(request, _("%(code)s is made; its fee is set aside.") % {"code": made.code})
            return to_page(made.code)
    context = _new_context(request, requests, form) | {
        "needs_centre": bool(trouble and trouble.code == CentreNotAppliedFor.code),
        "needs_money": bool(trouble and trouble.code == "wallet_too_low"),
        "may_top_up": request.actor.may(Permission.TOP_UP),
    }
    return render(request, "portal/inbound_new.html", context, status=422 if form.errors else 200)


def _create(request: Request, codes: list[str], form: BundleForm) -> CargoBundle:
    plan = Announcement(**{**form.cleaned_data, "remark": form.cleaned_data["remark"] or ""})
    return create_bundle(
        seller_id=shop_of(request).pk, request_codes=codes, plan=plan, actor=request.actor, at=request.at
    )


def _new_context(request: Request, requests: list[InboundRequest], form: BundleForm) -> dict[str, Any]:
    pieces = sum(each.quantity for each in requests)
    warehouse = requests[0].warehouse
    cleaned = getattr(form, "cleaned_data", {})
    asked = Asked(
        pieces,
        cleaned.get("cartons") or 1,
        wants_check=bool(cleaned.get("wants_quality_check")),
        wants_labels=bool(cleaned.get("wants_sku_labels")),
        is_express=bool(cleaned.get("is_express")),
    )
    quote = quote_of(shop_of(request), warehouse, asked, request.at)
    fee, fees = rules.estimate(quote.lines, quote.currency), queries.fees_of(warehouse.pk)
    return {"requests": requests, "form": form, "pieces": pieces, "fees": fees, "fee": fee}


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def bundle(request: Request, code: str) -> HttpResponse:
    """One delivery: what comes next, what is in it, where to send it, what it costs, when it will be booked."""
    return shown(request, bundle_of(request.actor, code))


def shown(request: Request, found: CargoBundle, *, status: int = 200, **changed: Any) -> HttpResponse:
    """The page of a delivery; `changed` are forms as they were sent."""
    context = inbound_page.read(found, request.actor, request.at) | changed
    return render(request, "portal/inbound_bundle.html", context, status=status)


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def queue(request: Request, code: str) -> HttpResponse:
    """The place in line and the estimated time, alone: the page asks for it again and again (L17)."""
    found = bundle_of(request.actor, code)
    place, latest = queries.place_of(found, request.at), booked_by(found, request.at)
    context = {"bundle": found, "place": place, "booked_by": latest}
    return render(request, "portal/inbound_queue.html", context)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def sending(request: Request, code: str) -> HttpResponse:
    """Mark it as sent, or mend carrier, number and boxes on the way (A131)."""
    found = bundle_of(request.actor, code)
    form = SendForm(request.POST, auto_id="send_%s")
    if form.is_valid():
        told = form.cleaned_data
        plan = Sending(told["carrier"], told["tracking_number"], told["cartons"], told["estimated_on"])
        try:
            send_bundle(bundle_code=code, sending=plan, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, FIELD_OF)
        else:
            messages.success(request, _("%(code)s is on its way.") % {"code": code})
            return to_page(code)
    return shown(request, found, status=422, send_form=form)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def note(request: Request, code: str) -> HttpResponse:
    """Change the remark and the day it is due."""
    found = bundle_of(request.actor, code)
    form = NoteForm(request.POST, auto_id="note_%s")
    if form.is_valid():
        told = form.cleaned_data
        try:
            note_bundle(
                bundle_code=code,
                remark=told["remark"],
                estimated_on=told["estimated_on"],
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            put_refusal(form, refusal, FIELD_OF)
        else:
            messages.success(request, _("Saved."))
            return to_page(code)
    return shown(request, found, status=422, note_form=form)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: Request, code: str) -> HttpResponse:
    """What deleting does, then deleting."""
    found = bundle_of(request.actor, code)
    if request.method == "POST":
        delete_bundle(bundle_code=code, actor=request.actor, at=request.at)
        messages.success(request, _("%(code)s is deleted; its requests are open again.") % {"code": code})
        return HttpResponseRedirect(reverse("portal:inbound-requests"))
    return render(request, "portal/inbound_deletion.html", {"bundle": found})
