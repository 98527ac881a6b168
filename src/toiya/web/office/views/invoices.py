"""Invoices and credit notes: found by date, amount and partner, as papers, as a file for accounting; giving back."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.core.sheet_files import CSV
from toiya.domain.billing import books, papers, queries
from toiya.domain.billing.actions.noting import Giving
from toiya.domain.billing.models import Invoice
from toiya.domain.billing.rules import taxes
from toiya.domain.dues.actions.crediting import issue_credit_note
from toiya.web.office.access import desk
from toiya.web.office.bill_forms import CreditForm, InvoiceFilter
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.reader import Request


@desk(Permission.BILL_SELLERS)
@require_safe
def invoices(request: Request) -> HttpResponse:
    """All papers, the newest first, by what was asked for."""
    form = InvoiceFilter(request.GET or None)
    form.is_valid()
    page = page_of(queries.invoices(request.actor, form.wanted), request.GET, ("-id",))
    asked = request.GET.copy()
    asked.pop("at", None)
    return render(request, "office/invoices.html", {"form": form, "page": page, "asked": asked.urlencode()})


@desk(Permission.BILL_SELLERS)
@require_safe
def accounting(request: Request) -> HttpResponse:
    """The same papers as a CSV file, in UTF-8 or Shift-JIS."""
    form = InvoiceFilter(request.GET)
    form.is_valid()
    found = queries.invoices(request.actor, form.wanted).order_by("pk").iterator(2000)
    content = books.accounting_file(found, request.GET.get("encoding", ""))
    return HttpResponse(
        content, content_type=CSV, headers={"Content-Disposition": 'attachment; filename="invoices.csv"'}
    )


@desk(Permission.BILL_SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def invoice(request: Request, number: str) -> HttpResponse:
    """One paper, the notes against it, and the form to give a part of it back."""
    found = _paper(request, number)
    left = queries.left_to_give(found) if found.kind == Invoice.Kind.INVOICE else {}
    percents = [percent for percent, minor in left.items() if minor > 0]
    told = request.POST if request.method == "POST" else None
    initial = {"token": secrets.token_urlsafe(16)}
    form = CreditForm(told, currency=found.currency, percents=percents, initial=initial)
    if form.is_bound and form.is_valid() and (note := _give_back(request, found, form)) is not None:
        messages.success(
            request,
            _("%(number)s is written: what was paid is in the wallet, the rest is owed no more.")
            % {"number": note.number},
        )
        return redirect("office:invoice", found.number)
    context = {
        "invoice": found,
        "form": form if percents else None,
        "left": list(left.items()),
        "notes": [(note, taxes.needs_note(note.total_minor, note.currency)) for note in found.notes.order_by("pk")],
    }
    return render(request, "office/invoice.html", context, status=422 if form.errors else 200)


@desk(Permission.BILL_SELLERS)
@require_safe
def paper(request: Request, number: str) -> HttpResponse:
    """The paper as PDF, in its seller's language."""
    return as_pdf(papers.invoice_paper(_paper(request, number)), number)


def _give_back(request: Request, found: Invoice, form: CreditForm) -> Invoice | None:
    told = form.cleaned_data
    line = told["line"] or 0
    giving = Giving(found.number, told["percent"], told["amount"], told["reason"], told["token"], line)
    try:
        return issue_credit_note(giving=giving, actor=request.actor, at=request.at)
    except Refusal as refusal:
        put_refusal(form, refusal, {"credit_too_high": "amount"})
        return None


def _paper(request: Request, number: str) -> Invoice:
    rows = Invoice.objects.visible_to(request.actor).select_related("seller", "statement", "refers_to")
    found: Invoice | None = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found
