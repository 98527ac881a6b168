"""Background doors of the sales sites. Each reads everything that is due when it runs; running twice does no harm."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.core.jobs import wake_all
from toiya.domain.channels import queries, telling_queries
from toiya.domain.channels.actions import join_upkeep
from toiya.domain.channels.actions.matching import match_linked_lines
from toiya.domain.channels.actions.telling import QUEUE, want_confirmations, want_stock, want_write_backs
from toiya.domain.channels.jobs import comparing, reading, telling

MATCHER = system_actor("links")


@app.task(name="channels.pull", queue=QUEUE)
def pull(connection_id: int) -> None:
    """Read a shop's new orders and claims."""
    reading.pull(connection_id, clock.now())


@app.task(name="channels.refresh_listings", queue=QUEUE)
def refresh_listings(connection_id: int) -> None:
    """Read what a shop offers."""
    reading.refresh_listings(connection_id, clock.now())


@app.task(name="channels.reconcile", queue=QUEUE)
def reconcile(connection_id: int) -> None:
    """Compare 30 days with the shop."""
    reading.reconcile(connection_id, clock.now())


@app.task(name="channels.compare_stock", queue=QUEUE)
def compare_stock(connection_id: int) -> None:
    """Compare a shop's stock numbers with ours, once a night (L06)."""
    comparing.compare_stock(connection_id, clock.now())


@app.task(name="channels.confirm", queue=QUEUE)
def confirm(connection_id: int) -> None:
    """Confirm a shop's orders that are due."""
    telling.run(telling.CONFIRMATIONS, connection_id, clock.now)


@app.task(name="channels.write_back", queue=QUEUE)
def write_back(connection_id: int) -> None:
    """Tell a shop the tracking numbers that are due."""
    telling.run(telling.WRITE_BACKS, connection_id, clock.now)


@app.task(name="channels.push_stock", queue=QUEUE)
def push_stock(connection_id: int) -> None:
    """Tell a shop the stock numbers that are due."""
    telling.run(telling.STOCK, connection_id, clock.now)


@app.task(name="channels.match_linked", queue=QUEUE)
def match_linked(seller_id: int) -> None:
    """Give waiting lines what their listings' links say now (L09), in sets."""
    while match_linked_lines(seller_id=seller_id, actor=MATCHER, at=clock.now()):
        pass


@app.task(name="channels.want", queue=QUEUE)
def want(seller_id: int) -> None:
    """Store what a seller's shops must be told by now, and wake the telling."""
    want_all(seller_id, clock.now())


def want_all(seller_id: int, at: datetime) -> None:
    """Every kind of wish of a seller, each in its own transaction with the job that tells it."""
    want_confirmations(seller_id=seller_id, at=at)
    want_write_backs(seller_id=seller_id, at=at)
    want_stock(seller_id=seller_id, at=at)


@app.periodic(cron="* * * * *")
@app.task(name="channels.sweep", queue=QUEUE)
def sweep(timestamp: int) -> None:
    """Wake what is due: pulls, listings, comparisons, and wishes whose next try has come. Forget what is over."""
    at = clock.now()
    wake_due(at)
    join_upkeep.sweep_joins(at=at)


@app.task(name="channels.follow_merge", queue=QUEUE)
def follow_merge(merged_user_id: int) -> None:
    """Give the shops that opened the door for a merged account to the account it became part of."""
    into_user_id = queries.merged_into(merged_user_id)
    if into_user_id is not None:
        join_upkeep.follow_merge(merged_user_id=merged_user_id, into_user_id=into_user_id)


@transaction.atomic
def wake_due(at: datetime) -> None:
    """Wake every job that has something due at `at`. What is missed by one tick is due at the next."""
    wake_all([*queries.due_jobs(at, QUEUE), *telling_queries.comparisons_due(at, QUEUE)])
