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
from toiya.domain.members.models import BusinessProfile, Seller
from toiya.domain.members.rules.signing_up import Firm


class NoCompany(Refusal):
    """A basic member has told of no firm."""

    code = "no_company"
    message = gettext_lazy("There is no company on record. Become a business member first.")


@transaction.atomic
def edit_company(*, seller_id: int, firm: Firm, actor: Actor, at: datetime) -> list[str]:
    """
    Keep the new values; returns the names of the fields that changed, and records old and new of each.

    A business that the operator took on, and that told of no firm yet, tells of it now.

    :raises NoCompany: a basic member, or another seller's
    """
    seller: Seller = Seller.objects.filter(pk=seller_id).lock().get()
    profile: BusinessProfile | None = BusinessProfile.objects.filter(seller=seller).lock().first()
    is_theirs = actor.is_operator or actor.seller_id == seller.pk
    if not is_theirs or (profile is None and seller.kind == Seller.Kind.BASIC):
        raise NoCompany()
    profile = profile or BusinessProfile.objects.create(seller=seller)
    new = asdict(firm)
    changes = {name: [getattr(profile, name), value] for name, value in new.items() if getattr(profile, name) != value}
    if not changes:
        return []

    for name, (_old, value) in changes.items():
        setattr(profile, name, value)
    profile.save(update_fields=list(changes))

    edited = CompanyEdited(seller_id=seller.pk, subject=seller.code, fields=sorted(changes), changes=changes)
    events.record(edited, actor=actor, at=at)
    return sorted(changes)
