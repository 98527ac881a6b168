"""Background doors of the letters about money."""

from __future__ import annotations

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications.actions.telling_money import tell_of_low_money, tell_of_money_back
from toiya.domain.notifications.actions.writing import QUEUE

ACTOR = system_actor("notifications")


@app.task(name="notifications.wallet_low", queue=QUEUE)
def wallet_low(seller_id: int) -> None:
    """Tell the seller's people that free money is low."""
    tell_of_low_money(seller_id=seller_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.money_taken_back", queue=QUEUE)
def money_taken_back(reversal_id: int) -> None:
    """Tell the seller's people that money left the wallet."""
    tell_of_money_back(reversal_id=reversal_id, actor=ACTOR, at=clock.now())
