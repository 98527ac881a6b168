"""What a seller does with a file: name its columns, mend cells, apply, undo, throw away; and the files handed out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.domain.imports.actions.applying import want_applying
from toiya.domain.imports.actions.handing_in import name_columns, throw_away
from toiya.domain.imports.actions.mending import Mend, mend_cells
from toiya.domain.imports.actions.rereading import Choice, choose_reading
from toiya.domain.imports.actions.undoing import want_undo
from toiya.domain.imports.papers import HandedOut, rows_to_mend, template
from toiya.web.portal.access import for_sellers
from toiya.web.portal.views.imports import MAY, kind_or_404, session_of
from toiya.web.shared.access import needs
from toiya.web.shared.formats import number as shown
from toiya.web.shared.reader import Request


def _back(code: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("portal:import", args=[code]))


@needs(*MAY)
@for_sellers
@require_POST
def columns(request: Request, code: str) -> HttpResponse:
    """Say which column is what."""
    session_of(request.actor, code)
    meanings = {
        int(name.removeprefix("column-")): str(value)
        for name, value in request.POST.items()
        if name.startswith("column-") and name.removeprefix("column-").isdecimal() and value
    }
    name_columns(session_code=code, meanings=meanings, actor=request.actor, at=request.at)
    return _back(code)


@needs(*MAY)
@for_sellers
@require_POST
def reading(request: Request, code: str) -> HttpResponse:
    """Have the file read anew, in another encoding or another sheet of it."""
    session_of(request.actor, code)
    choice = Choice(request.POST.get("encoding", ""), request.POST.get("sheet", ""))
    choose_reading(session_code=code, choice=choice, actor=request.actor, at=request.at)
    return _back(code)


@needs(*MAY)
@for_sellers
@require_POST
def mends(request: Request, code: str) -> HttpResponse:
    """Put another value in one cell, or in all that hold the same."""
    session_of(request.actor, code)
    number = request.POST.get("number", "")
    mend = Mend(
        column=request.POST.get("column", ""),
        old=request.POST.get("old", ""),
        new=request.POST.get("new", "")[:1000],
        number=int(number) if number.isdecimal() and len(number) < 9 else 0,
    )
    rows = mend_cells(session_code=code, mend=mend, actor=request.actor, at=request.at)
    told = ngettext("Mended in %(rows)s row.", "Mended in %(rows)s rows.", rows)
    messages.success(request, told % {"rows": shown(rows, get_language() or "en")})
    return _back(code)


@needs(*MAY)
@for_sellers
@require_POST
def applying(request: Request, code: str) -> HttpResponse:
    """Apply the good rows, or all or nothing."""
    session_of(request.actor, code)
    whole = request.POST.get("choice") == "all"
    want_applying(session_code=code, is_all_or_nothing=whole, actor=request.actor, at=request.at)
    return _back(code)


@needs(*MAY)
@for_sellers
@require_POST
def undo(request: Request, code: str) -> HttpResponse:
    """Take the whole file back."""
    session_of(request.actor, code)
    want_undo(session_code=code, actor=request.actor, at=request.at)
    return _back(code)


@needs(*MAY)
@for_sellers
@require_POST
def disposal(request: Request, code: str) -> HttpResponse:
    """Throw a file away that was not applied."""
    session_of(request.actor, code)
    throw_away(session_code=code, actor=request.actor, at=request.at)
    messages.success(request, _("%(code)s is thrown away; nothing of it was applied.") % {"code": code})
    return HttpResponseRedirect(reverse("portal:imports"))


@needs(*MAY)
@for_sellers
@require_safe
def rest(request: Request, code: str) -> HttpResponse:
    """The rows to mend as a file of the same kind, with their errors."""
    found = session_of(request.actor, code)
    if found.forgotten_at is not None:
        raise Http404
    return _download(rows_to_mend(found, get_language() or "en"))


@needs(*MAY)
@for_sellers
@require_safe
def template_file(request: Request, kind: str) -> HttpResponse:
    """The empty sheet of a kind, in the reader's language."""
    return _download(template(kind_or_404(request.actor, kind), get_language() or "en"))


def _download(file: HandedOut) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)
