"""How many of a listing a site is told, of what may still be promised. Pure; `sql/shelf.py` says the same in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MOST_PIECES = 1_000_000
NIGHT_BEGINS = timedelta(hours=2)  # a night's comparison is made from two o'clock on, local time


@dataclass(frozen=True, slots=True)
class NumberRule:
    """
    What of the stock one listing may show: so many pieces kept off it, a share of the rest in percent, never more
    than `most_shown`, and nothing at all when it would be fewer than `closed_below`.
    """

    buffer_pieces: int = 0
    share_percent: int = 100
    most_shown: int | None = None
    closed_below: int = 0


PLAIN = NumberRule()


def number_to_show(promisable: int, pieces: int, rule: NumberRule = PLAIN) -> int:
    """
    The number a listing shows: whole listings that its share of the pieces makes.

    :param promisable: pieces that are there and neither promised nor sold
    :param pieces: pieces in one listing
    """
    shared = max(promisable - rule.buffer_pieces, 0) * rule.share_percent // 100
    number = shared // max(pieces, 1)
    if rule.most_shown is not None:
        number = min(number, rule.most_shown)
    return 0 if number < rule.closed_below else number


class Cause(StrEnum):
    """Why a site probably shows another number than it should."""

    NOT_TOLD = "not_told"  # never told yet
    ON_ITS_WAY = "on_its_way"  # the newest number waits to be told
    NOT_TAKEN = "not_taken"  # the site declined the number, or we gave up
    SOLD_MEANWHILE = "sold_meanwhile"  # fewer than told: orders that have not come in yet, or fewer set by hand
    CHANGED_AT_SITE = "changed_at_site"  # more than told: somebody set the number there


def cause_of(site: int, told: int | None, status: str) -> Cause:
    """What probably lies behind a difference; `status` is that of the telling, '' when there is none."""
    if status in {"rejected", "given_up"}:
        return Cause.NOT_TAKEN
    if told is None:
        return Cause.NOT_TOLD
    if site > told:
        return Cause.CHANGED_AT_SITE
    return Cause.SOLD_MEANWHILE if site < told else Cause.ON_ITS_WAY
