"""Who somebody is, for the edge: a signed-in user becomes an Actor."""

from __future__ import annotations

from datetime import datetime

from toiya.core.actor import Actor, ActorKind, Permission
from toiya.domain.members.models import Certificate, Membership, Seller, User
from toiya.domain.members.rules import OPERATOR_ROLES, SELLER_ROLES, WHILE_PENDING


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


def seller_of(actor: Actor) -> Seller | None:
    """The seller an actor works for; None for the operator's people."""
    return None if actor.seller_id is None else Seller.objects.get(pk=actor.seller_id)


def certificates_of(actor: Actor, seller: Seller) -> list[Certificate]:
    """A seller's papers, those that hold first, newest first."""
    rows = Certificate.objects.visible_to(actor).filter(seller=seller)
    return sorted(rows.order_by("-pk"), key=lambda row: row.withdrawn_at is not None)
