"""Carriers: files to make and files that came back, services by their dates, what was agreed, one label's history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.carriers import file_queries
from toiya.domain.carriers.actions.answers import hand_in_answer
from toiya.domain.carriers.actions.files import FileWish, make_file
from toiya.domain.carriers.actions.terms import offer_service, set_contract
from toiya.domain.carriers.actions.voiding import reprint_label
from toiya.domain.carriers.models import AnswerRow
from toiya.domain.carriers.offers import offers
from toiya.domain.outbound.actions.voiding import void_parcel_label
from toiya.web.office.access import desk
from toiya.web.office.carrier_forms import AnswerForm, ContractForm, OfferForm
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import ANSWER_ROW

MOST = 20
PRINTERS = {"zpl203": 203, "zpl300": 300}  # dots an inch; everything else is a PDF


@desk(Permission.RELEASE_WAVES)
@require_http_methods(["GET", "HEAD", "POST"])
def carriers(request: Request) -> HttpResponse:
    """What waits for files, and the form for a file that came back; a POST hands one in."""
    desks = file_queries.desks()
    is_post = request.method == "POST"
    form = AnswerForm(desks, request.POST if is_post else None, request.FILES if is_post else None)
    if form.is_bound and form.is_valid():
        try:
            answer = hand_in_answer(draft=form.draft(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("office:carrier-answer", code=answer.code)
    context: dict[str, Any] = {
        "desks": desks,
        "form": form,
        "files": file_queries.newest_files(MOST),
        "answers": file_queries.newest_answers(MOST),
        "lost": file_queries.maybe_lost(request.actor, MOST),
        "may_agree": request.actor.may(Permission.MEND_JOBS),
    }
    return render(request, "office/carriers.html", context, status=422 if form.errors else 200)


@desk(Permission.RELEASE_WAVES)
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: Request) -> HttpResponse:
    """Every service with what it takes and since when; a POST offers one more of the catalogue."""
    known = offers()
    may_offer = request.actor.may(Permission.MEND_JOBS)
    is_post = request.method == "POST" and may_offer
    form = OfferForm([each.code for each in known], request.POST if is_post else None)
    if form.is_bound and form.is_valid():
        code, price = form.cleaned_data["service"], form.cleaned_data["price_minor"]
        offer_service(service_code=code, price_minor=price, actor=request.actor, at=request.at)
        messages.success(request, _("The service can be chosen now."))
        return redirect("office:carrier-services")
    today = request.at.date()
    rows = [
        {"offer": each, "terms": terms, "is_now": terms is each.on(today), "slots": sorted(terms.slots)}
        for each in known
        for terms in reversed(each.terms)
    ]
    context = {"rows": rows, "form": form, "may_offer": may_offer}
    return render(request, "office/carrier_services.html", context, status=422 if form.errors else 200)


@desk(Permission.RELEASE_WAVES)
@require_POST
def files(request: Request) -> HttpResponse:
    """Write the labels that wait into a file."""
    wish = FileWish(request.POST.get("carrier", ""), request.POST.get("layout", ""))
    made = make_file(wish=wish, actor=request.actor, at=request.at)
    words = ngettext("%(code)s holds %(rows)s parcel.", "%(code)s holds %(rows)s parcels.", made.rows)
    messages.success(request, words % {"code": made.code, "rows": made.rows})
    if made.left_out:
        messages.warning(request, _("Some parcels could not be written. They are listed with the file."))
    return redirect("office:carriers")


@desk(Permission.RELEASE_WAVES)
@require_safe
def file(request: Request, code: str) -> HttpResponse:  # noqa: ARG001
    """The bytes of a file, the same at every download."""
    found = file_queries.file_of(code)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return HttpResponse(bytes(found.content), content_type="text/csv; charset=cp932", headers=headers)


@desk(Permission.RELEASE_WAVES)
@require_safe
def answer(request: Request, code: str) -> HttpResponse:
    """What became of each row of a file that came back."""
    found, counts = file_queries.answer_of(code)
    rows = AnswerRow.objects.filter(answer=found).select_related("label__seller")
    page = page_of(rows.defer("label__document"), request.GET, ("place", "id"))
    context = {
        "answer": found,
        "page": page,
        "rows": [{"row": row, "status": ANSWER_ROW[row.outcome]} for row in page.rows],
        "counts": [(ANSWER_ROW[outcome], number) for outcome, number in sorted(counts.items())],
        "is_open": bool(counts[AnswerRow.Outcome.OPEN]),
    }
    return render(request, "office/carrier_answer.html", context)


@desk(Permission.MEND_JOBS)
@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: Request, name: str) -> HttpResponse:
    """What was agreed with a carrier."""
    found = file_queries.desk_of(name)
    form = ContractForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            set_contract(contract=form.draft(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. Labels wanted from now on follow it."))
            return redirect("office:carriers")
    context = {"desk": found, "form": form}
    return render(request, "office/carrier_contract.html", context, status=422 if form.errors else 200)


@desk(Permission.RELEASE_WAVES)
@require_safe
def parcel(request: Request, code: str) -> HttpResponse:
    """One label: its prints, its files, cancelled numbers and scans."""
    return _parcel(request, code)


def _parcel(request: Request, code: str, trouble: Any = "") -> HttpResponse:
    label = file_queries.history_of(request.actor, code)
    context = {
        "label": label,
        "order": label.shipment.get("order_code", ""),
        "scans": sorted(label.scans.all(), key=lambda scan: scan.happened_at, reverse=True),
        "trouble": trouble,
        "is_made": label.status == label.Status.BOUGHT,
    }
    return render(request, "office/carrier_parcel.html", context, status=422 if trouble else 200)


@desk(Permission.RELEASE_WAVES)
@require_POST
def reprint(request: Request, code: str) -> HttpResponse:
    """The label once more, with a reason."""
    try:
        reason = request.POST.get("reason", "")
        dots = PRINTERS.get(request.POST.get("paper", ""), 0)
        document = reprint_label(parcel=code, reason=reason, dots_an_inch=dots, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _parcel(request, code, refusal)
    if dots:
        headers = {"Content-Disposition": f'attachment; filename="{code}.zpl"'}
        return HttpResponse(document, content_type="application/octet-stream", headers=headers)
    headers = {"Content-Disposition": f'inline; filename="{code}.pdf"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@desk(Permission.RELEASE_WAVES)
@require_POST
def voiding(request: Request, code: str) -> HttpResponse:
    """Cancel a label for good; another one is made."""
    try:
        reason = request.POST.get("reason", "")
        void_parcel_label(parcel_code=code, reason=reason, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _parcel(request, code, refusal)
    messages.success(request, _("The label is cancelled. Another one is made."))
    return redirect("office:carrier-parcel", code=code)
