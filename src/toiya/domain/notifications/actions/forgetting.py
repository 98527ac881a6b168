"""Letters repeat what was said: they forget it together with their conversation (R25)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from toiya.core.actor import Actor
from toiya.domain.conversations.actions.forgetting import forget_words
from toiya.domain.notifications.models import Message

WRITTEN_WITHIN = timedelta(hours=1)  # after the words: a letter waits until it has been quiet for a while


@transaction.atomic
def forget_said(*, conversation_id: int, days: int, actor: Actor, at: datetime) -> None:
    """
    Empty the words of a conversation whose time is over, and the letters that repeat them. That and to whom they were
    written stays. Twice changes nothing.
    """
    until = forget_words(conversation_id=conversation_id, days=days, actor=actor, at=at)

    if until is None:
        return

    letters = Message.objects.filter(kind="conversation_said", key__startswith=f"conversation-{conversation_id}-")
    over = ~Q(status=Message.Status.WAITING) | Q(wanted_at__lte=until + WRITTEN_WITHIN)
    for letter in letters.filter(over).order_by("pk"):
        letter.words = {**letter.words, "text": ""}
        letter.save(update_fields=["words"])
