"""What is agreed about claims: days within which carriers want them, and what late orders are credited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.carriers.plugs import carriers
from toiya.domain.claims.actions.terms import (
    ClaimTermsWrong,
    CreditDraft,
    Deadline,
    set_credit_rule,
    set_filing_terms,
)
from toiya.domain.claims.models import CreditRule, FilingTerms
from toiya.domain.pricing.actions.cards import CURRENCIES
from toiya.web.office.access import desk
from toiya.web.shared import claim_pages
from toiya.web.shared.amounts import money_typed
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import number_typed

MOST_ROWS = 100


@desk(Permission.JUDGE_CLAIMS)
@require_http_methods(["GET", "HEAD", "POST"])
def claim_terms(request: Request) -> HttpResponse:
    """The terms through time, and the forms to add some. Terms that have begun stay as they were."""
    trouble: Any = ""
    if request.method == "POST":
        try:
            _set(request)
        except Refusal as refusal:
            trouble = refusal
        else:
            messages.success(request, _("In force from that day on."))
            return redirect("office:claim-terms")
    terms = FilingTerms.objects.order_by("carrier", "-starts_on")[:MOST_ROWS]
    context = {
        "terms": [(claim_pages.carrier_word(row.carrier) or _("Our own house"), row) for row in terms],
        "rules": CreditRule.objects.select_related("seller").order_by("-starts_on", "-pk")[:MOST_ROWS],
        "carriers": [(code, plug.label) for code, plug in sorted(carriers().items())],
        "currencies": CURRENCIES,
        "trouble": trouble,
        "typed": request.POST,
        "today": request.at.astimezone(HOME_ZONE).date().isoformat(),
    }
    return render(request, "office/claim_terms.html", context, status=422 if trouble else 200)


def _set(request: Request) -> None:
    posted, actor, at = request.POST, request.actor, request.at
    starts_on = _day(posted.get("starts_on", ""))
    if posted.get("what") == "credit":
        set_credit_rule(rule=_credit(request, starts_on), actor=actor, at=at)
        return
    days = number_typed(posted.get("days", ""), _("Days"))
    deadline = Deadline(days, posted.get("source", "").replace("\x00", ""), "confirmed" in posted)
    set_filing_terms(carrier=posted.get("carrier", "")[:20], starts_on=starts_on, deadline=deadline, actor=actor, at=at)


def _credit(request: Request, starts_on: date) -> CreditDraft:
    posted = request.POST
    currency = posted.get("currency", "")[:3]
    amount = money_typed(posted.get("amount", ""), currency, _("Amount per order"), nothing=0)
    cap = money_typed(posted.get("cap", ""), currency, _("At most per month"), nothing=0)
    return CreditDraft(
        starts_on=starts_on,
        currency=currency,
        amount_minor=amount.minor,
        percent=number_typed(posted.get("percent", ""), _("Percent of the order's fees"), nothing=0),
        month_cap_minor=cap.minor,
        seller_code=posted.get("seller", "").strip()[:20],
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ClaimTermsWrong() from None
