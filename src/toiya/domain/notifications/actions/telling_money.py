"""The letter when free money is low (L21)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.core.models import EventRow
from toiya.core.money import Money
from toiya.domain.members.models import Membership
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter
from toiya.domain.wallet.events import WalletLow

ROLES_TOLD = ("owner", "manager", "accountant")


@transaction.atomic
def tell_of_low_money(*, seller_id: int, actor: Actor, at: datetime) -> None:
    """Write to whoever looks after money that it runs low, once for each time it does."""
    told = EventRow.objects.filter(seller_id=seller_id, name=WalletLow.NAME).order_by("-id").first()
    if told is None:
        return
    currency = told.data["currency"]
    words: dict[str, str | int] = {
        "free": Money(told.data["free_minor"], currency).plain,
        "below": Money(told.data["alert_below_minor"], currency).plain,
        "path": "/wallet/top-ups/",
    }
    members = Membership.objects.filter(seller_id=seller_id, role__in=ROLES_TOLD, user__is_active=True)
    for member in members.select_related("user").order_by("user_id"):
        key = f"wallet-low-{told.pk}-{member.user_id}"
        write_letter(letter=Letter("wallet_low", words), to=to_user(member.user, seller_id), key=key, at=at)
