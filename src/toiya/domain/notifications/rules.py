"""When a letter is tried again, when it is given up, and what a refusal says of the mailbox."""

from __future__ import annotations

from datetime import datetime, timedelta

CALL_LIMIT = timedelta(minutes=2)  # a call begun and not answered by then is made again by the sweep
PATIENCE = timedelta(hours=72)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
ORDERS_COLLECTED = timedelta(minutes=15)
REMOVALS_LOOKED_BACK = timedelta(days=3)  # for letters about removals that left; a longer standstill tells none late
MOST_CODES_IN_A_MAIL = 30
# Letters somebody has just asked for go out even to a mailbox that refused us: it may be mended.
ASKED_FOR = frozenset({"verify_link", "verify_code", "password_reset"})
_MAILBOX_STATUSES = frozenset({"5.2.0", "5.2.1", "5.4.4"})
_MAILBOX_REPLIES = frozenset({"550", "551", "553"})


def next_try(*, wanted_at: datetime, attempt: int, at: datetime) -> datetime | None:
    """When to try once more after this attempt without an answer: 1, 2, 4 … minutes; None when patience has ended."""
    if at - wanted_at >= PATIENCE:
        return None
    wait = min(FIRST_WAIT * 2 ** min(attempt - 1, 10), LONGEST_WAIT)
    return min(at + wait, wanted_at + PATIENCE) if attempt else at


def is_mailbox_at_fault(status: str) -> bool:
    """
    Whether a refusal for good says that the mailbox is wrong, and not that our mail was not liked.

    :param status: enhanced status code of RFC 3463 such as 5.1.1, or a bare reply code such as 550
    """
    parts = status.strip().split(".")
    if len(parts) != 3:
        return status.strip() in _MAILBOX_REPLIES
    return parts[0] == "5" and (parts[1] in {"0", "1"} or status.strip() in _MAILBOX_STATUSES)
