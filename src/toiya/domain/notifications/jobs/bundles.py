"""Background doors of the letters about deliveries."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications.actions.telling_bundles import tell_of_bundle
from toiya.domain.notifications.actions.writing import QUEUE

ACTOR = system_actor("notifications")


@app.task(name="notifications.bundle_decided", queue=QUEUE)
def bundle_decided(bundle_id: int) -> None:
    """Tell the seller's people whether the warehouse takes the delivery."""
    tell_of_bundle(bundle_id=bundle_id, actor=ACTOR, at=clock.now())
