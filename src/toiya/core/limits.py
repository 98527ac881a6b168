"""Brakes against guessing and flooding: how often something may be done, counted in the database for all processes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import connection
from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal

# A bucket of `most` tokens that fills again evenly over the window; one statement, so that nobody slips through
# beside another. A clock that steps back fills nothing.
_TAKE = """
INSERT INTO core_limit AS l (key, tokens, filled_at) VALUES (%(key)s, %(most)s::float8 - 1, %(at)s)
ON CONFLICT (key) DO UPDATE SET
    tokens = least(%(most)s::float8, l.tokens + greatest(0, extract(epoch FROM %(at)s::timestamptz - l.filled_at))
                   * %(most)s::float8 / %(seconds)s::float8) - 1,
    filled_at = greatest(l.filled_at, %(at)s)
    WHERE least(%(most)s::float8, l.tokens + greatest(0, extract(epoch FROM %(at)s::timestamptz - l.filled_at))
                * %(most)s::float8 / %(seconds)s::float8) >= 1
RETURNING tokens
"""
_FORGET = "DELETE FROM core_limit WHERE key = %s"
_SWEEP = "DELETE FROM core_limit WHERE filled_at < %s"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times within a while, for each key; afterwards one more comes back every `window / most`."""

    name: str
    most: int
    window: timedelta


class TooManyTries(Refusal):
    """The brake is on. Nothing was looked at, so the answer tells nothing."""

    code = "too_many_tries"
    message = gettext_lazy("That was tried too often. Wait %(minutes)s min, then try once more.")


def take(limit: Limit, key: str, *, at: datetime) -> int:
    """
    Count one try; returns how many are left.

    Called by the edge before the action and outside its transaction, or a refusal would undo it.

    :param key: whose tries: an address, an account, a host; stored as a hash
    :raises TooManyTries: none is left; the try is not counted
    """
    seconds = limit.window.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": _hashed(limit, key), "most": limit.most, "seconds": seconds, "at": at})
        row = cursor.fetchone()
    if row is None:
        raise TooManyTries(minutes=max(1, ceil(seconds / limit.most / 60)))
    return int(row[0])


def forget(limit: Limit, key: str) -> None:
    """All tries are there again, after one that went well."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [_hashed(limit, key)])


def sweep(*, before: datetime) -> int:
    """Remove buckets that nobody touched since then (long full again); returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, [before])
        return int(cursor.rowcount)


def _hashed(limit: Limit, key: str) -> str:
    return hashlib.sha256(f"{limit.name} {key.strip().lower()}".encode()).hexdigest()
