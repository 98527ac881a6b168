"""How long each proof lives, how often a code may be guessed, and what a given one is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LINK_LIVES = timedelta(days=14)  # A020
CODE_LIVES = timedelta(minutes=10)
RESET_LIVES = timedelta(minutes=30)
MOST_WRONG_CODES = 5
CODE_DIGITS = 6


class Verdict(StrEnum):
    """What a given secret is worth now."""

    GOOD = "good"
    USED = "used"
    REPLACED = "replaced"
    EXPIRED = "expired"
    DEAD = "dead"  # guessed at too often


@dataclass(frozen=True, slots=True)
class State:
    """What we know of one proof."""

    expires_at: datetime
    is_used: bool
    is_replaced: bool
    wrong_tries: int


def verdict_on(state: State, at: datetime) -> Verdict:
    """Whether the proof may still be given; what became of it first has the first word."""
    if state.is_used:
        return Verdict.USED
    if state.is_replaced:
        return Verdict.REPLACED
    if state.wrong_tries >= MOST_WRONG_CODES:
        return Verdict.DEAD
    return Verdict.EXPIRED if state.expires_at <= at else Verdict.GOOD


def days_left(verify_by: datetime, at: datetime) -> int:
    """Whole days until the person is kept out, the one that has begun counted; 0 once it has passed."""
    left = verify_by - at
    return max(0, -(-left // timedelta(days=1)))
