"""What a seller wishes to happen when its money runs low, and the watch over what is left (L21)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.ledger import check_amount
from toiya.domain.wallet.events import AlertSet, WalletLow
from toiya.domain.wallet.models import MoneyWatch
from toiya.domain.wallet.queries import balances_of


@transaction.atomic
def set_alert(*, seller: Seller, below_minor: int | None, actor: Actor, at: datetime) -> None:
    """
    Write a letter when free money falls below an amount of the seller's currency; None: no letter.

    :raises AmountNotPositive: an amount of zero or less
    """
    Seller.objects.filter(pk=seller.pk).lock().get()
    if below_minor is not None:
        check_amount(below_minor)

    wished = {"alert_below_minor": below_minor, "alerted_at": None, "changed_at": at}
    MoneyWatch.objects.update_or_create(seller=seller, defaults=wished)

    set_to = AlertSet(
        seller_id=seller.pk, subject=seller.code, currency=seller.currency, alert_below_minor=below_minor or 0
    )
    events.record(set_to, actor=actor, at=at)


@transaction.atomic
def watch_balance(*, seller: Seller, actor: Actor, at: datetime) -> None:
    """Tell once that free money is low; once more only after it was enough in between."""
    watch: MoneyWatch | None = MoneyWatch.objects.filter(seller=seller).lock().first()
    if watch is None or watch.alert_below_minor is None:
        return
    free = balances_of(seller.pk, seller.currency).free
    is_low = free < watch.alert_below_minor
    if is_low == (watch.alerted_at is not None):
        return

    watch.alerted_at = at if is_low else None
    watch.save(update_fields=["alerted_at"])

    if is_low:
        low = WalletLow(
            seller_id=seller.pk,
            subject=seller.code,
            currency=seller.currency,
            free_minor=free,
            alert_below_minor=watch.alert_below_minor,
        )
        events.record(low, actor=actor, at=at)
