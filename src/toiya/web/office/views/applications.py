"""Applications of sellers: the queue, and deciding on one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members import queue
from toiya.domain.members.actions import approving
from toiya.domain.members.models import Application
from toiya.domain.members.rules.approval import MOST_LETTERS
from toiya.web.office import applications as reading
from toiya.web.office.access import desk
from toiya.web.shared.firm_words import country_word
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

_S = Application.Status
VIEWS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "waiting": (gettext_lazy("To decide"), (_S.WAITING,)),
    "asked": (gettext_lazy("Question open"), (_S.ASKED,)),
    "decided": (gettext_lazy("Decided"), (_S.APPROVED, _S.REJECTED)),
}


@desk(Permission.APPROVE_SELLERS)
@require_safe
def applications(request: Request) -> HttpResponse:
    """The queue, oldest first; what was decided, newest first."""
    view = request.GET.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    country = request.GET.get("country", "")[:2].upper().replace("\x00", "")
    found = Application.objects.visible_to(request.actor).filter(status__in=VIEWS[view][1]).select_related("seller")
    countries = sorted(set(found.order_by().values_list("seller__country", flat=True).distinct()))
    if country:
        found = found.filter(seller__country=country)
    order = ("-submitted_at", "-id") if view == "decided" else ("submitted_at", "id")
    page = page_of(found, request.GET, order)
    context = {
        "page": page,
        "rows": reading.rows_of(page.rows, request.at),
        "view": view,
        "tabs": [
            {"label": label, "url": f"?view={name}", "count": None, "current": name == view}
            for name, (label, _states) in VIEWS.items()
        ],
        "country": country,
        "countries": [(code, country_word(code)) for code in countries],
        "typical": queue.typical_wait(),
    }
    template = "office/applications.html#list" if request.htmx else "office/applications.html"
    return render(request, template, context)


def _page(request: Request, code: str, typed: dict[str, str], trouble: str = "", field: str = "") -> HttpResponse:
    found = Application.objects.visible_to(request.actor).select_related("seller").filter(code=code).first()
    if found is None:
        raise NotFound(kind=_("application"), code=code)
    context = reading.read(found, request.actor, request.at) | {
        "typed": typed,
        "trouble": trouble,
        "field": field,
        "most": MOST_LETTERS,
        "services": Application.Service.choices,
        "is_open": found.status in {_S.WAITING, _S.ASKED},
    }
    return render(request, "office/application.html", context, status=422 if trouble else 200)


@desk(Permission.APPROVE_SELLERS)
@require_safe
def application(request: Request, code: str) -> HttpResponse:
    """One application: answers, firm, papers, what does not add up, and the three ways to decide."""
    return _page(request, code, {})


@desk(Permission.APPROVE_SELLERS)
@require_POST
def approval(request: Request, code: str) -> HttpResponse:
    """Approve, with the service granted."""
    service = request.POST.get("service", "")
    approving.approve_application(application_code=code, service=service, actor=request.actor, at=request.at)
    messages.success(request, _("%(code)s is approved. The seller is told by mail.") % {"code": code})
    return redirect("office:applications")


@desk(Permission.APPROVE_SELLERS)
@require_POST
def question(request: Request, code: str) -> HttpResponse:
    """Ask the seller something first."""
    text = request.POST.get("question", "")
    try:
        approving.ask_seller(application_code=code, question=text, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _text_refused(request, code, "question", text, refusal)
    messages.success(request, _("Asked. The application comes back to its place when the seller answers."))
    return redirect("office:applications")


@desk(Permission.APPROVE_SELLERS)
@require_POST
def rejection(request: Request, code: str) -> HttpResponse:
    """Decline with a reason."""
    text = request.POST.get("reason", "")
    try:
        approving.reject_application(application_code=code, reason=text, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _text_refused(request, code, "reason", text, refusal)
    messages.success(request, _("%(code)s is not approved. The seller reads your reason.") % {"code": code})
    return redirect("office:applications")


def _text_refused(request: Request, code: str, field: str, text: str, refusal: Refusal) -> HttpResponse:
    """What is wrong with the text stands at the text; everything else is a page of its own."""
    if refusal.code not in {"nothing_written", "text_too_long", "unseen_characters"}:
        raise refusal
    return _page(request, code, {field: text}, str(refusal), field)
