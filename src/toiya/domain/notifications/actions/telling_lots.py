"""Letters about lots that near their last usable day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.inbound.models import LotWarning
from toiya.domain.members.models import Membership
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter

ROLES_TOLD = ("owner", "manager")
MOST_NAMED = 20


@transaction.atomic
def tell_of_lots(*, warning_id: int, actor: Actor, at: datetime) -> None:
    """Write to each owner and manager of all lots that were found with this one, once."""
    first = LotWarning.objects.get(pk=warning_id)
    together = LotWarning.objects.filter(seller_id=first.seller_id, told_at=first.told_at).order_by("expires_on", "pk")
    lines = [
        f"{each.expires_on.isoformat()}  {each.sku.code}  {each.sku.name} {each.sku.option}  {each.lot}".strip()
        for each in together.select_related("sku")[:MOST_NAMED]
    ]
    words: dict[str, str | int] = {
        "lots": together.count(),
        "lines": "\n".join(lines),
        "path": "/skus/expiring/",
    }
    members = Membership.objects.filter(seller_id=first.seller_id, role__in=ROLES_TOLD, user__is_active=True)
    for member in members.select_related("user").order_by("user_id"):
        key = f"lots-{first.pk}-{member.user_id}"
        write_letter(letter=Letter("lots_near_end", words), to=to_user(member.user, first.seller_id), key=key, at=at)
