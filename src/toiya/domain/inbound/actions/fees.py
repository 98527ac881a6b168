"""A delivery's fee in the wallet: set aside when it is asked for, taken when it is booked, else given back (L20)."""

from __future__ import annotations

from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse


def reserve_fees(*, bundle: CargoBundle, actor: Actor, at: datetime) -> None:
    """Set the estimate aside under the bundle's code. :raises WalletTooLow:"""
    if bundle.estimate_minor:
        ledger.reserve(_purse(bundle, actor, at), {bundle.code: bundle.estimate_minor})


def capture_fees(*, bundle: CargoBundle, actor: Actor, at: datetime) -> None:
    """Take what was set aside: the delivery is booked. A bundle that came unannounced has nothing set aside."""
    if bundle.estimate_minor:
        ledger.capture(_purse(bundle, actor, at), [bundle.code])


def void_fees(*, bundle: CargoBundle, actor: Actor, at: datetime) -> None:
    """Give back what was set aside: the delivery will not come."""
    if bundle.estimate_minor:
        ledger.void(_purse(bundle, actor, at), [bundle.code])


def _purse(bundle: CargoBundle, actor: Actor, at: datetime) -> Purse:
    return Purse(bundle.seller_id, bundle.currency, actor.name, at)
