"""Background doors of carriers: ask for one label, take the rows of a file, wake what is due."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock, jobs
from toiya.core.actor import system_actor
from toiya.core.errors import Rejected, Unreachable
from toiya.domain.carriers.actions import buying
from toiya.domain.carriers.actions.answers import take_row
from toiya.domain.carriers.actions.labels import BUY_LABEL
from toiya.domain.carriers.models import AnswerRow
from toiya.domain.carriers.plugs import carrier_of
from toiya.domain.carriers.queries import due_labels

ACTOR = system_actor("carriers")
QUEUE = "carriers"
TAKE_ANSWER = "carriers.take_answer"
_OPEN = AnswerRow.Outcome.OPEN
_MOST_AT_ONCE = 1000


@app.task(name=BUY_LABEL, queue=QUEUE)
def buy_label(label_id: int) -> None:
    """
    Ask the carrier for one label, if it is still wanted. The wish says when to try again, not the queue.

    Safe to run twice and beside itself: the carrier knows our reference, and only the last attempt counts.
    """
    claim = buying.claim_label(label_id=label_id, at=clock.now())
    if claim is None:
        return
    try:
        answer = carrier_of(claim.carrier).buy(claim.request)
    except Rejected as refused:
        buying.record_rejected(label_id=label_id, attempt=claim.attempt, refused=refused, actor=ACTOR, at=clock.now())
    except Unreachable as failure:
        _no_answer(claim, failure)
    except Exception as bug:
        # The outcome is as unknown as without an answer; raised on, so that it is logged and seen.
        _no_answer(claim, Unreachable("plug_broken", type(bug).__name__))
        raise
    else:
        buying.record_bought(label_id=label_id, attempt=claim.attempt, answer=answer, actor=ACTOR, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="carriers.sweep_labels", queue=QUEUE)
def sweep_labels(timestamp: int) -> None:
    """Wake the wanted labels that are due: retries, and those whose job was lost with its worker."""
    for label_id in due_labels(clock.now(), most=_MOST_AT_ONCE):
        jobs.wake(BUY_LABEL, "label_id", label_id, QUEUE)
    for answer_id in AnswerRow.objects.filter(outcome=_OPEN).values_list("answer_id", flat=True).distinct():
        jobs.wake(TAKE_ANSWER, "answer_id", answer_id, QUEUE)


@app.task(name=TAKE_ANSWER, queue=QUEUE)
def take_answer(answer_id: int) -> None:
    """Take the rows of a carrier's file that were not taken yet, each in a transaction of its own."""
    open_rows = AnswerRow.objects.filter(answer_id=answer_id, outcome=_OPEN).order_by("place")
    for row_id in list(open_rows.values_list("pk", flat=True)):
        take_row(row_id=row_id, actor=ACTOR, at=clock.now())


def _no_answer(claim: buying.Claim, failure: Unreachable) -> None:
    buying.record_unreachable(
        label_id=claim.label_id, attempt=claim.attempt, failure=failure, actor=ACTOR, at=clock.now()
    )
