"""Changing what a firm told us about itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.members.events import CompanyEdited
from toiya.domain.members.models import BusinessProfile
from toiya.domain.members.rules.signing_up import Firm


class NoCompany(Refusal):
    """A basic member has told of no firm."""

    code = "no_company"
    message = gettext_lazy("There is no company on record. Become a business member first.")


@transaction.atomic
def edit_company(*, seller_id: int, firm: Firm, actor: Actor, at: datetime) -> list[str]:
    """
    Keep the new values; returns the names of the fields that changed, and records old and new of each.

    :raises NoCompany: a basic member
    """
    rows = BusinessProfile.objects.visible_to(actor).filter(seller_id=seller_id)
    profile: BusinessProfile | None = rows.lock().first()
    if profile is None:
        raise NoCompany()
    new = asdict(firm)
    changes = {name: [getattr(profile, name), value] for name, value in new.items() if getattr(profile, name) != value}
    if not changes:
        return []

    for name, (_old, value) in changes.items():
        setattr(profile, name, value)
    profile.save(update_fields=list(changes))

    edited = CompanyEdited(seller_id=seller_id, subject=profile.seller.code, fields=sorted(changes), changes=changes)
    events.record(edited, actor=actor, at=at)
    return sorted(changes)
