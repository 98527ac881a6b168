"""Background doors of inbound."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.inbound import sql
from toiya.domain.inbound.actions.lot_warnings import warn_of_lots

QUEUE = "default"
ACTOR = system_actor("lots")


@app.periodic(cron="41 * * * *")
@app.task(name="inbound.warn_of_lots", queue=QUEUE)
def warn_everybody(timestamp: int) -> None:
    """Tell each seller of its lots that near their last day; what was told is not told again."""
    at = clock.now()
    for seller_id in sql.sellers_to_warn(at):
        warn_of_lots(seller_id=seller_id, actor=ACTOR, at=at)
