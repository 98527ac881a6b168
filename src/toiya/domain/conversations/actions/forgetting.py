"""What was said about an order is forgotten with its buyer (R25): people write names into what they say."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.conversations.events import WordsForgotten
from toiya.domain.conversations.forgetting import to_forget
from toiya.domain.conversations.models import Conversation, Entry


@transaction.atomic
def forget_words(*, conversation_id: int, days: int, actor: Actor, at: datetime) -> datetime | None:
    """
    Empty the words of a conversation whose time is over. Who spoke, when and how fast stays. Twice changes nothing.

    :returns: until when they were said; None when there is nothing to forget
    """
    locked: Conversation = Conversation.objects.filter(pk=conversation_id).lock().get()
    due = to_forget(at, days).filter(pk=locked.pk).first()

    if due is None:
        return None

    until: datetime = due.said_until  # type: ignore[attr-defined]  # annotated
    entries = Entry.objects.filter(conversation=locked, said_at__lte=until).exclude(text="").update(text="")

    told = WordsForgotten(seller_id=locked.seller_id, subject=locked.code, conversation_id=locked.pk, entries=entries)
    events.record(told, actor=actor, at=at)
    return until
