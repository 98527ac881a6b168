"""Background doors of the letters about returns and removals."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications.actions import telling_returns
from toiya.domain.notifications.actions.writing import QUEUE
from toiya.domain.notifications.queries import removals_that_left

ACTOR = system_actor("notifications")


@app.task(name="notifications.return_arrived", queue=QUEUE)
def return_arrived(return_id: int) -> None:
    """Tell the seller's people that a parcel came back."""
    telling_returns.tell_of_arrival(return_id=return_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.return_inspected", queue=QUEUE)
def return_inspected(return_id: int) -> None:
    """Tell them how its pieces were judged."""
    telling_returns.tell_of_inspection(return_id=return_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.return_decided", queue=QUEUE)
def return_decided(aside_id: int) -> None:
    """Tell them what was decided about pieces that were set aside, and by whom."""
    telling_returns.tell_of_decision(aside_id=aside_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.return_sent", queue=QUEUE)
def return_sent(aside_id: int) -> None:
    """Tell them with which number pieces that were set aside left."""
    telling_returns.tell_of_sending(aside_id=aside_id, actor=ACTOR, at=clock.now())


@app.periodic(cron="5-59/10 * * * *")
@app.task(name="notifications.removals_left", queue=QUEUE)
def removals_left(timestamp: int) -> None:
    """Tell of removals that left. Asked by the clock: a truck of a thousand orders asks nothing for each of them."""
    at = clock.now()
    for removal_id in removals_that_left(at):
        telling_returns.tell_of_removal(removal_id=removal_id, actor=ACTOR, at=at)
