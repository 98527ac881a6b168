"""One step of a wizard: keep what was typed, then go where the pressed button says, if the step is right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core import papers
from toiya.core.errors import Refusal
from toiya.core.limits import TooManyTries
from toiya.domain.members.actions.drafts import TooManyPapers, add_draft_paper, drop_draft_paper
from toiya.domain.members.passwords import policy, words_of
from toiya.domain.members.rules.passwords import PARTS
from toiya.web.door import emails
from toiya.web.door.road import Road, acting
from toiya.web.shared import paper_files
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


def page(request: Request, road: Road, step: str, form: Any, **more: Any) -> HttpResponse:
    """The step as a page; 422 when something is to mend."""
    before = road.before(step)
    context = {
        "layout": road.layout,
        "road": road,
        "steps": road.shown(step),
        "form": form,
        "step": step,
        "back": before,
        "back_url": road.url(before) if before else "",
        "papers": road.draft.papers,
        "parts": [(part, words_of(part)) for part in PARTS],
        "length": policy().length,
        **more,
    }
    return render(request, f"door/{step}.html", context, status=422 if form.errors else 200)


def answered(request: Request, road: Road, step: str) -> HttpResponse:
    """A step that only asks: its page, or on to the next."""
    form = road.form(step, request)
    if request.method != "POST":
        return page(request, road, step, form)
    road = road.keep(request, step, form)
    return elsewhere(request, road) or _on(request, road, step, form)


def elsewhere(request: Request, road: Road) -> HttpResponse | None:
    """Back, a step's link, or "finish later": nothing is judged. None when Next was pressed."""
    if "later" in request.POST:
        return HttpResponseRedirect(reverse(f"door:{road.prefix}-kept"))
    wanted = request.POST.get("go", "")
    return HttpResponseRedirect(road.url(wanted)) if wanted in road.steps else None


def _on(request: Request, road: Road, step: str, form: Any) -> HttpResponse:
    if not form.is_valid():
        return page(request, road, step, form)
    return HttpResponseRedirect(road.url(road.after(step)))


def account(request: Request, road: Road) -> HttpResponse:
    """Step 1: the e-mail is looked up once per address, by [Check] or by Next, behind the same brake."""
    form = road.form("account", request)
    if request.method != "POST":
        return page(request, road, "account", form)
    is_valid = form.is_valid()
    kept = {"password": form.password_hash()} if form.password_hash() else {}
    road = road.keep(request, "account", form, **kept)
    if "check" in request.POST:
        return _checked(request, road, form.cleaned_data.get("email", ""))
    gone = elsewhere(request, road)
    if gone is not None:
        return gone
    email = form.cleaned_data.get("email", "")
    if is_valid and email != road.draft.answers.get("free"):
        road = _look_up(request, road, form, email)
    return _on(request, road, "account", form)


def _look_up(request: Request, road: Road, form: Any, email: str) -> Road:
    try:
        if emails.is_free(request, email):
            return road.keep(request, "account", form, free=email)
        form.add_error("email", _("This e-mail has an account already. Sign in with it, or take another address."))
    except TooManyTries as refusal:
        put_refusal(form, refusal, {refusal.code: "email"})
    return road


def _checked(request: Request, road: Road, email: str) -> HttpResponse:
    """[Check]: the answer as a fragment, or on the whole page; nothing else is judged."""
    if email:
        try:
            said = emails.answer(request, email)
        except TooManyTries as refusal:
            said = {"kind": "wait", "icon": "hourglass", "text": str(refusal)}
    else:
        said = {"kind": "stop", "icon": "octagon-x", "text": _("Write the e-mail like name@example.com.")}
    form = road.form("account")
    if said["kind"] == "done":
        road = road.keep(request, "account", form, free=email)
    if request.htmx:
        return render(request, "door/live.html", said)
    return page(request, road, "account", road.form("account"), said=said)


def business(request: Request, road: Road) -> HttpResponse:
    """Step 2: files are taken in whatever else is wrong, so that nobody chooses them twice."""
    form = road.form("business", request)
    if request.method != "POST":
        return page(request, road, "business", form)
    road = road.keep(request, "business", form)
    if "remove" in request.POST:
        return _removed(request, road)
    refused = _taken_in(request, road)
    road.draft.refresh_from_db()
    gone = elsewhere(request, road)
    if gone is not None and not refused:
        return gone
    form = road.form("business", request)
    form.full_clean()
    if refused:
        form.errors.pop("certificates", None)  # what is wrong with the file says more than that one is missing
    for refusal in refused:
        form.add_error("certificates", str(refusal))
    return _on(request, road, "business", form)


def _taken_in(request: Request, road: Road) -> list[Refusal]:
    """Keep each good file; one bad one does not lose the others."""
    refused: list[Refusal] = []
    for file in request.FILES.getlist("certificates"):
        try:
            for paper in paper_files.take(request, [file]):
                _note(request, road, paper)
        except Refusal as refusal:
            refused.append(refusal)
    return refused


def _note(request: Request, road: Road, paper: papers.StoredPaper) -> None:
    try:
        add_draft_paper(key=road.draft.key, paper=paper, actor=acting(request), at=request.at)
    except TooManyPapers:
        papers.throw_away(paper.storage_key)
        raise


def _removed(request: Request, road: Road) -> HttpResponse:
    place = request.POST["remove"]
    if place.isascii() and place.isdigit() and len(place) < 3:
        dropped = drop_draft_paper(key=road.draft.key, place=int(place), actor=acting(request), at=request.at)
        if dropped:
            papers.throw_away(dropped)
            messages.success(request, _("The file is removed."))
    return HttpResponseRedirect(road.url("business"))
