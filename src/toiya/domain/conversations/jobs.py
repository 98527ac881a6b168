"""Background doors of conversations: what the house itself has to tell."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.conversations.actions.telling_differences import tell_differences

ACTOR = system_actor("receiving")


@app.task(name="conversations.tell_differences", queue="notifications")
def differences(bundle_id: int) -> None:
    """Tell the seller where a completed delivery is not as it was told."""
    tell_differences(bundle_id=bundle_id, actor=ACTOR, at=clock.now())
