"""The company page: what the firm told us, its certificates, and changing both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core import papers
from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.members.actions.certificates import add_certificate, withdraw_certificate
from toiya.domain.members.actions.firms import edit_company
from toiya.domain.members.models import BusinessProfile, Seller
from toiya.domain.members.queries import certificates_of
from toiya.domain.members.rules import phones
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.settings_tabs import tabs
from toiya.web.shared import firm_words, paper_files
from toiya.web.shared.access import needs
from toiya.web.shared.firm import FirmForm, TradeForm, firm_of
from toiya.web.shared.reader import Request


@needs(Permission.SEE_COMPANY)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: Request) -> HttpResponse:
    """See the firm; whoever may change it does so on the same page."""
    seller = shop_of(request)
    profile: BusinessProfile | None = BusinessProfile.objects.visible_to(request.actor).first()
    may_edit = request.actor.may(Permission.EDIT_COMPANY) and seller.kind == Seller.Kind.BUSINESS
    if request.method == "POST" and not may_edit:
        return HttpResponse(status=405 if request.actor.may(Permission.EDIT_COMPANY) else 403)
    sent = request.POST if request.method == "POST" else None
    firm = FirmForm(sent, country=seller.country, initial=_kept(profile))
    trade = TradeForm(sent, initial=_kept(profile))
    if sent is not None and firm.is_valid() and trade.is_valid():
        return _saved(request, seller, firm, trade)
    context = {
        "tabs": tabs(request.actor, "portal:company"),
        "seller": seller,
        "country": firm_words.country_word(seller.country),
        "profile": profile,
        "may_edit": may_edit,
        "form": firm,
        "trade": trade,
        "paper_form": paper_files.PapersForm(),
        "facts": _facts(profile),
        "certificates": certificates_of(request.actor, seller),
        "has_errors": bool(firm.errors or trade.errors) if sent is not None else False,
    }
    return render(request, "portal/company.html", context, status=422 if context["has_errors"] else 200)


def _saved(request: Request, seller: Seller, firm: FirmForm, trade: TradeForm) -> HttpResponse:
    changed = edit_company(seller_id=seller.pk, firm=firm_of(firm, trade), actor=request.actor, at=request.at)
    if firm.remark:
        messages.warning(request, firm.remark)
    messages.success(request, _("Company saved.") if changed else _("Nothing was changed."))
    return HttpResponseRedirect(reverse("portal:company"))


def _kept(profile: BusinessProfile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    names = [*FirmForm.base_fields, *TradeForm.base_fields]
    kept = {name: getattr(profile, name) for name in names if name != "country"}
    return {**kept, "phone": phones.for_people(profile.phone)}


def _facts(profile: BusinessProfile | None) -> list[tuple[Any, Any]]:
    """What a reader sees who may not change it."""
    if profile is None:
        return []
    fields = FirmForm.base_fields
    return [
        (fields["company_name"].label, profile.company_name),
        (fields["company_name_en"].label, profile.company_name_en),
        (fields["address"].label, profile.address),
        (fields["address_en"].label, profile.address_en),
        (fields["phone"].label, phones.for_people(profile.phone)),
        (fields["industry"].label, firm_words.words(firm_words.INDUSTRIES, profile.industry)),
        (fields["business_type"].label, firm_words.words(firm_words.BUSINESS_TYPES, profile.business_type)),
        (fields["registration_number"].label, profile.registration_number or "–"),
    ]


@needs(Permission.EDIT_COMPANY)
@for_sellers
@require_POST
def add(request: Request) -> HttpResponse:
    """Hand a certificate in; each file is judged by itself, and one bad one does not lose the others."""
    seller = shop_of(request)
    files = request.FILES.getlist("certificates")
    if not files:
        messages.warning(request, _("Choose a file first."))
    for file in files:
        try:
            for paper in paper_files.take(request, [file]):
                _add_one(request, seller, paper)
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("portal:company"))


def _add_one(request: Request, seller: Seller, paper: papers.StoredPaper) -> None:
    try:
        add_certificate(seller_id=seller.pk, paper=paper, actor=request.actor, at=request.at)
    except Refusal:
        papers.throw_away(paper.storage_key)
        raise
    messages.success(request, _("%(name)s is added.") % {"name": paper.file_name})


@needs(Permission.SEE_COMPANY)
@for_sellers
@require_safe
def certificate(request: Request, code: str) -> FileResponse:
    """One certificate, as a file to keep."""
    return paper_files.show(request, code)


@needs(Permission.EDIT_COMPANY)
@for_sellers
@require_POST
def withdrawal(request: Request, code: str) -> HttpResponse:
    """A certificate no longer holds."""
    withdraw_certificate(code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The certificate is withdrawn. It stays on record."))
    return HttpResponseRedirect(reverse("portal:company"))
