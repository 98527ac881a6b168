"""Linking many listings in one act: what it would do, doing it, looking at it, taking it back (L02, L44)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.channels import link_queries
from toiya.domain.channels.actions.linking import LinkWish, link_listings, undo_links
from toiya.domain.channels.models import LinkAct
from toiya.domain.channels.sql import ties
from toiya.web.portal import link_rows
from toiya.web.portal.access import for_sellers
from toiya.web.portal.access import shop_of as seller_of_request
from toiya.web.portal.link_rows import MOST_CHOSEN
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def preview(request: Request) -> HttpResponse:
    """What the chosen links would change, before anything does."""
    return _preview(request, request.POST)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def same_code(request: Request) -> HttpResponse:
    """The preview of all listings that have a SKU's own code."""
    found = sorted(link_queries.same_code(request.actor).items())[:MOST_CHOSEN]
    chosen = QueryDict(mutable=True)
    chosen.setlist("selected", [str(listing_id) for listing_id, _code in found])
    chosen.update({f"sku-{listing_id}": code for listing_id, code in found})
    return _preview(request, chosen)


def _preview(request: Request, chosen: QueryDict) -> HttpResponse:
    choices = link_rows.choices_of(request.actor, chosen, request.at)
    if not choices:
        messages.error(request, _("No listing is chosen. Tick at least one, then link."))
        return HttpResponseRedirect(reverse("portal:listing-links"))
    good = [choice for choice in choices if choice.is_good]
    waiting = ties.waiting_orders(seller_of_request(request).pk, [choice.listing.pk for choice in good])
    context: dict[str, Any] = {
        "choices": choices,
        "good": len(good),
        "linked": sum(choice.sku is not None for choice in good),
        "unlinked": sum(choice.sku is None for choice in good),
        "to_mend": len(choices) - len(good),
        "waiting": waiting,
    }
    return render(request, "portal/links_preview.html", context)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def acts(request: Request) -> HttpResponse:
    """Link what the preview showed."""
    choices = [choice for choice in link_rows.choices_of(request.actor, request.POST, request.at) if choice.is_good]
    wishes = [LinkWish(each.listing.pk, each.sku.code if each.sku else "", each.pieces) for each in choices]
    if not wishes:
        messages.error(request, _("No listing is chosen. Tick at least one, then link."))
        return HttpResponseRedirect(reverse("portal:listing-links"))
    try:
        made = link_listings(wishes=wishes, actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("portal:listing-links"))
    words = ngettext(
        "%(count)s link saved. Waiting orders are judged again now.",
        "%(count)s links saved. Waiting orders are judged again now.",
        len(wishes),
    )
    messages.success(request, words % {"count": len(wishes)})
    return HttpResponseRedirect(reverse("portal:link-act", args=[made.code]))


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def act(request: Request, code: str) -> HttpResponse:
    """One act: each link before and after, and the button that takes it back."""
    found = LinkAct.objects.visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    changes = found.changes.select_related("listing__connection", "old_sku", "new_sku")
    context = {
        "act": found,
        "page": page_of(changes, request.GET, ("id",)),
        "may_undo": found.undone_at is None and request.actor.may(Permission.EDIT_CATALOG),
    }
    return render(request, "portal/link_act.html", context)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def act_return(request: Request, code: str) -> HttpResponse:
    """Take the whole act back."""
    try:
        undone = undo_links(act_code=code, actor=request.actor, at=request.at)
    except NotFound as missing:
        raise Http404 from missing
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Put back: %(restored)s. Changed since and left alone: %(kept)s.")
        messages.success(request, words % {"restored": undone.restored, "kept": undone.kept})
    return HttpResponseRedirect(reverse("portal:link-act", args=[code]))
