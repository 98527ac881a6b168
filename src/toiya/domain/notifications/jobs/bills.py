"""Background door of the letters about bills."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications.actions.telling_bills import tell_of_bill
from toiya.domain.notifications.actions.writing import QUEUE

ACTOR = system_actor("notifications")


@app.task(name="notifications.bill_closed", queue=QUEUE)
def bill_closed(statement_id: int) -> None:
    """Tell the seller's people that a month's bill is ready."""
    tell_of_bill(statement_id=statement_id, actor=ACTOR, at=clock.now())
