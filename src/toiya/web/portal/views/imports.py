"""Files handed in: all of them, a new one, and the page of one from reading to undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core import papers
from toiya.core.actor import Actor, Permission
from toiya.core.errors import NotFound
from toiya.domain.imports import kinds, rules
from toiya.domain.imports.actions.handing_in import COLUMNS_WANTED, HandIn, hand_in
from toiya.domain.imports.flaws import problem_of
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import CannotUndo, KindOfSheet
from toiya.domain.imports.queries import may_read_anew
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.import_forms import SheetForm, options_of
from toiya.web.portal.import_progress import bar_of
from toiya.web.portal.import_rows import column_choices, reading_choices, shown_rows, tallies
from toiya.web.portal.import_words import STATUSES
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

MAY = (Permission.EDIT_ORDERS, Permission.EDIT_CATALOG, Permission.EDIT_INBOUND, Permission.EDIT_CONNECTIONS)
Status = ImportSession.Status
State = ImportRow.State
WORKING = (Status.READING, Status.APPLYING, Status.UNDOING)


def kinds_for(actor: Actor) -> list[KindOfSheet]:
    """The kinds of file this reader may hand in."""
    return [kind for kind in kinds.kinds().values() if actor.may(kind.permission)]


def session_of(actor: Actor, code: str) -> ImportSession:
    """The session, for a reader who may touch its kind."""
    found: ImportSession | None = ImportSession.objects.visible_to(actor).filter(code=code).first()
    if found is None or found.kind not in kinds.kinds():
        raise Http404
    if not actor.may(kinds.kind_of(found.kind).permission):
        raise PermissionDenied
    return found


def kind_or_404(actor: Actor, name: str) -> KindOfSheet:
    """The kind of that name, for a reader who may hand it in."""
    try:
        kind = kinds.kind_of(name)
    except NotFound as missing:
        raise Http404 from missing
    if not actor.may(kind.permission):
        raise PermissionDenied
    return kind


@needs(*MAY)
@for_sellers
@require_safe
def imports(request: Request) -> HttpResponse:
    """Which files can be handed in, and those that were."""
    offered = kinds_for(request.actor)
    found = ImportSession.objects.visible_to(request.actor).filter(kind__in=[kind.name for kind in offered])
    page = page_of(found, request.GET, ("-id",))
    titles = {kind.name: kind.title for kind in offered}
    rows = [{"session": each, "status": STATUSES[each.status], "title": titles[each.kind]} for each in page.rows]
    return render(request, "portal/imports.html", {"kinds": offered, "page": page, "rows": rows})


@needs(*MAY)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, kind: str) -> HttpResponse:
    """Hand a file of that kind in; the same file again leads to what became of it."""
    sheet = kind_or_404(request.actor, kind)
    options = options_of(sheet, request.actor)
    form = SheetForm(*_sent(request), options=options)
    context: dict[str, Any] = {"kind": sheet, "form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        paper = papers.Paper(papers.safe_name(upload.name), "application/octet-stream", upload.read())
        stored = papers.keep(paper, at=request.at)
        wish = HandIn(sheet.name, stored, get_language() or "en", form.answers(), form.cleaned_data["again"])
        done = hand_in(seller_id=shop_of(request).pk, sheet=wish, actor=request.actor, at=request.at)
        if not done.is_known:
            return HttpResponseRedirect(reverse("portal:import", args=[done.session.code]))
        papers.throw_away(stored.storage_key)
        if done.session.status != Status.DONE:
            messages.info(request, _("This file is here already; it goes on where it was."))
            return HttpResponseRedirect(reverse("portal:import", args=[done.session.code]))
        context |= {"known": done.session, "form": SheetForm(options=options, asks_again=True)}
    return render(request, "portal/import_new.html", context, status=422 if form.errors else 200)


def _sent(request: Request) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@needs(*MAY)
@for_sellers
@require_safe
def session(request: Request, code: str) -> HttpResponse:
    """One file: what was found, what will happen, what is to mend, what became of it."""
    found = session_of(request.actor, code)
    is_asking = found.status == Status.READING and found.problem == COLUMNS_WANTED
    is_working = found.status in WORKING and not is_asking
    context = {
        "session": found,
        "kind": kinds.kind_of(found.kind),
        "status": STATUSES[found.status],
        "problem": problem_of(found),
        "is_asking": is_asking,
        "is_working": is_working,
    }
    if may_read_anew(found):
        context |= reading_choices(found)
    if is_asking:
        context |= _columns(found)
    elif is_working:
        context["bar"] = bar_of(found, request.at)
    else:
        context |= _rows(request, found)
    template = "portal/import.html#stage" if request.htmx else "portal/import.html"
    return render(request, template, context)


def _columns(found: ImportSession) -> dict[str, Any]:
    """The screen that asks which column is what, with guesses."""
    guessed = rules.guesses(found.details["headings"], kinds.kind_of(found.kind).columns)
    samples = found.details.get("samples", [])
    asked = [
        {
            "place": place,
            "heading": heading.strip() or _("Column %(number)s") % {"number": place + 1},
            "guess": guessed.get(place, ""),
            "sample": next((row[place] for row in samples if place < len(row) and row[place].strip()), ""),
        }
        for place, heading in enumerate(found.details["headings"])
    ]
    return {"asked": asked, "choices": column_choices(found)}


def _rows(request: Request, found: ImportSession) -> dict[str, Any]:
    shown = request.GET.get("state", "")
    counted_rows = tallies(found, shown)
    counts = {tally.state: tally.count for tally in counted_rows}
    if shown not in counts:
        shown = State.TO_MEND if counts.get(State.TO_MEND) else ""
    rows = found.import_rows.filter(state=shown) if shown else found.import_rows.all()
    page = page_of(rows, request.GET, ("number",))
    good = counts.get(State.NEW, 0) + counts.get(State.CHANGED, 0)
    kind = kinds.kind_of(found.kind)
    return {
        "tallies": counted_rows,
        "shown": shown,
        "page": page,
        "rows": shown_rows(found, page.rows),
        "sentences": kind.sentences(found.effects),
        "good": good,
        "to_mend": counts.get(State.TO_MEND, 0),
        "may_save": bool(found.columns) and found.status in (Status.CHECKED, Status.DONE),
        "may_undo": found.status == Status.DONE and bool(counts.get(State.APPLIED)),
        "why_no_undo": kind.why_no_undo if isinstance(kind, CannotUndo) else "",
        "may_apply": found.status == Status.CHECKED and good > 0,
        "may_drop": found.status == Status.CHECKED and not found.rows_applied,
    }
