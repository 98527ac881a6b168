"""Background door of the letters before a cut-off."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications.actions.telling_cut_offs import tell_before_cut_off
from toiya.domain.notifications.actions.writing import QUEUE
from toiya.domain.notifications.cut_offs import cut_offs_to_tell

ACTOR = system_actor("notifications")


@app.periodic(cron="*/10 * * * *")
@app.task(name="notifications.warn_before_cut_offs", queue=QUEUE)
def warn_before_cut_offs(timestamp: int) -> None:
    """Write about every cut-off that comes near with orders that wait; what one tick misses is due at the next."""
    at = clock.now()
    for seller_id, cut_off in cut_offs_to_tell(at):
        tell_before_cut_off(seller_id=seller_id, cut_off=cut_off, actor=ACTOR, at=at)
