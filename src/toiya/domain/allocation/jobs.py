"""Background doors of allocation."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock, jobs
from toiya.core.actor import system_actor
from toiya.domain.allocation import sql
from toiya.domain.allocation.actions.reserving import expire_promises
from toiya.domain.allocation.actions.routing import judge_orders
from toiya.domain.allocation.models import AllocationRules
from toiya.domain.orders.actions.matching import match_waiting_lines
from toiya.domain.orders.models import OpenOrder, Order

ACTOR = system_actor("allocation")
SET = 1000


@app.task(name="allocation.allocate_waiting", queue="default")
def allocate_waiting(seller_id: int) -> None:
    """
    Judge every waiting order of a seller, in sets: load makes the batches by itself.

    Who waits is read once and judged in the order of the turns, across the sets too. Who comes meanwhile wakes the job
    again, so an earlier turn that comes late is served from what is left.
    """
    waiting = sql.waiting_in_turn(seller_id)
    for start in range(0, len(waiting), SET):
        order_ids = waiting[start : start + SET]
        judge_orders(seller_id=seller_id, order_ids=order_ids, actor=ACTOR, at=clock.now())


@app.task(name="allocation.match_waiting", queue="default")
def match_waiting(seller_id: int) -> None:
    """Match waiting lines to SKUs by code; what was matched is judged again (L09)."""
    match_waiting_lines(seller_id=seller_id, actor=ACTOR, at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="allocation.sweep", queue="default")
def sweep(timestamp: int) -> None:
    """Wake every seller with waiting orders. The net under the wake-ups, not the way (F01)."""
    waiting = OpenOrder.objects.filter(order__status__in=[Order.Status.RECEIVED, Order.Status.WAITING])
    for seller_id in waiting.order_by("seller_id").values_list("seller_id", flat=True).distinct():
        jobs.wake("allocation.allocate_waiting", "seller_id", seller_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="allocation.expire", queue="default")
def expire(timestamp: int) -> None:
    """Unpaid orders give their pieces back when their seller's rule says so."""
    for seller_id in AllocationRules.objects.exclude(unpaid_hours=None).order_by("pk").values_list("pk", flat=True):
        expire_promises(seller_id=seller_id, actor=ACTOR, at=clock.now())
