"""Decisions about applications: who needs approval, which desk is told in which language, how long it should take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from toiya.domain.members.rules.countries import APPROVED_FIRST, DESKS, OTHER_DESK, Desk

ALL_COUNTRIES = "*"
TARGET = timedelta(hours=24)  # an application should be answered within this
MOST_LETTERS = 2000  # of a question, an answer, a reason
FEWEST_DECISIONS = 3  # before we tell a typical time
DESK_LANGUAGES: Mapping[str, str] = {"KR": "ko", "JP": "ja", "CN": "zh-hans"}


def countries_from(text: str) -> frozenset[str] | None:
    """The countries of a setting such as `KR,SG` or `*`; None where nothing is set; `-` is nobody."""
    parts = {part.strip().upper() for part in text.split(",") if part.strip()}
    return frozenset(parts - {"-"}) if parts else None


def is_approved_first(country: str, countries: frozenset[str] | None = None) -> bool:
    """Whether a business from there waits for approval before it may use the service (A024)."""
    chosen = APPROVED_FIRST if countries is None else countries
    return ALL_COUNTRIES in chosen or country in chosen


def desks_from(text: str) -> Mapping[str, Desk]:
    """
    The regional desks, some replaced by a setting such as `KR=kr@example.com|02-2620-1168,*=desk@example.com`.

    `*` is the desk of all countries without one of their own.
    """
    desks = {**DESKS, "": OTHER_DESK}
    for part in text.split(","):
        country, _, address = part.partition("=")
        email, _, phone = address.partition("|")
        if email.strip():
            desks["" if country.strip() == ALL_COUNTRIES else country.strip().upper()] = Desk(
                email.strip(), phone.strip()
            )
    return desks


def language_of_desk(country: str) -> str:
    """The language in which the desk of that country is written to."""
    return DESK_LANGUAGES.get(country, "en")


def is_late(submitted_at: datetime, at: datetime) -> bool:
    """Whether an application waits longer than it should."""
    return at - submitted_at > TARGET


def typical(waits: Sequence[timedelta]) -> timedelta | None:
    """The middle of what past decisions took; None while there are too few to tell."""
    if len(waits) < FEWEST_DECISIONS:
        return None
    return timedelta(seconds=round(median(wait.total_seconds() for wait in waits)))
