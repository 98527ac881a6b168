"""The agreement's numbers by country: announcing a version, and numbers of a seller's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.contracts import queries, rules, text
from toiya.domain.contracts.actions.terms import announce_terms, set_variation
from toiya.domain.contracts.models import Agreement, TermsVersion, Variation
from toiya.web.office.access import desk
from toiya.web.office.due_forms import VariationForm, VersionForm
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

MOST_SHOWN = 50
_PLACES = {"announced_too_late": "holds_from", "not_found": "seller"}


@desk(Permission.EDIT_DUES)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: Request, country: str = rules.HOME) -> HttpResponse:
    """What holds in a country, what is announced, who has numbers of its own; a POST announces or offers."""
    if country not in rules.STANDARD:
        raise Http404
    now = queries.version_on(country, queries.local_day(country, request.at))
    is_version = request.POST.get("what") == "version"
    sent = request.POST if request.method == "POST" else None
    version = VersionForm(sent if is_version else None, terms=now, prefix="v")
    variation = VariationForm(None if is_version else sent, terms=now, prefix="s")
    form = version if is_version else variation
    if form.is_bound and form.is_valid():
        try:
            words = _announced(request, country, version) if is_version else _offered(request, country, variation)
        except Refusal as refusal:
            put_refusal(form, refusal, {**_PLACES, "figure_out_of_range": str(refusal.details.get("figure", ""))})
        else:
            messages.success(request, words)
            return redirect("office:terms-of", country)
    has_errors = form.is_bound and bool(form.errors)
    context: dict[str, Any] = {
        "country": country,
        "tabs": [
            {"label": each, "url": f"/office/terms/{each}/", "count": None, "current": each == country}
            for each in rules.STANDARD
        ],
        "now": now,
        "clauses": text.clauses(now, request.LANGUAGE_CODE),
        "versions": TermsVersion.objects.filter(country=country).order_by("-version")[:MOST_SHOWN],
        "variations": Variation.objects.filter(country=country).select_related("seller").order_by("-pk")[:MOST_SHOWN],
        "signed": Agreement.objects.filter(country=country).select_related("seller").order_by("-pk")[:MOST_SHOWN],
        "version_form": version,
        "variation_form": variation,
    }
    return render(request, "office/terms.html", context, status=422 if has_errors else 200)


def _announced(request: Request, country: str, form: VersionForm) -> str:
    made = announce_terms(
        country=country,
        changes=form.changes(),
        holds_from=form.cleaned_data["holds_from"],
        actor=request.actor,
        at=request.at,
    )
    return _("Version %(version)s is announced. Everybody who signed is told by mail.") % {"version": made.version}


def _offered(request: Request, country: str, form: VariationForm) -> str:
    set_variation(
        seller_code=form.cleaned_data["seller"],
        country=country,
        changes=form.changes(),
        note=form.cleaned_data["note"],
        actor=request.actor,
        at=request.at,
    )
    return _("Offered. It holds when the seller has signed it.")
