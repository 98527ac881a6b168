"""Conversations as each face shows them: the chip from the reader's side, and the page of what it is about."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from toiya.core.actor import Actor
from toiya.domain.conversations.models import Conversation
from toiya.web.shared.statuses import CONVERSATION, Status

_PAGES: Mapping[tuple[str, str], str] = {
    ("portal", "order"): "portal:order",
    ("portal", "sku"): "portal:sku",
    ("portal", "connection"): "portal:connection",
    ("portal", "bundle"): "portal:inbound-bundle",
    ("office", "bundle"): "office:inbound-bundle",
    ("office", "order"): "office:order",
    ("office", "application"): "office:application",
}


def about_url(kind: str, code: str, face: str) -> str:
    """The page of the object on that face; empty where it has none."""
    if (face, kind) == ("portal", "application"):
        return reverse("portal:application")
    name = _PAGES.get((face, kind))
    return reverse(name, args=[code]) if name else ""


def status_for(conversation: Conversation, actor: Actor) -> Status:
    """The chip as this side reads it: what waits for the reader says so."""
    status = conversation.status
    own = Conversation.Status.WAITING_FOR_OPERATOR if actor.is_operator else Conversation.Status.WAITING_FOR_SELLER
    return CONVERSATION["waiting_for_you" if status == own else status]
