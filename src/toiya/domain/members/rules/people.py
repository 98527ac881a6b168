"""Decisions about people: whose role may give which, who needs a second factor, how long a session lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from toiya.core.actor import Permission
from toiya.domain.members.rules.roles import OPERATOR_ROLES, SELLER_ROLES

OWNER = "owner"
ADMINISTRATOR = "administrator"
SELLERS_WHO_NEED_A_FACTOR = frozenset({OWNER})
STAFF_WHO_NEED_A_FACTOR = frozenset({ADMINISTRATOR, "approver"})
MOST_SESSIONS = 10
NOTED_EVERY = timedelta(minutes=1)


def roles_of_house(seller_id: int | None) -> Mapping[str, frozenset[Permission]]:
    """The roles there are at a seller, or (None) at the operator."""
    return OPERATOR_ROLES if seller_id is None else SELLER_ROLES


def may_give(own: frozenset[Permission], role: str, seller_id: int | None) -> bool:
    """Nobody gives a role that may do more than their own, nor one that does not exist."""
    wanted = roles_of_house(seller_id).get(role)
    return wanted is not None and wanted <= own


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session may lie idle, and how long it lives at most."""

    idle: timedelta
    at_most: timedelta


PORTAL = Lifetime(timedelta(hours=2), timedelta(hours=12))
OFFICE = Lifetime(timedelta(minutes=30), timedelta(hours=10))
FLOOR = Lifetime(timedelta(hours=12), timedelta(hours=12))


def lifetime_of(*, is_operator: bool, is_by_badge: bool) -> Lifetime:
    """The limits of a session by the face it is for (S31); a badge opens the floor only, for one long shift."""
    if is_by_badge:
        return FLOOR
    return OFFICE if is_operator else PORTAL


def has_ended(life: Lifetime, *, began_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Whether a session is over, by idleness or by age."""
    return at - seen_at >= life.idle or at - began_at >= life.at_most
