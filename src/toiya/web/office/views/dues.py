"""What sellers owe: the record, one request, disputes to decide, the calendar, and returns to confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.billing.models import Statement
from toiya.domain.contracts.queries import local_day
from toiya.domain.contracts.rules import HOME
from toiya.domain.dues import queries
from toiya.domain.dues.actions.disputing import Decision, decide_dispute
from toiya.domain.dues.actions.requesting import (
    LineDraft,
    Wanted,
    postpone_payment,
    request_payment,
    withdraw_request,
)
from toiya.domain.dues.actions.returning import confirm_return
from toiya.domain.dues.models import Dispute, PaymentRequest, ReturnPlan
from toiya.domain.members.models import Standstill
from toiya.web.office.access import desk
from toiya.web.office.due_forms import AskForm, DecisionForm, PostponeForm
from toiya.web.shared import dues
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import RETURN_PLAN


@desk(Permission.SEE_WALLET)
@require_safe
def payments(request: Request) -> HttpResponse:
    """The record of all sellers, one view at a time; who stands still, and returns that wait."""
    today = local_day(HOME, request.at)
    view = request.GET.get("view", "open")
    view = view if view in dues.VIEWS else "open"
    page = page_of(queries.requests(request.actor, view, today), request.GET, ("-requested_at", "-id"))
    plans = ReturnPlan.objects.filter(status__in=ReturnPlan.WAITING).select_related("seller").order_by("pk")
    context = {
        "tabs": dues.tabs(request.actor, view, today),
        "page": page,
        "rows": dues.rows_of(list(page), today),
        "still": Standstill.objects.select_related("seller").order_by("since", "pk")[:50],
        "plans": plans[:50],
        "may_edit": request.actor.may(Permission.EDIT_DUES),
    }
    return render(request, "office/dues.html", context)


@desk(Permission.EDIT_DUES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask a seller for something outside the month's statement."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        lines = [LineDraft(told["subject"], told["minor"])]
        kind, currency = PaymentRequest.Kind.OTHER, told["found"].currency
        wanted = Wanted(told["subject"], currency, lines, kind, due_on=told["due_on"], remark=told["remark"])
        try:
            made = request_payment(seller_id=told["found"].pk, wanted=wanted, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"nothing_to_ask_for": "amount", "day_to_pay_off": "due_on"})
        else:
            if made.amount_minor != told["minor"]:  # an older one of these words, which stays as it is
                form.add_error("subject", form.fields["subject"].help_text)
                return render(request, "office/due_new.html", {"form": form}, status=422)
            messages.success(request, _("%(code)s is asked for.") % {"code": made.code})
            return redirect("office:due", made.code)
    return render(request, "office/due_new.html", {"form": form}, status=422 if form.errors else 200)


@desk(Permission.SEE_WALLET)
@require_safe
def payment(request: Request, code: str) -> HttpResponse:
    """One request, with what can be decided about it."""
    return _page(request, _found(request, code))


@desk(Permission.EDIT_DUES)
@require_POST
def postponing(request: Request, code: str) -> HttpResponse:
    """Give the seller more time."""
    found, form = _found(request, code), PostponeForm(request.POST)
    if form.is_valid():
        try:
            postpone_payment(code=code, **form.cleaned_data, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"day_to_pay_off": "due_on"})
        else:
            messages.success(request, _("The seller has more time. Everything goes on until then."))
            return redirect("office:due", code)
    return _page(request, found, postpone=form)


@desk(Permission.EDIT_DUES)
@require_POST
def withdrawal(request: Request, code: str) -> HttpResponse:
    """Ask no more for it."""
    _found(request, code)
    try:
        withdraw_request(code=code, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. Nothing is asked for. A bill may be asked for again, on its own page."))
    return redirect("office:due", code)


@desk(Permission.EDIT_DUES)
@require_POST
def decision(request: Request, dispute: str) -> HttpResponse:
    """Decide a dispute: credit, and the answer the seller reads."""
    known = Dispute.objects.filter(code=dispute).select_related("line__request__seller").first()
    if known is None:
        raise Http404
    found = known.line.request
    most = queries.left_of_lines(found)[known.line_id]
    form = DecisionForm(request.POST, currency=found.currency, most_minor=most, prefix=dispute)
    if form.is_valid():
        told = Decision(form.cleaned_data["credit"], form.cleaned_data["answer"])
        try:
            decide_dispute(code=dispute, decision=told, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"credit_out_of_range": "credit"})
        else:
            messages.success(request, _("Decided. The seller is told by mail."))
            return redirect("office:due", found.code)
    return _page(request, found, decision=form)


@desk(Permission.SEE_WALLET)
@require_safe
def evidence(request: Request, dispute: str) -> FileResponse:
    """The paper that was handed in with a dispute."""
    return dues.evidence(request.actor, dispute)


@desk(Permission.SEE_WALLET)
@require_safe
def calendar(request: Request) -> HttpResponse:
    """What will happen to whom on which day."""
    return render(
        request, "office/due_calendar.html", {"days": dues.calendar(request.actor, local_day(HOME, request.at))}
    )


@desk(Permission.SEE_WALLET)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, plan: str) -> HttpResponse:
    """A prepared return; a POST by whoever may confirms it."""
    found = ReturnPlan.objects.filter(code=plan).select_related("seller", "request").first()
    if found is None:
        raise Http404
    may_edit = request.actor.may(Permission.EDIT_DUES)
    if request.method == "POST":
        if not may_edit:
            return HttpResponse(status=403)
        try:
            confirm_return(code=plan, actor=request.actor, at=request.at)
        except NotFound as refusal:
            raise Http404 from refusal
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Confirmed. Give each removal below its address, then it goes to the floor."))
            return redirect("office:removals")
        return redirect("office:due-return", plan)
    context = {
        "plan": found,
        "status": RETURN_PLAN[found.status],
        "lines": dues.lying(found),
        "called_off": dues.called_off_by(found),
        "may_confirm": may_edit and found.status in ReturnPlan.WAITING,
    }
    return render(request, "office/due_return.html", context)


def _found(request: Request, code: str) -> PaymentRequest:
    rows = PaymentRequest.objects.visible_to(request.actor).filter(code=code)
    found = rows.select_related("seller").prefetch_related("steps").first()
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


def _page(request: Request, found: PaymentRequest, **forms: Any) -> HttpResponse:
    lines = dues.lines_of(found)
    for row in lines:
        dispute = row["dispute"]
        if dispute and dispute.status == Dispute.Status.OPEN:
            tried = forms.get("decision")
            mine = tried is not None and tried.prefix == dispute.code
            money = {"currency": found.currency, "most_minor": row["left"]}
            row["form"] = tried if mine else DecisionForm(**money, prefix=dispute.code)
    is_disputed = any("form" in row for row in lines)
    context = {
        "wanted": found,
        "status": dues.chip_of(found, queries.today_of(found, request.at), is_disputed),
        "lines": lines,
        "days": dues.days_of(found),
        "payments": list(found.payments.order_by("pk")),
        "owed": found.owed_minor,
        "postpone": forms.get("postpone") or PostponeForm(),
        "may_edit": request.actor.may(Permission.EDIT_DUES),
        "bill": Statement.objects.filter(seller_id=found.seller_id, code=found.subject).first(),
        "may_withdraw": found.status == PaymentRequest.Status.TO_PAY,
    }
    return render(request, "office/due.html", context, status=422 if forms else 200)
