"""Roles of members: changing, taking away. Nobody gives or takes more than they have; a shop keeps an owner."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor, ActorKind, Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members.actions.keys import revoke_keys_of
from toiya.domain.members.actions.sessions import end_rows
from toiya.domain.members.events import MemberRemoved, RoleChanged
from toiya.domain.members.models import Membership, Seller, SignedIn, Staff
from toiya.domain.members.queries import person_code
from toiya.domain.members.rules import OPERATOR_ROLES, SELLER_ROLES
from toiya.domain.members.rules.people import OWNER, may_give


class RoleAboveOwn(Refusal):
    """Nobody gives a role that may do more than they may, nor touches somebody who has one."""

    code = "role_above_own"
    message = gettext_lazy("That role may do more than yours, or does not exist. Choose one of the roles shown.")


class LastOwner(Refusal):
    """A shop without an owner belongs to nobody."""

    code = "last_owner"
    message = gettext_lazy("This is the last owner of the shop. Make somebody else an owner first.")


@transaction.atomic
def change_role(*, seller_id: int, user_id: int, role: str, actor: Actor, at: datetime) -> None:
    """
    Give a member another role. The keys they made die, since they were cut to the old one.

    :raises RoleAboveOwn:
    :raises LastOwner:
    """
    membership = _locked(seller_id, user_id)
    _check_reach(actor, membership)
    if not may_give(own_permissions(actor, seller_id), role, seller_id):
        raise RoleAboveOwn()
    if membership.role == role:
        return
    _keep_an_owner(membership)

    old, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    revoke_keys_of(seller_id=seller_id, user_id=user_id, reason="role_changed", actor=actor, at=at)

    event = RoleChanged(seller_id=seller_id, subject=person_code(user_id), user_id=user_id, old=old, new=role)
    events.record(event, actor=actor, at=at)


@transaction.atomic
def remove_member(*, seller_id: int, user_id: int, actor: Actor, at: datetime) -> None:
    """
    Take a member's role away: they are out at once, with their sessions and the keys they made.

    :raises RoleAboveOwn:
    :raises LastOwner:
    """
    membership = _locked(seller_id, user_id)
    if user_id != _number(actor):
        _check_reach(actor, membership)
    _keep_an_owner(membership)

    take_out(membership, actor, at)


def take_out(membership: Membership, actor: Actor, at: datetime) -> None:
    """The membership ends, with keys and sessions; part of an action that holds the seller's row."""
    seller_id, user_id, role = membership.seller_id, membership.user_id, membership.role
    membership.delete()
    revoke_keys_of(seller_id=seller_id, user_id=user_id, reason="removed", actor=actor, at=at)
    end_rows(SignedIn.objects.filter(user_id=user_id).lock())
    event = MemberRemoved(seller_id=seller_id, subject=person_code(user_id), user_id=user_id, role=role)
    events.record(event, actor=actor, at=at)


def own_permissions(actor: Actor, seller_id: int | None) -> frozenset[Permission]:
    """What the actor's role may do when nothing is in its way: not cut while the seller waits for approval."""
    if actor.kind == ActorKind.SYSTEM:
        return actor.permissions
    if seller_id is None:
        role = Staff.objects.filter(user_id=_number(actor), user__is_active=True).values_list("role", flat=True).first()
        return OPERATOR_ROLES.get(role or "", frozenset())
    found = Membership.objects.filter(user_id=_number(actor), seller_id=seller_id)
    return SELLER_ROLES.get(found.values_list("role", flat=True).first() or "", frozenset())


def _number(actor: Actor) -> int:
    return int(actor.id) if actor.kind == ActorKind.PERSON else 0


def _locked(seller_id: int, user_id: int) -> Membership:
    """The membership, the seller's row held: of two owners who remove each other, one comes too late."""
    Seller.objects.filter(pk=seller_id).lock().get()
    found: Membership | None = Membership.objects.filter(seller_id=seller_id, user_id=user_id).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("member"), code=person_code(user_id))
    return found


def _check_reach(actor: Actor, membership: Membership) -> None:
    if not may_give(own_permissions(actor, membership.seller_id), membership.role, membership.seller_id):
        raise RoleAboveOwn()


def _keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(seller_id=membership.seller_id, role=OWNER, user__is_active=True)
    if membership.role == OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwner()
