"""A parcel that the seller announced does not come: its label is given up, its fee is free again."""

from __future__ import annotations

from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.carriers.actions.labels import drop_label
from toiya.domain.orders.events import HoldLifted
from toiya.domain.outbound.actions.labelling import CARRIER_HOLD, WALLET_HOLD, lift_holds
from toiya.domain.outbound.models import HandIn, Parcel
from toiya.domain.wallet.actions import ledger as wallet
from toiya.domain.wallet.models import Reservation
from toiya.domain.wallet.sql import Purse


def withdraw(*, parcel: Parcel, actor: Actor, at: datetime) -> list[HoldLifted]:
    """A step for higher actions: give up the label of a locked parcel that was not handed in; what to record."""
    fee = parcel.reservation
    if fee is not None and fee.status == Reservation.Status.OPEN:
        wallet.void(Purse(parcel.seller_id, fee.currency, actor.name, at), [parcel.code])
    if parcel.label is not None:
        drop_label(parcel.label)
    parcel.move_to(Parcel.Status.CANCELLED)
    parcel.save(update_fields=["status"])
    HandIn.objects.filter(pk=parcel.pk).update(is_cancelled=True)
    return lift_holds(parcel.order, (WALLET_HOLD, CARRIER_HOLD), at)
