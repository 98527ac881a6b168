"""Inviting people to a role: a link that works once and ends, at a seller or at the operator."""

from __future__ import annotations

import hashlib
import secrets as random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, secrets
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.rows import OwnedRows
from toiya.domain.members.actions.team import RoleAboveOwn, own_permissions
from toiya.domain.members.events import InvitationAccepted, InvitationRevoked, InvitationWritten
from toiya.domain.members.models import Invitation, Membership, Seller, Staff, User
from toiya.domain.members.rules.people import may_give

VALID = timedelta(days=7)
MOST_OPEN = 50


class AlreadyInTheTeam(Refusal):
    """That person has a role here."""

    code = "already_in_the_team"
    message = gettext_lazy("%(email)s is in the team already. Change the role in the list instead.")


class TooManyInvitations(Refusal):
    """So many open invitations that somebody makes a mistake, or mischief."""

    code = "too_many_invitations"
    message = gettext_lazy("There are %(most)s open invitations. Revoke those that nobody will accept.")


class InvitationGone(Refusal):
    """No such invitation, or used, revoked, replaced, too old. One message for all."""

    code = "invitation_gone"
    message = gettext_lazy("This invitation works no more. Ask the person who invited you to send it once more.")


class InvitedSomebodyElse(Refusal):
    """The one who is signed in does not have the mailbox the invitation went to."""

    code = "invited_somebody_else"
    message = gettext_lazy("This invitation is for another e-mail. Sign out, then open the link once more.")


class KeepApart(Refusal):
    """One account works for the operator or for sellers, never for both: who approves does not apply."""

    code = "keep_apart"
    message = gettext_lazy(
        "One account cannot work for the operator and for a shop. Ask to be invited at another e-mail."
    )


class AccountExists(Refusal):
    """The invited mailbox has an account: its owner signs in instead of making a second one."""

    code = "account_exists"
    message = gettext_lazy("There is an account for this e-mail already. Sign in, then accept the invitation.")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is invited to which role; `warehouse_id` for people of the operator."""

    email: str
    role: str
    name: str = ""
    language: str = "en"
    warehouse_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What somebody who is new tells of themselves."""

    name: str
    password: str
    language: str


@transaction.atomic
def invite(*, seller_id: int | None, guest: Guest, actor: Actor, at: datetime) -> Invitation:
    """
    Invite a mailbox to a role at a seller, or (None) at the operator. An older open invitation of it is void.

    :raises RoleAboveOwn:
    :raises AlreadyInTheTeam:
    :raises TooManyInvitations:
    """
    _lock_house(seller_id)
    email = guest.email.strip().lower()
    if not may_give(own_permissions(actor, seller_id), guest.role, seller_id):
        raise RoleAboveOwn()
    if _has_role(email, seller_id):
        raise AlreadyInTheTeam(email=email)
    waiting = _of_house(seller_id).filter(accepted_at=None, revoked_at=None)
    if waiting.filter(expires_at__gt=at).exclude(email=email).count() >= MOST_OPEN:
        raise TooManyInvitations(most=MOST_OPEN)

    waiting.filter(email=email).update(revoked_at=at, sealed_secret="")
    number = next_ids("members_invitation_id_seq", 1)[0]
    invitation = Invitation(
        id=number,
        seller_id=seller_id,
        code=code_for("INV", number),
        email=email,
        name=guest.name,
        role=guest.role,
        warehouse_id=guest.warehouse_id,
        language=guest.language,
        invited_by_id=int(actor.id),
        invited_at=at,
    )
    _give_secret(invitation, at)
    invitation.save()

    _record_written(invitation, actor, at)
    return invitation


@transaction.atomic
def resend_invitation(*, seller_id: int | None, code: str, actor: Actor, at: datetime) -> Invitation:
    """
    Send an open invitation once more: with a new link, which makes the old one void.

    :raises RoleAboveOwn:
    :raises InvitationGone: accepted or revoked meanwhile
    """
    invitation = _locked(seller_id, code)
    if not may_give(own_permissions(actor, seller_id), invitation.role, seller_id):
        raise RoleAboveOwn()
    if invitation.accepted_at or invitation.revoked_at:
        raise InvitationGone()

    _give_secret(invitation, at)
    invitation.save()

    _record_written(invitation, actor, at)
    return invitation


