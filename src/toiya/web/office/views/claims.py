"""The claims desk, by deadline: filing, accepting within the cap, declining with a reason, paying, exporting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.codes import folded
from toiya.core.errors import Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.claims import papers, queries
from toiya.domain.claims.actions.deciding import accept_claim, decline_claim, file_claim, pay_claim
from toiya.domain.claims.models import Claim
from toiya.domain.outbound.models import Parcel
from toiya.web.office.access import desk
from toiya.web.shared import claim_pages
from toiya.web.shared.amounts import major
from toiya.web.shared.claim_opening import About, open_from_form
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.paging import page_of
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.reader import Request
from toiya.web.shared.sheet_files import xlsx
from toiya.web.shared.statuses import CLAIM
from toiya.web.shared.tabs import view_tabs

Status = Claim.Status
MOST_ROWS = 10_000
MOST_PARCELS = 50


@desk(Permission.JUDGE_CLAIMS)
@require_safe
def claims(request: Request) -> HttpResponse:
    """Claims of a view, the nearest deadline first."""
    view = _view(request)
    page = page_of(queries.desk(request.actor, view), request.GET, ("due_on", "id"))
    context = {
        "page": page,
        "rows": [(claim, CLAIM[claim.status], claim_pages.carrier_word(claim.carrier)) for claim in page],
        "tabs": _tabs(view),
        "view": view,
        "today": request.at.astimezone(HOME_ZONE).date(),
    }
    return render(request, "office/claims.html", context)


def _view(request: Request) -> str:
    view = request.GET.get("view", "todo")
    return view if view in queries.VIEWS else "todo"


def _tabs(view: str) -> list[dict[str, Any]]:
    words = {
        "todo": _("To do"),
        "carrier": _("To file with carriers"),
        "filed": _("To decide"),
        "to_pay": _("To pay out"),
        "over": _("Over"),
    }
    return view_tabs(words, view)


@desk(Permission.JUDGE_CLAIMS)
@require_safe
def export(request: Request) -> HttpResponse:
    """The view as a workbook."""
    headings = [
        *(_("Claim"), _("Seller"), _("What happened"), _("Who pays"), _("State"), _("Order"), _("Tracking number")),
        *(_("Value"), _("Cap"), _("Accepted"), _("Currency"), _("Until"), _("Reason")),
    ]
    found = queries.desk(request.actor, _view(request)).order_by("due_on", "id")[:MOST_ROWS]
    return xlsx("claims.xlsx", headings, (_row(claim) for claim in found))


def _row(claim: Claim) -> list[Any]:
    return [
        claim.code,
        claim.seller.name,
        str(claim.get_kind_display()),
        str(claim.get_payer_display()),
        str(claim.get_status_display()),
        claim.order.code if claim.order else "",
        claim.facts.get("tracking_number", ""),
        major(claim.value_minor, claim.currency),
        "" if claim.cap_minor is None else major(claim.cap_minor, claim.currency),
        major(claim.accepted_minor, claim.currency) if claim.accepted_minor else "",
        claim.currency,
        claim.due_on,
        claim.reason,
    ]


@desk(Permission.JUDGE_CLAIMS)
@require_safe
def claim(request: Request, code: str) -> HttpResponse:
    """One claim, and what may be done with it."""
    return _page(request, code)


@desk(Permission.JUDGE_CLAIMS)
@require_POST
def decision(request: Request, code: str) -> HttpResponse:
    """File it, accept it with an amount, decline it with a ground, or pay it out: the button says which."""
    acts = {"file": _file, "accept": _accept, "decline": _decline, "pay": _pay}
    act = acts.get(request.POST.get("decision", ""))
    try:
        if act is not None:
            messages.success(request, act(request, code))
    except Refusal as refusal:
        return _page(request, code, refusal)
    return redirect("office:claim", code)


def _file(request: Request, code: str) -> str:
    file_claim(claim_code=code, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at)
    return _("%(code)s is filed.") % {"code": code}


def _accept(request: Request, code: str) -> str:
    accept_claim(
        claim_code=code,
        amount_minor=claim_pages.minor_typed(request, code, "amount", _("Amount")),
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        at=request.at,
    )
    return _("%(code)s is accepted. Pay it out next.") % {"code": code}


def _decline(request: Request, code: str) -> str:
    decline_claim(
        claim_code=code,
        ground=request.POST.get("ground", "")[:20],
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        at=request.at,
    )
    return _("%(code)s is declined. The seller reads your reason.") % {"code": code}


def _pay(request: Request, code: str) -> str:
    pay_claim(claim_code=code, actor=request.actor, at=request.at)
    return _("%(code)s is paid into the seller's wallet.") % {"code": code}


@desk(Permission.JUDGE_CLAIMS)
@require_POST
def evidence(request: Request, code: str) -> HttpResponse:
    """Add pictures or papers."""
    try:
        kept = claim_pages.keep_evidence(request, code)
    except Refusal as refusal:
        return _page(request, code, refusal)
    messages.success(request, _("Files added: %(count)s") % {"count": kept})
    return redirect("office:claim", code)


@desk(Permission.JUDGE_CLAIMS)
@require_POST
def value(request: Request, code: str) -> HttpResponse:
    """Say what a piece is worth."""
    try:
        claim_pages.correct(request, code)
    except Refusal as refusal:
        return _page(request, code, refusal)
    messages.success(request, _("Saved."))
    return redirect("office:claim", code)


@desk(Permission.JUDGE_CLAIMS)
@require_safe
def file(request: Request, code: str, file: int) -> FileResponse:
    """A picture or paper that was added."""
    return claim_pages.show_file(request, code, file)


@desk(Permission.JUDGE_CLAIMS)
@require_safe
def paper(request: Request, code: str) -> HttpResponse:
    """The claim as it is handed to the carrier."""
    found = queries.claim_of(request.actor, code)
    return as_pdf(papers.claim_paper(found, claim_pages.carrier_word(found.carrier)), found.code)


@desk(Permission.JUDGE_CLAIMS)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: Request) -> HttpResponse:
    """Open a claim for a seller that does not know of the damage yet: name the parcel, SKU or order, then tell."""
    asked = folded((request.POST.get("about") or request.GET.get("about", "")).replace("\x00", ""))[:40]
    about = _about(request, asked)
    trouble: Any = ""
    if request.method == "POST" and about is not None:
        try:
            made = open_from_form(request, about)
        except Refusal as refusal:
            trouble = refusal
        else:
            messages.success(request, _("%(code)s is opened. Add pictures; the seller is told.") % {"code": made.code})
            return redirect("office:claim", made.code)
    parcels = _parcels_of(request, asked) if asked and about is None else []
    if asked and about is None and not parcels:
        trouble = _("“%(asked)s” is no parcel, SKU or order that left. Enter another code.") % {"asked": asked}
    context = {"asked": asked, "parcels": parcels, "trouble": trouble, "typed": request.POST}
    context |= about.shown(request, trouble) if about else {}
    return render(request, "office/claim_new.html", context, status=422 if trouble else 200)


def _about(request: Request, asked: str) -> About | None:
    parcel = Parcel.objects.visible_to(request.actor).select_related("order", "seller").filter(code=asked).first()
    if parcel is not None:
        return About(parcel=parcel)
    sku = Sku.objects.visible_to(request.actor).select_related("seller").filter(code=asked).first()
    return About(sku=sku) if sku is not None else None


def _parcels_of(request: Request, asked: str) -> list[Parcel]:
    found = Parcel.objects.visible_to(request.actor).filter(order__code=asked, shipped_at__isnull=False)
    return list(found.order_by("pk")[:MOST_PARCELS])


def _page(request: Request, code: str, trouble: Refusal | None = None) -> HttpResponse:
    page = claim_pages.read(request, code)
    context = {
        "page": page,
        "claim": page.claim,
        "trouble": trouble,
        "may_decide": page.claim.desk_opener != request.actor.id,
        "grounds": Claim.Ground.choices,
        "typed": request.POST,
        "may_value": page.is_open,
        "may_add": page.is_open,
        "file_url": "office:claim-file",
        "photo_url": "office:parcel-photo",
        "order_url": "office:order",
    }
    return render(request, "office/claim.html", context, status=422 if trouble else 200)
