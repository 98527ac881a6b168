"""Bills of all sellers: months to close, each bill line by line, and who writes the invoices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.billing import queries
from toiya.domain.billing.actions.closing import close_statement
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.actions.issuing import set_issuer
from toiya.domain.billing.models import Invoice, Statement
from toiya.domain.billing.rules import months
from toiya.domain.dues.actions.bills import ask_again
from toiya.web.office.access import desk
from toiya.web.office.bill_forms import IssuerForm
from toiya.web.shared import bill_lines
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.tabs import view_tabs

Status = Statement.Status


@desk(Permission.BILL_SELLERS)
@require_safe
def bills(request: Request) -> HttpResponse:
    """Months that are over and not closed, those that run, or the closed ones."""
    view, this = request.GET.get("view", "to_close"), months.month_at(request.at)
    rows = queries.statements_of(request.actor)
    rows = {
        "running": rows.filter(status=Status.RUNNING, month__gte=this),
        "unpaid": rows.filter(status=Status.CLOSED),
        "closed": rows.exclude(status=Status.RUNNING),
    }.get(view, rows.filter(status=Status.RUNNING, month__lt=this))
    context = {
        "page": page_of(rows, request.GET, ("-month", "-id")),
        "view": view,
        "tabs": _tabs(view),
        "issuer": queries.newest_issuer(),
    }
    return render(request, "office/bills.html", context)


@desk(Permission.BILL_SELLERS)
@require_safe
def bill(request: Request, code: str) -> HttpResponse:
    """One bill; the lines of a closed one."""
    statement = _bill(request, code)
    page = bill_lines.page(request, statement)
    context = {
        "bill": statement,
        "kinds": bill_lines.kinds(statement),
        "kind": request.GET.get("kind", ""),
        "page": page,
        "rows": bill_lines.rows(page.rows),
        "papers": Invoice.objects.filter(statement=statement).order_by("pk"),
        "is_running": statement.status == Status.RUNNING,
        "after": bill_lines.after(statement),
        "may_ask": request.actor.may(Permission.EDIT_DUES),
    }
    return render(request, "office/bill.html", context)


@desk(Permission.BILL_SELLERS)
@require_POST
def closing(request: Request, code: str) -> HttpResponse:
    """Close a month that is over, before its day if need be."""
    try:
        statement = close_statement(code=code, actor=request.actor, at=request.at)
    except NotFound as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:bills")
    messages.success(request, _("%(code)s is closed.") % {"code": statement.code})
    return redirect("office:bill", statement.code)


@desk(Permission.BILL_SELLERS)
@require_POST
def invoicing(request: Request, code: str) -> HttpResponse:
    """Write the invoice of a closed bill, if it has none."""
    try:
        invoice = issue_invoice(code=code, actor=request.actor, at=request.at)
    except NotFound as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:bill", code)
    return redirect("office:invoice", invoice.number)


@desk(Permission.EDIT_DUES)
@require_POST
def asking(request: Request, code: str) -> HttpResponse:
    """Ask once more for a bill whose request was withdrawn."""
    try:
        made = ask_again(code=code, actor=request.actor, at=request.at)
    except NotFound as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:bill", code)
    if made is None:
        messages.success(request, _("Everything was credited meanwhile. The bill is paid."))
        return redirect("office:bill", code)
    messages.success(request, _("%(code)s is asked for.") % {"code": made.code})
    return redirect("office:due", made.code)


@desk(Permission.BILL_SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def issuer(request: Request) -> HttpResponse:
    """How the operator stands on invoices from now on."""
    known = queries.newest_issuer()
    names = ("name", "address", "country", "registration_number", "is_sole_trader")
    initial = {name: getattr(known, name) for name in names} if known else None
    form = IssuerForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            set_issuer(firm=form.firm, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"issuer_number_off": "registration_number"})
        else:
            messages.success(request, _("Invoices say so from now on."))
            return redirect("office:bills")
    return render(request, "office/bill_issuer.html", {"form": form}, status=422 if form.errors else 200)


@desk(Permission.BILL_SELLERS)
@require_safe
def inputs(request: Request, code: str) -> HttpResponse:
    """What the bill was made of."""
    return bill_lines.inputs_file(_bill(request, code))


def _bill(request: Request, code: str) -> Statement:
    found: Statement | None = queries.statements_of(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _tabs(view: str) -> list[dict[str, Any]]:
    words = {"to_close": _("To close"), "running": _("Running"), "unpaid": _("To be paid"), "closed": _("Closed")}
    return view_tabs(words, view)
