"""Answers for one field while a form is filled, and the documents one agrees to."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.domain.members.rules import countries, documents, phones, registration
from toiya.web.shared import firm_words
from toiya.web.shared.access import open_to_all
from toiya.web.shared.firm import PROBLEMS, REMARKS
from toiya.web.shared.reader import Request


@open_to_all("rules of forms; nobody's data is looked at")
@require_POST
def looks(request: Request) -> HttpResponse:
    """How one value looks: a phone, a registration number, what follows from a country."""
    look = {"phone": _phone, "registration_number": _number, "country": _country}.get(request.POST.get("look", ""))
    if look is None:
        raise Http404
    return render(request, "door/live.html", look(request))


def _good(text: str) -> dict[str, Any]:
    return {"kind": "done", "icon": "circle-check", "text": text}


def _bad(text: str, kind: str = "stop") -> dict[str, Any]:
    return {"kind": kind, "icon": "octagon-x" if kind == "stop" else "info", "text": text}


def _phone(request: Request) -> dict[str, Any]:
    typed = request.POST.get("phone", "")
    region = request.POST.get("country", "") or phones.REGION_OF_LANGUAGE.get(get_language() or "", "")
    found = phones.international(typed, region)
    if found:
        land = firm_words.country_word(phones.region_of(found))
        return _good(f"{phones.for_people(found)} ({land})" if land else phones.for_people(found))
    words = _("No phone has this number. Write it with country code, like +81 90 1234 5678.")
    return _bad(words) if typed.strip() else {}


def _number(request: Request) -> dict[str, Any]:
    typed = request.POST.get("registration_number", "")
    if not typed.strip():
        return {}
    is_sole_trader = bool(request.POST.get("is_sole_trader"))
    verdict = registration.judge(request.POST.get("country", ""), typed, is_sole_trader=is_sole_trader)
    if verdict.problem:
        return _bad(str(PROBLEMS[verdict.problem]))
    if verdict.remark:
        return _bad(str(REMARKS[verdict.remark]), "wait")
    return _good(_("%(number)s is well formed.") % {"number": verdict.clean})


def _country(request: Request) -> dict[str, Any]:
    country = request.POST.get("country", "")
    if country not in phones.regions():
        return {}
    words = _("All charges are made in %(currency)s.")
    return _good(words % {"currency": countries.currency_of(country)})


@open_to_all("what one agrees to must be read before")
@require_safe
def document(request: Request, name: str) -> HttpResponse:
    """A document in the reader's language, with its version."""
    if name not in documents.VERSIONS:
        raise Http404
    layout = "toiya/shell.html" if request.actor else "toiya/door.html"
    context = {"version": documents.VERSIONS[name], "layout": layout, "name": name}
    return render(request, f"door/documents/{name}.html", context)
