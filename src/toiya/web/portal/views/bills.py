"""Bills: the month that runs, past months, one bill line by line, and everything to check and keep it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.billing import papers, queries
from toiya.domain.billing.models import Invoice, Statement
from toiya.domain.billing.rules import months
from toiya.web.portal import money_tabs
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.shared import bill_lines
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.reader import Request


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def bills(request: Request) -> HttpResponse:
    """What this month costs so far (L21), months that are not closed yet, and the closed ones."""
    seller, this = shop_of(request), months.month_at(request.at)
    running = queries.running(seller, this)
    closed = queries.statements_of(request.actor).exclude(status=Statement.Status.RUNNING)
    context = {
        "money": money_tabs.tabs(request.actor, "portal:bills"),
        "running": running,
        "kinds": bill_lines.draft_kinds(running),
        "so_far": running.totals.total + running.storage_minor,
        "closes_on": months.closes_on(this),
        "waiting": queries.statements_of(request.actor).filter(status=Statement.Status.RUNNING, month__lt=this),
        "page": page_of(closed, request.GET, ("-month", "-id")),
    }
    return render(request, "portal/bills.html", context)


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def bill(request: Request, code: str) -> HttpResponse:
    """One closed bill by kind, and its lines with formula and entries; a running one is on the list."""
    statement = _bill(request, code)
    if statement.status == Statement.Status.RUNNING:
        return redirect("portal:bills")
    page = bill_lines.page(request, statement)
    context = {
        "bill": statement,
        "kinds": bill_lines.kinds(statement),
        "kind": request.GET.get("kind", ""),
        "page": page,
        "rows": bill_lines.rows(page.rows),
        "papers": Invoice.objects.filter(statement=statement).order_by("pk"),
        "after": bill_lines.after(statement),
        "digest": [statement.inputs_hash[start : start + 8] for start in range(0, 64, 8)],
    }
    return render(request, "portal/bill.html", context)


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def inputs(request: Request, code: str) -> HttpResponse:
    """What the bill was made of, as JSON (D-01)."""
    return bill_lines.inputs_file(_bill(request, code))


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def checker(_request: Request) -> HttpResponse:
    """The stand-alone program that does the sums of a bill again (D-01)."""
    return bill_lines.checker_file()


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def lines(request: Request, code: str) -> HttpResponse:
    """The lines as a CSV file."""
    return bill_lines.lines_file(_bill(request, code), request.GET.get("encoding", ""))


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def paper(request: Request, code: str, number: str) -> HttpResponse:
    """An invoice or credit note of the bill as PDF."""
    found = Invoice.objects.visible_to(request.actor).filter(number=number, statement__code=code)
    invoice = found.select_related("seller", "statement", "refers_to").first()
    if invoice is None:
        raise Http404
    return as_pdf(papers.invoice_paper(invoice), invoice.number)


def _bill(request: Request, code: str) -> Statement:
    found: Statement | None = queries.statements_of(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found
