"""A person takes their data with them, or goes: what names them is removed, what happened keeps their number."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.members.actions.sessions import end_rows
from toiya.domain.members.actions.team import LastOwner, take_out
from toiya.domain.members.events import DataExported, PersonErased
from toiya.domain.members.models import (
    Challenge,
    Factor,
    Invitation,
    Membership,
    RecoveryCode,
    Seller,
    SignedIn,
    Staff,
    User,
)
from toiya.domain.members.queries import person_code
from toiya.domain.members.rules.people import OWNER


class StaffStays(Refusal):
    """Who works for the operator is erased by an administrator, after they left."""

    code = "staff_stays"
    message = gettext_lazy("You work for the operator. Ask an administrator to switch you off first.")


@transaction.atomic
def record_export(*, user_id: int, actor: Actor, at: datetime) -> None:
    """A person took a copy of all we hold about them."""
    events.record(DataExported(seller_id=None, subject=person_code(user_id), user_id=user_id), actor=actor, at=at)


@transaction.atomic
def erase_person(*, user_id: int, actor: Actor, at: datetime) -> None:
    """
    Make a person nameless: roles, sessions, factors, name, e-mail, phone. Events keep the number.

    :raises LastOwner: a shop would be left without an owner: hand it over first
    :raises StaffStays:
    """
    ids = Membership.objects.filter(user_id=user_id).values_list("seller_id", flat=True)
    list(Seller.objects.filter(pk__in=list(ids)).lock())
    memberships = list(Membership.objects.filter(user_id=user_id).lock())
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if user.erased_at:
        return
    if user.is_active and Staff.objects.filter(user=user).exists():
        raise StaffStays()
    for membership in memberships:
        others = Membership.objects.filter(seller_id=membership.seller_id, role=OWNER, user__is_active=True)
        if membership.role == OWNER and not others.exclude(user_id=user_id).exists():
            raise LastOwner()

    for membership in memberships:
        take_out(membership, actor, at)
    _forget(user, at)

    events.record(PersonErased(seller_id=None, subject=person_code(user_id), user_id=user_id), actor=actor, at=at)
    events.forget_name(str(user_id), person_code(user_id))


def _forget(user: User, at: datetime) -> None:
    end_rows(SignedIn.objects.filter(user=user).lock())
    for rows in (Factor, RecoveryCode, Challenge, Staff):
        rows.objects.filter(user=user).delete()
    Invitation.objects.filter(email=user.email).update(
        email=f"erased-{user.pk}@invalid", name="", sealed_secret="", secret_hash=""
    )
    user.login = f"erased-{user.pk}"
    user.email = f"erased-{user.pk}@invalid"
    user.name = person_code(user.pk)
    user.phone = ""
    user.phone_verified_at = user.email_verified_at = user.verify_by = user.mail_bounced_at = user.last_login = None
    user.set_unusable_password()
    user.is_active, user.wants_order_mails, user.erased_at = False, False, at
    user.save()
