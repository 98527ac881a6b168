"""Background doors of members."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock, papers
from toiya.core.actor import system_actor
from toiya.domain.members.actions.drafts import forget_drafts

QUEUE = "members"
SWEEPER = system_actor("sign-up")


@app.periodic(cron="17 * * * *")
@app.task(name="members.sweep_drafts", queue=QUEUE)
def sweep_drafts(timestamp: int) -> None:
    """Forget sign-ups that nobody came back to, then throw their papers away."""
    for key in forget_drafts(actor=SWEEPER, at=clock.now()):
        papers.throw_away(key)
