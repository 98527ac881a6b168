"""What becomes of joins and links by itself: they follow a merged account, and are forgotten when they are over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.domain.channels.models import ConsoleLink, PendingJoin, UsedAssertion


@transaction.atomic
def follow_merge(*, merged_user_id: int, into_user_id: int) -> None:
    """The links of an account that became part of another are that one's now."""
    ConsoleLink.objects.filter(user_id=merged_user_id).update(user_id=into_user_id)


@transaction.atomic
def sweep_joins(*, at: datetime) -> int:
    """Forget joins nobody finished, and assertions too old to be shown again; returns how many rows."""
    joins, _ = PendingJoin.objects.filter(expires_at__lte=at).delete()
    used, _ = UsedAssertion.objects.filter(expires_at__lte=at).delete()
    return joins + used
