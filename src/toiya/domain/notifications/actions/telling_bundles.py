"""Letters about deliveries: the warehouse said yes, or no (A127)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Membership
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter

Status = CargoBundle.Status
ROLES_TOLD = ("owner", "manager")
_KINDS: Mapping[str, str] = {Status.CONFIRMED: "bundle_confirmed", Status.REJECTED: "bundle_rejected"}


@transaction.atomic
def tell_of_bundle(*, bundle_id: int, actor: Actor, at: datetime) -> None:
    """Write to each owner and manager what was decided, once; what went on meanwhile is not told late."""
    bundle = CargoBundle.objects.select_related("warehouse").get(pk=bundle_id)
    kind = _KINDS.get(bundle.status)
    if kind is None:
        return
    words: dict[str, str | int] = {
        "code": bundle.code,
        "warehouse": bundle.warehouse.name,
        "reason": bundle.reason,
        "path": f"/inbound/{bundle.code}/",
    }
    members = Membership.objects.filter(seller_id=bundle.seller_id, role__in=ROLES_TOLD, user__is_active=True)
    for member in members.select_related("user").order_by("user_id"):
        key = f"bundle-{bundle.pk}-{bundle.status}-{member.user_id}"
        write_letter(letter=Letter(kind, words), to=to_user(member.user, bundle.seller_id), key=key, at=at)
