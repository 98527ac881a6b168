"""Background door of the letters about lots."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications.actions.telling_lots import tell_of_lots
from toiya.domain.notifications.actions.writing import QUEUE

ACTOR = system_actor("notifications")


@app.task(name="notifications.lots_near_end", queue=QUEUE)
def lots_near_end(first_warning: int) -> None:
    """Tell the seller's people which lots end soon."""
    tell_of_lots(warning_id=first_warning, actor=ACTOR, at=clock.now())
