"""Background door of returns: a top-up pays the fees that are due."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.returns.actions.fees import take_fees

ACTOR = system_actor("returns")


@app.task(name="returns.take_fees", queue="carriers")
def take_due_fees(seller_id: int) -> None:
    """Take what is due of a seller's returns, as far as its money goes."""
    take_fees(seller_id=seller_id, actor=ACTOR, at=clock.now())
