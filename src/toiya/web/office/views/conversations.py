"""What sellers ask: the queue by promised time, answering, notes, handing over, settling, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.conversations import queries
from toiya.domain.conversations.actions import talking
from toiya.domain.conversations.models import Conversation
from toiya.domain.conversations.rules import MOST_LETTERS
from toiya.domain.conversations.subjects import owner_of
from toiya.web.office.access import desk
from toiya.web.shared.conversations import about_url, status_for
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

_S = Conversation.Status
VIEWS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "us": (gettext_lazy("To answer"), (_S.WAITING_FOR_OPERATOR,)),
    "live": (gettext_lazy("Under way"), (_S.OPEN, _S.WAITING_FOR_OPERATOR, _S.WAITING_FOR_SELLER)),
    "closed": (gettext_lazy("Closed"), (_S.CLOSED,)),
}


@desk(Permission.ANSWER_SELLERS)
@require_safe
def conversations(request: Request) -> HttpResponse:
    """The queue: what is promised first on top."""
    view = request.GET.get("view", "us")
    view = view if view in VIEWS else "us"
    found = Conversation.objects.visible_to(request.actor).filter(status__in=VIEWS[view][1]).select_related("seller")
    is_mine = bool(request.GET.get("mine"))
    if is_mine:
        found = found.filter(assigned_to_id=int(request.actor.id))
    order = ("due_at", "id") if view == "us" else ("-last_said_at", "-id")
    page = page_of(found, request.GET, order)
    names = queries.names_of(row.assigned_to_id for row in page.rows)
    context = {
        "page": page,
        "rows": [
            {
                "conversation": row,
                "status": status_for(row, request.actor),
                "assigned": names.get(row.assigned_to_id or 0, ""),
                "is_late": row.due_at is not None and row.due_at < request.at,
            }
            for row in page.rows
        ],
        "view": view,
        "is_mine": is_mine,
        "tabs": [
            {"label": label, "url": f"?view={name}", "count": None, "current": name == view}
            for name, (label, _states) in VIEWS.items()
        ],
        "measured": queries.measured(request.at),
    }
    template = "office/conversations.html#list" if request.htmx else "office/conversations.html"
    return render(request, template, context)


def _page(request: Request, code: str, typed: str = "", trouble: str = "") -> HttpResponse:
    found = Conversation.objects.visible_to(request.actor).select_related("seller").filter(code=code).first()
    if found is None:
        raise NotFound(kind=_("conversation"), code=code)
    names = queries.names_of([found.assigned_to_id])
    context = {
        "conversation": found,
        "status": status_for(found, request.actor),
        "entries": list(queries.entries_of(found, request.actor)),
        "about_url": about_url(found.about_kind, found.about_code, "office"),
        "assigned": names.get(found.assigned_to_id or 0, ""),
        "colleagues": queries.colleagues(),
        "typed": typed,
        "trouble": trouble,
        "most": MOST_LETTERS,
    }
    return render(request, "office/conversation.html", context, status=422 if trouble else 200)


@desk(Permission.ANSWER_SELLERS)
@require_safe
def conversation(request: Request, code: str) -> HttpResponse:
    """What was said, notes between, and what can be done."""
    return _page(request, code)


@desk(Permission.ANSWER_SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a conversation about an object of a seller's."""
    given = request.POST if request.method == "POST" else request.GET
    kind, code = given.get("kind", ""), given.get("code", "")
    owner_of(kind, code, request.actor)
    live = queries.live_about(request.actor, kind, code)
    if live is not None and request.method != "POST":
        return redirect("office:conversation", code=live.code)
    text, trouble = request.POST.get("text", ""), ""
    if request.method == "POST":
        try:
            made = talking.start_conversation(kind=kind, about=code, text=text, actor=request.actor, at=request.at)
            return redirect("office:conversation", code=made.code)
        except Refusal as refusal:
            trouble = str(refusal)
    context = {
        "kind": kind,
        "about": code,
        "kind_word": dict(Conversation.Kind.choices)[kind],
        "typed": text,
        "trouble": trouble,
        "most": MOST_LETTERS,
    }
    return render(request, "office/conversation_new.html", context, status=422 if trouble else 200)


@desk(Permission.ANSWER_SELLERS)
@require_POST
def entry(request: Request, code: str) -> HttpResponse:
    """Answer the seller, or write a note that only we see."""
    text = request.POST.get("text", "")
    act = talking.note if request.POST.get("internal") else talking.answer
    try:
        act(conversation_code=code, text=text, actor=request.actor, at=request.at)
    except Refusal as refusal:
        if refusal.code not in {"nothing_written", "text_too_long", "unseen_characters"}:
            raise
        return _page(request, code, text, str(refusal))
    return redirect("office:conversation", code=code)


@desk(Permission.ANSWER_SELLERS)
@require_POST
def handover(request: Request, code: str) -> HttpResponse:
    """Give it to a colleague."""
    chosen = request.POST.get("to", "")
    to = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
    talking.hand_over(conversation_code=code, to_user_id=to, actor=request.actor, at=request.at)
    messages.success(request, _("Handed over."))
    return redirect("office:conversation", code=code)


@desk(Permission.ANSWER_SELLERS)
@require_POST
def settling(request: Request, code: str) -> HttpResponse:
    """Nothing is owed to the last word."""
    talking.settle(conversation_code=code, actor=request.actor, at=request.at)
    messages.success(request, _("Settled: no answer is owed."))
    return redirect("office:conversations")


@desk(Permission.ANSWER_SELLERS)
@require_POST
def closing(request: Request, code: str) -> HttpResponse:
    """End it."""
    talking.close(conversation_code=code, actor=request.actor, at=request.at)
    messages.success(request, _("Closed."))
    return redirect("office:conversations")
