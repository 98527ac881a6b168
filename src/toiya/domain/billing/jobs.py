"""Background doors of bills: each asks what is due and not done yet, so the next tick makes up for a missed one."""

from __future__ import annotations

from contextlib import suppress

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.core.jobs import WakeUp, wake_all
from toiya.domain.billing import queries
from toiya.domain.billing.actions.closing import BillClosedBefore, close_statement, open_statement
from toiya.domain.billing.actions.invoicing import issue_invoice

QUEUE = "default"
ACTOR = system_actor("billing")


@app.periodic(cron="23 * * * *")
@app.task(name="billing.keep_statements", queue=QUEUE)
def keep_statements(timestamp: int) -> None:
    """Begin the bills of months in which something happened; have those whose day has come closed and invoiced."""
    at = clock.now()
    for month, seller_id in queries.to_open(at):
        open_statement(seller_id=seller_id, month=month, actor=ACTOR, at=at)
    closing = [WakeUp("billing.close_statement", "statement_id", key) for key in queries.to_close(at)]
    invoicing = [WakeUp("billing.write_invoice", "statement_id", key) for key in queries.to_invoice()]
    wake_all([*closing, *invoicing])


@app.task(name="billing.close_statement", queue=QUEUE)
def close_due(statement_id: int) -> None:
    """Close one bill whose day has come."""
    at = clock.now()
    if statement_id in queries.to_close(at):
        with suppress(BillClosedBefore):  # another worker, or a person, was faster
            close_statement(code=queries.code_of(statement_id), actor=ACTOR, at=at)


@app.task(name="billing.write_invoice", queue=QUEUE)
def write_invoice(statement_id: int) -> None:
    """Write the invoice of a closed bill, once who writes it is known."""
    if statement_id in queries.to_invoice():
        issue_invoice(code=queries.code_of(statement_id), actor=ACTOR, at=clock.now())
