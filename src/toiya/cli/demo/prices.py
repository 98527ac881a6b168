"""The demo's rate card: the manual's storage fee for everybody; the rest costs its list price."""

from __future__ import annotations

from datetime import datetime, timedelta

from toiya.core.actor import Actor, system_actor
from toiya.domain.pricing.actions.cards import For, approve_version, assign_card, draft_card
from toiya.domain.pricing.storage_rules import manual_rates


def put_prices(actor: Actor, at: datetime) -> None:
    """Written by one, approved by another; from the next day on, so that no day that is over is touched."""
    day = (at + timedelta(days=1)).date()
    card = draft_card(name="Standard", rates=manual_rates(), from_on=day, actor=actor, at=at)
    approve_version(card_code=card.code, number=1, actor=system_actor("demo accounts"), at=at)
    assign_card(card_code=card.code, to=For(), from_on=day, actor=actor, at=at)
