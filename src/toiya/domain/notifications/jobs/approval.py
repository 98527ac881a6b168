"""Background doors of the letters about applications and conversations."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.conversations.forgetting import to_forget
from toiya.domain.conversations.queries import with_untold
from toiya.domain.notifications.actions.forgetting import forget_said
from toiya.domain.notifications.actions.telling_approval import tell_applicant, tell_desk, tell_desk_of_answer
from toiya.domain.notifications.actions.telling_conversations import tell_of_words
from toiya.domain.notifications.actions.writing import QUEUE

ACTOR = system_actor("notifications")
PRIVACY = system_actor("privacy")


@app.task(name="notifications.application_submitted", queue=QUEUE)
def application_submitted(application_id: int) -> None:
    """Tell the desk; the seller is told by its own job."""
    tell_desk(application_id=application_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.application_answered", queue=QUEUE)
def application_answered(application_id: int) -> None:
    """Tell the desk what the seller answered."""
    tell_desk_of_answer(application_id=application_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.application_moved", queue=QUEUE)
def application_moved(application_id: int) -> None:
    """Tell the seller's people where their application stands."""
    tell_applicant(application_id=application_id, actor=ACTOR, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="notifications.collect_words", queue=QUEUE)
def collect_words(timestamp: int) -> None:
    """Write about what was said in conversations and is due; what one tick misses is due at the next."""
    for conversation_id in list(with_untold().values_list("pk", flat=True)):
        tell_of_words(conversation_id=conversation_id, actor=ACTOR, at=clock.now())


@app.periodic(cron="17 4 * * *")
@app.task(name="notifications.forget_words", queue=QUEUE)
def forget_old_words(timestamp: int) -> None:
    """Forget what was said about orders whose buyers were forgotten; what one night misses is due in the next."""
    at, days = clock.now(), settings.BUYER_KEPT_DAYS
    for conversation_id in list(to_forget(at, days).values_list("pk", flat=True)):
        forget_said(conversation_id=conversation_id, days=days, actor=PRIVACY, at=at)
