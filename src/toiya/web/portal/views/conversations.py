"""The seller's conversations with the warehouse, each about one object."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.conversations import queries
from toiya.domain.conversations.actions import talking
from toiya.domain.conversations.models import Conversation
from toiya.domain.conversations.rules import PROMISED_HOURS
from toiya.domain.conversations.subjects import owner_of
from toiya.web.portal.access import for_sellers
from toiya.web.portal.conversation_forms import WordsForm
from toiya.web.shared.access import needs
from toiya.web.shared.conversations import about_url, status_for
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

Status = Conversation.Status


def _own(request: Request, code: str) -> Conversation:
    found: Conversation | None = Conversation.objects.visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@needs(Permission.TALK)
@for_sellers
@require_http_methods(["GET", "HEAD"])
def conversations(request: Request) -> HttpResponse:
    """The list: those that wait for the seller, all that are under way, the closed ones."""
    view = request.GET.get("view", "")
    view = view if view in {"you", "live", "closed"} else "live"
    every = Conversation.objects.visible_to(request.actor)
    chosen = {
        "you": every.filter(status=Status.WAITING_FOR_SELLER),
        "live": every.exclude(status=Status.CLOSED),
        "closed": every.filter(status=Status.CLOSED),
    }[view]
    page = page_of(chosen, request.GET, ("-last_said_at", "-id"))
    words = {"live": _("Under way"), "you": _("Waiting for you"), "closed": _("Closed")}
    context = {
        "page": page,
        "rows": [(each, status_for(each, request.actor)) for each in page.rows],
        "tabs": [
            {"label": word, "url": f"?view={name}", "count": None, "current": name == view}
            for name, word in words.items()
        ],
    }
    return render(request, "portal/conversations.html", context)


@needs(Permission.TALK)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask about an object; where a conversation about it is under way, go there."""
    given = request.POST if request.method == "POST" else request.GET
    kind, code = given.get("kind", ""), given.get("code", "")
    owner_of(kind, code, request.actor)
    live = queries.live_about(request.actor, kind, code)
    if live is not None and request.method != "POST":
        return HttpResponseRedirect(reverse("portal:conversation", args=[live.code]))
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = talking.start_conversation(
                kind=kind, about=code, text=form.cleaned_data["text"], actor=request.actor, at=request.at
            )
        except Refusal as refusal:
            put_refusal(form, refusal, {refusal.code: "text"})
        else:
            messages.success(request, _("Asked. We tell you by mail when the answer is here."))
            return HttpResponseRedirect(reverse("portal:conversation", args=[made.code]))
    context = {
        "form": form,
        "kind": kind,
        "about": code,
        "kind_word": dict(Conversation.Kind.choices)[kind],
        "about_url": about_url(kind, code, "portal"),
        "hours": PROMISED_HOURS[kind],
    }
    return render(request, "portal/conversation_new.html", context, status=422 if form.errors else 200)


@needs(Permission.TALK)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: Request, code: str) -> HttpResponse:
    """What was said, and saying more."""
    found = _own(request, code)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            talking.answer(conversation_code=code, text=form.cleaned_data["text"], actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {refusal.code: "text"})
        else:
            return HttpResponseRedirect(reverse("portal:conversation", args=[code]) + "#last")
    context: dict[str, Any] = {
        "conversation": found,
        "entries": list(queries.entries_of(found, request.actor)),
        "status": status_for(found, request.actor),
        "about_url": about_url(found.about_kind, found.about_code, "portal"),
        "form": form,
    }
    return render(request, "portal/conversation.html", context, status=422 if form.errors else 200)


@needs(Permission.TALK)
@for_sellers
@require_POST
def closing(request: Request, code: str) -> HttpResponse:
    """The seller has its answer."""
    _own(request, code)
    talking.close(conversation_code=code, actor=request.actor, at=request.at)
    messages.success(request, _("Closed. Ask again about the same thing at any time."))
    return HttpResponseRedirect(reverse("portal:conversations"))
