"""Who somebody is, for the edge: a signed-in user becomes an Actor."""

from __future__ import annotations

import hashlib
from datetime import datetime

from toiya.core.actor import Actor, ActorKind, Permission
from toiya.domain.members.models import (
    ApiKey,
    Certificate,
    Invitation,
    Membership,
    Seller,
    Staff,
    Standstill,
    User,
)
from toiya.domain.members.rules import OPERATOR_ROLES, SELLER_ROLES, WHILE_PENDING
from toiya.domain.members.rules.people import SELLERS_WHO_NEED_A_FACTOR, STAFF_WHO_NEED_A_FACTOR


def shops_of(user: User) -> list[Membership]:
    """The sellers this user works for, with the role at each."""
    return list(Membership.objects.filter(user=user).select_related("seller").order_by("seller__name"))


def is_kept_out(user: User, at: datetime) -> bool:
    """Whether the 14 days to verify the e-mail have passed (A022): the person may sign in, and do nothing else."""
    return user.verify_by is not None and user.verify_by <= at


def actor_of(user: User, seller_code: str = "", *, at: datetime) -> Actor | None:
    """
    The actor a signed-in user is now: staff of the operator, or a member of the chosen seller (else the first).

    While the seller waits for approval they may look and tell us more; past the day to verify the e-mail, nothing.
    None when the user has no role at all, or was switched off (R24).
    """
    if not user.is_active:
        return None
    staff = getattr(user, "staff", None)
    if staff is not None:
        return Actor(
            kind=ActorKind.PERSON,
            id=str(user.pk),
            name=user.name,
            warehouse_id=staff.warehouse_id,
            permissions=OPERATOR_ROLES.get(staff.role, frozenset()),
        )
    memberships = shops_of(user)
    if not memberships:
        return None
    membership = next((m for m in memberships if m.seller.code == seller_code), memberships[0])
    return Actor(
        kind=ActorKind.PERSON,
        id=str(user.pk),
        name=user.name,
        seller_id=membership.seller_id,
        permissions=_permissions_now(user, membership, at),
    )


def _permissions_now(user: User, membership: Membership, at: datetime) -> frozenset[Permission]:
    if is_kept_out(user, at):
        return frozenset()
    permissions = SELLER_ROLES.get(membership.role, frozenset())
    is_active = membership.seller.status == Seller.Status.ACTIVE
    return permissions if is_active else permissions & WHILE_PENDING


def person_code(user_id: int) -> str:
    """How events name a person: the number only, which stays when the name goes."""
    return f"USR-{user_id}"


def needs_factor(user: User) -> bool:
    """Whether a role of this person asks for a second factor (S28)."""
    if Staff.objects.filter(user=user, role__in=STAFF_WHO_NEED_A_FACTOR).exists():
        return True
    return Membership.objects.filter(user=user, role__in=SELLERS_WHO_NEED_A_FACTOR).exists()


def seller_of(actor: Actor) -> Seller | None:
    """The seller an actor works for; None for the operator's people."""
    return None if actor.seller_id is None else Seller.objects.get(pk=actor.seller_id)


def certificates_of(actor: Actor, seller: Seller) -> list[Certificate]:
    """A seller's papers, those that hold first, newest first."""
    rows = Certificate.objects.visible_to(actor).filter(seller=seller)
    return sorted(rows.order_by("-pk"), key=lambda row: row.withdrawn_at is not None)


def open_invitation(token: str, at: datetime) -> Invitation | None:
    """The invitation this link's token opens, while it is open."""
    secret_hash = hashlib.sha256(token.encode()).hexdigest()
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)
    return waiting.select_related("seller").filter(secret_hash=secret_hash).first()


def actor_of_key(secret: str, at: datetime) -> tuple[ApiKey, Actor] | None:
    """
    The key with this secret, and the actor it is now: at most what its maker may still do.

    None when there is no such key, it ended, or its maker is no member any more.
    """
    secret_hash = hashlib.sha256(secret.encode()).hexdigest()
    key: ApiKey | None = (
        ApiKey.objects.filter(secret_hash=secret_hash, revoked_at=None).select_related("seller").first()
    )
    if key is None or (key.expires_at is not None and key.expires_at <= at):
        return None
    found = Membership.objects.filter(user_id=key.made_by_id, seller_id=key.seller_id, user__is_active=True)
    membership = found.select_related("user", "seller").first()
    if membership is None:
        return None
    may = {permission for permission in _permissions_now(membership.user, membership, at) if permission in key.scopes}
    actor = Actor(
        kind=ActorKind.PERSON,
        id=str(key.made_by_id),
        name=f"{membership.user.name} ({key.name})"[:100],
        seller_id=key.seller_id,
        permissions=frozenset(may),
    )
    return key, actor


def stands_still(seller_id: int) -> bool:
    """Whether nothing may leave for this seller, because fees are unpaid (A071)."""
    return Standstill.objects.filter(seller_id=seller_id).exists()


def service_stopped(seller_id: int) -> bool:
    """Whether nothing is taken in for it either."""
    return Standstill.objects.filter(seller_id=seller_id, stage=Standstill.Stage.SERVICE).exists()
