"""Applying for centres (A062-A064): tick them, read the agreement, tick the consent, apply; and what was signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.contracts import queries, rules, text
from toiya.domain.contracts.actions.signing import Application, apply_for_centres
from toiya.domain.contracts.models import Agreement
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.settings_tabs import tabs
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request

# The five stages of our work (A052); what the seller does in each has its page.
STAGES = (
    (gettext_lazy("Make SKUs and link them"), "portal:items"),
    (gettext_lazy("Register goods and ask for inbound"), "portal:inbound-requests"),
    (gettext_lazy("Send the goods"), "portal:inbound"),
    (gettext_lazy("The buyer paid: the order is allocated"), "portal:orders"),
    (gettext_lazy("Stock is kept in step"), "portal:skus"),
)
LANGUAGE_WORDS = {"ja": "日本語", "ko": "한국어", "en": "English", "zh-hans": "简体中文"}


@needs(Permission.SEE_COMPANY)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: Request) -> HttpResponse:
    """The application; a POST signs it."""
    may_sign = request.actor.may(Permission.EDIT_COMPANY)
    trouble: Any = ""
    if request.method == "POST":
        if not may_sign:
            return HttpResponse(status=403)
        try:
            return _signed(request)
        except NotFound as refusal:
            raise Http404 from refusal
        except Refusal as refusal:
            trouble = refusal
    seller = shop_of(request)
    centres = queries.centres(seller.pk)
    ticked = set(request.POST.getlist("centre")) if request.method == "POST" else None
    context = {
        "tabs": tabs(request.actor, "portal:agreement"),
        "stages": [{"label": word, "url": reverse(name), "state": "ahead"} for word, name in STAGES],
        "services": text.services(request.LANGUAGE_CODE),
        "duties": text.duties(request.LANGUAGE_CODE),
        "centres": [(each, each.is_used if ticked is None else each.warehouse.code in ticked) for each in centres],
        "papers": [_paper(request, country) for country in sorted({each.country for each in centres})],
        "signed": Agreement.objects.visible_to(request.actor).order_by("-pk")[:20],
        "may_sign": may_sign,
        "trouble": trouble,
    }
    return render(request, "portal/agreement.html", context, status=422 if trouble else 200)


@needs(Permission.SEE_COMPANY)
@for_sellers
@require_safe
def signed_text(request: Request, code: str) -> HttpResponse:
    """One signature with its text, word for word."""
    found = Agreement.objects.visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return render(request, "portal/agreement_text.html", {"agreement": found})


def _signed(request: Request) -> HttpResponse:
    application = Application(
        centres=[code[:20] for code in request.POST.getlist("centre")],
        language=request.LANGUAGE_CODE,
        agrees=request.POST.get("agrees") == "1",
        pays_automatically=request.POST.get("pays") == "1",
        read=[each[:64] for each in request.POST.getlist("read")],
    )
    made = apply_for_centres(seller_id=shop_of(request).pk, application=application, actor=request.actor, at=request.at)
    words = _("Signed. You can use the centres from now on.") if made else _("Saved.")
    messages.success(request, words)
    return HttpResponseRedirect(reverse("portal:agreement"))


def _paper(request: Request, country: str) -> dict[str, Any]:
    """The agreement of one country: governing text and the reader's own side by side, and what is told of it."""
    seller = shop_of(request)
    day = queries.local_day(country, request.at)
    terms = queries.terms_offered(seller.pk, country, day)
    coming = queries.announced(country, day)
    languages = list(dict.fromkeys([terms.governing, request.LANGUAGE_CODE]))
    return {
        "country": country,
        "version": terms.version,
        "hash": text.hash_of(text.whole(terms, request.LANGUAGE_CODE)),
        "columns": [
            {"language": each, "word": LANGUAGE_WORDS.get(each, each), "clauses": text.clauses(terms, each)}
            for each in languages
        ],
        "governing": LANGUAGE_WORDS.get(terms.governing, terms.governing),
        "holds_from": coming.holds_from if coming else None,
        "is_to_sign": queries.is_to_sign(seller.pk, country, request.at),
        "is_own": bool(queries.variation_of(seller.pk, country)),
        "zone": rules.STANDARD[country].zone,
    }
