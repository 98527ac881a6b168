"""Background doors of debts: the time line, automatic payment, orders that came while a seller stands still."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.dues import queries
from toiya.domain.dues.actions import bills
from toiya.domain.dues.actions.dunning import take_step
from toiya.domain.dues.actions.paying import pay_automatically
from toiya.domain.dues.actions.standing import hold_new_orders
from toiya.domain.dues.models import AutoPay
from toiya.domain.members.models import Standstill

ACTOR = system_actor("dues")
MOST_STEPS = 10  # of one request in one go; there are six


@app.periodic(cron="7 * * * *")
@app.task(name="dues.sweep", queue="default")
def sweep(timestamp: int) -> None:
    """Pay what pays itself, then take every step that is due and not done; what one tick misses the next one finds."""
    look(clock.now())


def look(at: datetime) -> None:
    """The sweep at an instant; rehearsals choose it."""
    for seller_id in AutoPay.objects.order_by("pk").values_list("pk", flat=True):
        pay_automatically(seller_id=seller_id, actor=ACTOR, at=at)
    for request_id in queries.due_for_a_step(at):
        for _ in range(MOST_STEPS):
            if take_step(request_id=request_id, actor=ACTOR, at=at) is None:
                break


@app.task(name="dues.auto_pay", queue="default")
def auto_pay(seller_id: int) -> None:
    """Take from the wallet what the seller lets be taken."""
    pay_automatically(seller_id=seller_id, actor=ACTOR, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="dues.hold_new_orders", queue="default")
def hold_orders(timestamp: int) -> None:
    """Show on each new order of a seller that stands still why it waits; the floor gets none of them anyway."""
    for seller_id in Standstill.objects.order_by("pk").values_list("pk", flat=True):
        hold_new_orders(seller_id=seller_id, actor=ACTOR, at=clock.now())


@app.task(name="dues.ask_for_bill", queue="default")
def ask_for_bill(statement_id: int) -> None:
    """Ask for what a closed bill still wants."""
    bills.ask_for_bill(statement_id=statement_id, actor=ACTOR, at=clock.now())


@app.task(name="dues.settle_bills", queue="default")
def settle_bills(seller_id: int) -> None:
    """Bills whose request is paid are paid."""
    bills.settle_bills(seller_id=seller_id, actor=ACTOR, at=clock.now())
