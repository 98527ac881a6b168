"""Money that came wrong: asked for with the evidence, carried out by a second person, and who owes us since."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.wallet.actions.reversals import ask_reversal, carry_out_reversal, decline_reversal
from toiya.domain.wallet.models import Reversal
from toiya.domain.wallet.queries import debts
from toiya.web.office.access import desk
from toiya.web.office.money_forms import ReversalForm
from toiya.web.office.money_tabs import tabs
from toiya.web.shared import formats
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import REVERSAL

MOST_DEBTS = 50
_FIELDS = {
    "not_found": "cause",
    "not_booked_now": "cause",
    "reversal_asked_before": "cause",
    "reversal_reason_off": "reason",
    "reversal_evidence_missing": "note",
    "reversal_right_seller_off": "to_seller",
    "other_currency": "to_seller",
}


@desk(Permission.BOOK_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def reversals(request: Request) -> HttpResponse:
    """What was asked for and what became of it; a POST asks."""
    is_post = request.method == "POST"
    form = ReversalForm(request.POST if is_post else None, initial={"cause": request.GET.get("cause", "")[:20]})
    if form.is_bound and form.is_valid():
        try:
            cause, wrong = form.cleaned_data["cause"], form.wrong()
            ask_reversal(cause=cause, wrong=wrong, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, _FIELDS)
        else:
            messages.success(request, _("It is asked for. A second person takes the money back, or declines."))
            return redirect("office:reversals")
    page = page_of(Reversal.objects.select_related("seller", "to_seller"), request.GET, ("status", "-id"))
    context = {
        "form": form,
        "page": page,
        "rows": [
            {"row": row, "status": REVERSAL[row.status], "is_own": row.asked_by == request.actor.id} for row in page
        ],
        "debts": [
            (row.seller, -row.balance_minor, row.currency) for row in debts().order_by("balance_minor")[:MOST_DEBTS]
        ],
        "tabs": tabs(request.actor, "reversals"),
    }
    return render(request, "office/reversals.html", context, status=422 if form.errors else 200)


@desk(Permission.BOOK_MONEY)
@require_POST
def carrying_out(request: Request, code: str) -> HttpResponse:
    """The second person takes the money back."""
    done = carry_out_reversal(code=code, actor=request.actor, at=request.at)
    words = {
        "amount": formats.money(done.amount_minor, done.currency, request.LANGUAGE_CODE),
        "seller": done.seller.name,
        "owed": formats.money(done.owed_minor, done.currency, request.LANGUAGE_CODE),
    }
    if done.owed_minor:
        messages.success(
            request, _("%(amount)s are taken back from %(seller)s, who owes %(owed)s of them now.") % words
        )
    else:
        messages.success(request, _("%(amount)s are taken back from %(seller)s.") % words)
    return redirect("office:reversals")


@desk(Permission.BOOK_MONEY)
@require_POST
def declining(request: Request, code: str) -> HttpResponse:
    """The money stays where it is."""
    decline_reversal(code=code, actor=request.actor, at=request.at)
    messages.success(request, _("It is declined; the money stays where it is."))
    return redirect("office:reversals")
