"""A delivery's fee in the wallet: set aside when it is asked for, taken when it is booked, else given back (L20)."""

from __future__ import annotations

from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.pricing.actions.charging import Quote, write_charges
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse


def reserve_fees(*, bundle: CargoBundle, quote: Quote, actor: Actor, at: datetime) -> None:
    """Write the quote as the bundle's charges and set its sum aside under the same code. :raises WalletTooLow:"""
    write_charges(seller_id=bundle.seller_id, source=bundle.code, quote=quote, at=at)
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
