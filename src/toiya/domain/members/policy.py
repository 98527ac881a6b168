"""What the operator of this installation decided about members; its settings, read in one place."""

from __future__ import annotations

from django.conf import settings

from toiya.domain.members.rules import approval
from toiya.domain.members.rules.countries import Desk, desk_of


def needs_approval(country: str) -> bool:
    """Whether a business from there waits for approval first (A024; TOIYA_APPROVED_FIRST)."""
    return approval.is_approved_first(country, approval.countries_from(settings.APPROVED_FIRST))


def desk_for(country: str) -> Desk:
    """The regional desk that looks after that country (A026; TOIYA_DESKS)."""
    return desk_of(country, approval.desks_from(settings.DESKS))
