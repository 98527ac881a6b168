"""Money in and back, as whole actions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.events import WalletRefunded, WalletToppedUp
from toiya.domain.wallet.sql import Purse


@transaction.atomic
def top_up_wallet(*, seller: Seller, amount: Money, reference: str, actor: Actor, at: datetime) -> None:
    """
    Book money that a seller paid in.

    :raises AmountNotPositive: zero or less
    """
    ledger.top_up(Purse(seller.pk, amount.currency, actor.name, at), amount.minor, reference)

    topped_up = WalletToppedUp(
        seller_id=seller.pk,
        subject=seller.code,
        currency=amount.currency,
        amount_minor=amount.minor,
        reference=reference,
    )
    events.record(topped_up, actor=actor, at=at)


@transaction.atomic
def refund_fee(*, seller: Seller, amount: Money, reference: str, actor: Actor, at: datetime) -> None:
    """
    Give a fee back into the free balance.

    :raises AmountNotPositive: zero or less
    """
    ledger.refund(Purse(seller.pk, amount.currency, actor.name, at), amount.minor, reference)

    refunded = WalletRefunded(
        seller_id=seller.pk,
        subject=seller.code,
        currency=amount.currency,
        amount_minor=amount.minor,
        reference=reference,
    )
    events.record(refunded, actor=actor, at=at)
