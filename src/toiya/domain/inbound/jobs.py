"""Background doors of inbound."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.inbound import sql
from toiya.domain.inbound.actions.fees import take_due_fees
from toiya.domain.inbound.actions.lot_warnings import warn_of_lots

QUEUE = "default"
ACTOR = system_actor("lots")
FEES_ACTOR = system_actor("inbound")


@app.periodic(cron="41 * * * *")
@app.task(name="inbound.warn_of_lots", queue=QUEUE)
def warn_everybody(timestamp: int) -> None:
    """Tell each seller of its lots that near their last day; what was told is not told again."""
    at = clock.now()
    for seller_id in sql.sellers_to_warn(at):
        warn_of_lots(seller_id=seller_id, actor=ACTOR, at=at)


@app.task(name="inbound.take_fees", queue=QUEUE)
def take_fees(seller_id: int) -> None:
    """Take what is due of a seller's deliveries, as far as its money goes."""
    take_due_fees(seller_id=seller_id, actor=FEES_ACTOR, at=clock.now())