@transaction.atomic
def revoke_invitation(*, seller_id: int | None, code: str, actor: Actor, at: datetime) -> None:
    """
    Take an invitation back. Once more changes nothing.

    :raises InvitationGone: it was accepted meanwhile
    """
    invitation = _locked(seller_id, code)
    if invitation.accepted_at:
        raise InvitationGone()
    if invitation.revoked_at:
        return

    invitation.revoked_at, invitation.sealed_secret = at, ""
    invitation.save(update_fields=["revoked_at", "sealed_secret"])

    event = InvitationRevoked(seller_id=seller_id, subject=code, role=invitation.role)
    events.record(event, actor=actor, at=at)


@transaction.atomic
def accept_invitation(*, token: str, user_id: int, actor: Actor, at: datetime) -> Invitation:
    """
    The signed-in person takes the role they were invited to.

    :raises InvitationGone:
    :raises InvitedSomebodyElse:
    :raises KeepApart:
    :raises AlreadyInTheTeam:
    """
    invitation = _open_by(token, at)
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if user.email != invitation.email:
        raise InvitedSomebodyElse()

    _take_role(invitation, user, actor, at)
    return invitation


@transaction.atomic
def accept_as_new(*, token: str, person: NewPerson, actor: Actor, at: datetime) -> User:
    """
    Somebody new takes the role they were invited to. The link came to the mailbox, so the e-mail counts as verified.

    :raises InvitationGone:
    :raises AccountExists:
    """
    invitation = _open_by(token, at)
    if User.objects.filter(email=invitation.email, erased_at=None).exists():
        raise AccountExists()

    user = User.objects.create_user(
        email=invitation.email, name=person.name, password=person.password, language=person.language
    )
    user.email_verified_at = at
    user.save(update_fields=["email_verified_at"])
    _take_role(invitation, user, replace(actor, id=str(user.pk), name=user.name), at)
    return user


def hashed(token: str) -> str:
    """What we keep of a link's token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def bound_to(code: str) -> str:
    """What the sealed token belongs to, until the letter was written."""
    return f"invitation {code}"


def _take_role(invitation: Invitation, user: User, actor: Actor, at: datetime) -> None:
    if invitation.seller_id is None:
        if Membership.objects.filter(user=user).exists():
            raise KeepApart()
        if Staff.objects.filter(user=user).exists():
            raise AlreadyInTheTeam(email=user.email)
        badge = code_for("BDG", user.pk)
        Staff.objects.create(user=user, role=invitation.role, warehouse_id=invitation.warehouse_id, badge=badge)
    else:
        if Staff.objects.filter(user=user).exists():
            raise KeepApart()
        _membership, is_new = Membership.objects.get_or_create(
            user=user, seller_id=invitation.seller_id, defaults={"role": invitation.role}
        )
        if not is_new:
            raise AlreadyInTheTeam(email=user.email)
    invitation.accepted_at, invitation.sealed_secret = at, ""
    invitation.save(update_fields=["accepted_at", "sealed_secret"])
    event = InvitationAccepted(
        seller_id=invitation.seller_id, subject=invitation.code, user_id=user.pk, role=invitation.role
    )
    events.record(event, actor=actor, at=at)


def _open_by(token: str, at: datetime) -> Invitation:
    found: Invitation | None = Invitation.objects.filter(secret_hash=hashed(token)).lock().first()
    is_open = found and found.accepted_at is None and found.revoked_at is None and found.expires_at > at
    if found is None or not is_open:
        raise InvitationGone()
    return found


def _of_house(seller_id: int | None) -> OwnedRows:
    """Invitations of one seller, or (None) of the operator."""
    rows: OwnedRows = Invitation.objects.all()
    return rows.filter(seller=None) if seller_id is None else rows.filter(seller_id=seller_id)


def _lock_house(seller_id: int | None) -> None:
    if seller_id is not None:
        Seller.objects.filter(pk=seller_id).lock().get()


def _locked(seller_id: int | None, code: str) -> Invitation:
    found: Invitation | None = _of_house(seller_id).filter(code=code).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("invitation"), code=code)
    return found


def _has_role(email: str, seller_id: int | None) -> bool:
    if seller_id is None:
        return Staff.objects.filter(user__email=email).exists()
    return Membership.objects.filter(user__email=email, seller_id=seller_id).exists()


def _give_secret(invitation: Invitation, at: datetime) -> None:
    token = random.token_urlsafe(32)
    invitation.secret_hash = hashed(token)
    invitation.sealed_secret = secrets.seal(token, bound_to=bound_to(invitation.code))
    invitation.expires_at = at + VALID


def _record_written(invitation: Invitation, actor: Actor, at: datetime) -> None:
    event = InvitationWritten(
        seller_id=invitation.seller_id, subject=invitation.code, invitation_id=invitation.pk, role=invitation.role
    )
    events.record(event, actor=actor, at=at)
