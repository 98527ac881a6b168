"""Who is written to about a seller's orders."""

from __future__ import annotations

from toiya.core.actor import Permission
from toiya.domain.members.models import Membership, User
from toiya.domain.members.rules import SELLER_ROLES

_READERS = [role for role, permissions in SELLER_ROLES.items() if Permission.SEE_ORDERS in permissions]


def readers_of(seller_id: int) -> list[User]:
    """The people of a seller who want mails about orders, at mailboxes that were verified and take them."""
    members = Membership.objects.filter(
        seller_id=seller_id,
        role__in=_READERS,
        user__is_active=True,
        user__erased_at=None,
        user__wants_order_mails=True,
        user__email_verified_at__isnull=False,
        user__mail_bounced_at=None,
    )
    return [member.user for member in members.select_related("user").order_by("pk")]
