"""What becomes of a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What follows from the counts of one bin so far."""

    AGREES = "agrees"
    ADJUST = "adjust"
    RECOUNT = "recount"
    ASK_LEAD = "ask_lead"


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a second person counts, and from where on the lead decides. `recount_minor`: None is no limit."""

    recount_pieces: int = 3
    recount_minor: int | None = None
    lead_pieces: int = 10


def judge_counts(differences: Sequence[int], limits: Limits, price_minor: int = 0) -> Outcome:
    """
    The outcome after the newest of these counts; each is what was counted less what the book said then.

    A small difference is believed at once. A large one is counted again; two people who agree are believed up to the
    lead's limit; people who disagree are for the lead.
    """
    newest = differences[-1]
    if len(differences) == 1:
        if newest == 0:
            return Outcome.AGREES
        return Outcome.RECOUNT if _is_large(newest, limits, price_minor) else Outcome.ADJUST
    if newest != differences[-2]:
        return Outcome.AGREES if newest == 0 else Outcome.ASK_LEAD
    return Outcome.ADJUST if abs(newest) < limits.lead_pieces else Outcome.ASK_LEAD


def _is_large(difference: int, limits: Limits, price_minor: int) -> bool:
    pieces = abs(difference)
    if pieces >= limits.recount_pieces:
        return True
    return limits.recount_minor is not None and pieces * price_minor >= limits.recount_minor
