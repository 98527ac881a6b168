"""Letters about money: that free money is low (L21), that money was taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.core.models import EventRow
from toiya.core.money import Money
from toiya.domain.members.models import Membership
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter
from toiya.domain.wallet.events import WalletLow
from toiya.domain.wallet.models import Reversal

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
    _write(Letter("wallet_low", words), seller_id, f"wallet-low-{told.pk}", at)


@transaction.atomic
def tell_of_money_back(*, reversal_id: int, actor: Actor, at: datetime) -> None:
    """Write to whoever looks after money that some left the wallet, why, and what is owed since; once."""
    reversal: Reversal = Reversal.objects.get(pk=reversal_id)
    if reversal.status != Reversal.Status.DONE:
        return
    words: dict[str, str | int] = {
        "amount": Money(reversal.amount_minor, reversal.currency).plain,
        "owed": Money(reversal.owed_minor, reversal.currency).plain if reversal.owed_minor else "",
        "code": reversal.cause,
        "reason": reversal.reason,
        "path": "/wallet/",
    }
    _write(Letter("money_taken_back", words), reversal.seller_id, f"money-back-{reversal.pk}", at)


def _write(letter: Letter, seller_id: int, key: str, at: datetime) -> None:
    members = Membership.objects.filter(seller_id=seller_id, role__in=ROLES_TOLD, user__is_active=True)
    for member in members.select_related("user").order_by("user_id"):
        write_letter(letter=letter, to=to_user(member.user, seller_id), key=f"{key}-{member.user_id}", at=at)
