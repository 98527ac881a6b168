"""Background doors of the letters about debts and agreements."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications.actions import telling_dues
from toiya.domain.notifications.actions.writing import QUEUE

ACTOR = system_actor("notifications")


@app.task(name="notifications.dunning_step", queue=QUEUE)
def dunning_step(step_id: int) -> None:
    """Tell the seller's people of a step of the time line."""
    telling_dues.tell_of_step(step_id=step_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.dispute_ended", queue=QUEUE)
def dispute_ended(dispute_id: int) -> None:
    """Tell them what was decided."""
    telling_dues.tell_of_dispute(dispute_id=dispute_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.reinstated", queue=QUEUE)
def reinstated(seller_id: int) -> None:
    """Tell them that everything goes on."""
    telling_dues.tell_of_reinstatement(seller_id=seller_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.return_confirmed", queue=QUEUE)
def return_confirmed(plan_id: int) -> None:
    """Tell them that all goods go home, and what was called off for it."""
    telling_dues.tell_of_return(plan_id=plan_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.terms_announced", queue=QUEUE)
def terms_announced(version_id: int) -> None:
    """Tell all who signed that there is a new version."""
    telling_dues.tell_of_terms(version_id=version_id, actor=ACTOR, at=clock.now())
