"""Background doors of orders: holds that end by themselves."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.orders.actions.hand_holds import end_hold
from toiya.domain.orders.models import Hold

ACTOR = system_actor("holds")
_MOST_AT_ONCE = 1000


@app.periodic(cron="*/5 * * * *")
@app.task(name="orders.end_holds", queue="allocation")
def end_holds(timestamp: int) -> None:
    """Lift the holds whose end is past, the earliest first."""
    at = clock.now()
    due = Hold.objects.filter(lifted_at=None, until__lte=at).order_by("until", "pk")
    for hold_id in list(due.values_list("pk", flat=True)[:_MOST_AT_ONCE]):
        end_hold(hold_id=hold_id, actor=ACTOR, at=at)
