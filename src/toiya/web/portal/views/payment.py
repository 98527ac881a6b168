"""One payment request: its lines, its days, paying a part, disputing a line; and a return that is prepared."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core import papers
from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.dues import queries
from toiya.domain.dues.actions.disputing import Objection, dispute_line, withdraw_dispute
from toiya.domain.dues.actions.paying import Paying
from toiya.domain.dues.actions.returning import agree_to_return
from toiya.domain.dues.models import Dispute, PaymentRequest, RequestLine, ReturnPlan
from toiya.web.portal.access import for_sellers
from toiya.web.portal.payment_forms import DisputeForm, PartForm
from toiya.web.portal.views.payments import pay
from toiya.web.shared import dues, paper_files
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import RETURN_PLAN


def _own(request: Request, code: str) -> PaymentRequest:
    found = PaymentRequest.objects.visible_to(request.actor).filter(code=code).prefetch_related("steps").first()
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def payment(request: Request, code: str) -> HttpResponse:
    """Everything about one request."""
    found = _own(request, code)
    return render(request, "portal/payment.html", _context(request, found, _part_form(found)))


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def part(request: Request, code: str) -> HttpResponse:
    """Pay all or a part of one request."""
    found = _own(request, code)
    form = PartForm(request.POST, currency=found.currency)
    if not form.is_valid():
        return render(request, "portal/payment.html", _context(request, found, form), status=422)
    return pay(request, Paying({found.code: form.cleaned_data["amount"]}, form.cleaned_data["token"]))


@needs(Permission.TOP_UP)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: Request, code: str, position: int) -> HttpResponse:
    """Say that a line is wrong, with a paper if there is one."""
    found = _own(request, code)
    line = RequestLine.objects.visible_to(request.actor).filter(request=found, position=position).first()
    if line is None:
        raise Http404
    form = DisputeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _disputed(request, found, position, form)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(
                request, _("%(code)s: we look at it. The line is not due meanwhile.") % {"code": made.code}
            )
            return HttpResponseRedirect(reverse("portal:payment", args=[found.code]))
    context = {"request_": found, "line": line, "form": form}
    return render(request, "portal/payment_dispute.html", context, status=422 if form.errors else 200)


def _disputed(request: Request, found: PaymentRequest, position: int, form: DisputeForm) -> Dispute:
    """The dispute with its paper; a paper of a dispute that is refused is thrown away."""
    kept = list(paper_files.take(request, form.cleaned_data["evidence"][:1]))
    objection = Objection(form.cleaned_data["reason"], kept[0] if kept else None)
    try:
        return dispute_line(code=found.code, position=position, objection=objection, actor=request.actor, at=request.at)
    except Refusal:
        for paper in kept:
            papers.throw_away(paper.storage_key)
        raise


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def dispute_withdrawal(request: Request, dispute: str) -> HttpResponse:
    """Take a dispute back."""
    known = Dispute.objects.visible_to(request.actor).filter(code=dispute).select_related("line__request").first()
    if known is None:
        raise Http404
    try:
        withdraw_dispute(code=dispute, actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. The line is due again."))
    return HttpResponseRedirect(reverse("portal:payment", args=[known.line.request.code]))


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def evidence(request: Request, dispute: str) -> FileResponse:
    """The paper that was handed in with a dispute."""
    return dues.evidence(request.actor, dispute)


@needs(Permission.SEE_WALLET)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, plan: str) -> HttpResponse:
    """The list of goods of a prepared return; a POST agrees to it."""
    found = ReturnPlan.objects.visible_to(request.actor).filter(code=plan).select_related("request").first()
    if found is None:
        raise Http404
    may_agree = request.actor.may(Permission.EDIT_COMPANY)
    if request.method == "POST":
        if not may_agree:
            return HttpResponse(status=403)
        try:
            agree_to_return(code=plan, actor=request.actor, at=request.at)
        except NotFound as refusal:
            raise Http404 from refusal
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The warehouse writes to you before anything moves."))
        return HttpResponseRedirect(request.path)
    context = {
        "plan": found,
        "status": RETURN_PLAN[found.status],
        "lines": dues.lying(found),
        "called_off": dues.called_off_by(found),
        "may_agree": may_agree and found.status == ReturnPlan.Status.PREPARED,
    }
    return render(request, "portal/payment_return.html", context)


def _part_form(found: PaymentRequest) -> PartForm:
    return PartForm(currency=found.currency, initial={"token": secrets.token_urlsafe(16)})


def _context(request: Request, found: PaymentRequest, form: PartForm) -> dict[str, Any]:
    today = queries.today_of(found, request.at)
    lines = dues.lines_of(found)
    is_disputed = any(row["dispute"] and row["dispute"].status == Dispute.Status.OPEN for row in lines)
    return {
        "wanted": found,
        "status": dues.chip_of(found, today, is_disputed),
        "lines": lines,
        "days": dues.days_of(found),
        "payments": list(found.payments.order_by("pk")),
        "form": form,
        "owed": found.owed_minor,
        "may_pay": request.actor.may(Permission.TOP_UP),
    }
