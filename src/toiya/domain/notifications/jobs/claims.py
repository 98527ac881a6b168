"""Background doors of the letters about claims and credits."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications.actions.telling_claims import tell_of_claim, tell_of_credits, tell_of_opening
from toiya.domain.notifications.actions.writing import QUEUE

ACTOR = system_actor("notifications")


@app.task(name="notifications.claim_moved", queue=QUEUE)
def claim_moved(claim_id: int) -> None:
    """Tell the seller's people what was decided about their claim, or that it is paid."""
    tell_of_claim(claim_id=claim_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.claim_opened", queue=QUEUE)
def claim_opened(claim_id: int) -> None:
    """Tell the seller's people that the operator opened a claim for them."""
    tell_of_opening(claim_id=claim_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.delays_credited", queue=QUEUE)
def delays_credited(last_order_id: int) -> None:
    """Tell the seller's people what was credited for late orders."""
    tell_of_credits(last_order_id=last_order_id, actor=ACTOR, at=clock.now())
