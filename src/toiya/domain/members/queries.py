"""Who somebody is, for the edge: a signed-in user becomes an Actor."""

from __future__ import annotations

from toiya.core.actor import Actor, ActorKind
from toiya.domain.members.models import Membership, Seller, User
from toiya.domain.members.rules import OPERATOR_ROLES, SELLER_ROLES


def shops_of(user: User) -> list[Membership]:
    """The sellers this user works for, with the role at each."""
    return list(Membership.objects.filter(user=user).select_related("seller").order_by("seller__name"))


def actor_of(user: User, seller_code: str = "") -> Actor | None:
    """
    The actor a signed-in user is now: staff of the operator, or a member of the chosen seller (else the first).

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
        permissions=SELLER_ROLES.get(membership.role, frozenset()),
    )


def seller_of(actor: Actor) -> Seller | None:
    """The seller an actor works for; None for the operator's people."""
    return None if actor.seller_id is None else Seller.objects.get(pk=actor.seller_id)
