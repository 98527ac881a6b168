"""
A delivery's fee in the wallet: set aside when it is asked for, counted anew when it is booked, else given back (L20).

The estimate is set aside under the bundle's code. Where the count costs something else, that is charged under
`CB-…/counted`, and what was set aside is given back in the same transaction. Goods are never kept waiting for money:
where the wallet is too low, the whole fee stays due, what was set aside stays aside, and money that comes pays it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.events import Event
from toiya.domain.inbound.charging import counted_quote, is_same
from toiya.domain.inbound.events import BundleFeeCounted, BundleFeeTaken
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.pricing.actions.charging import Quote, write_charges
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.sql import Purse

MOST_AT_ONCE = 200


def reserve_fees(*, bundle: CargoBundle, quote: Quote, actor: Actor, at: datetime) -> None:
    """Write the quote as the bundle's charges and set its sum aside under the same code. :raises WalletTooLow:"""
    write_charges(seller_id=bundle.seller_id, source=bundle.code, quote=quote, at=at)
    if bundle.estimate_minor:
        ledger.reserve(_purse(bundle, actor, at), {bundle.code: bundle.estimate_minor})


def charge_counted(*, bundle: CargoBundle, actor: Actor, at: datetime) -> list[Event]:
    """
    The delivery is booked: take what was set aside, or what the count costs when that is another sum. The caller saves
    the bundle. An unannounced delivery had nothing set aside; it pays for what was counted.
    """
    quote = counted_quote(bundle)
    is_other_currency = bool(bundle.estimate_minor) and quote.currency != bundle.currency  # changed meanwhile
    if is_other_currency or is_same(bundle, quote):
        bundle.fee_minor, bundle.fee_source, bundle.fee_taken_at = bundle.estimate_minor, bundle.code, at
        if bundle.estimate_minor:
            ledger.capture(_purse(bundle, actor, at), [bundle.code])
        return []
    if not bundle.estimate_minor:
        bundle.currency = quote.currency
    bundle.fee_minor, bundle.fee_source = quote.total_minor, f"{bundle.code}/counted"
    write_charges(seller_id=bundle.seller_id, source=bundle.fee_source, quote=quote, at=at)
    _take(bundle, actor, at)
    counted = BundleFeeCounted(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        fee_minor=quote.total_minor,
        estimate_minor=bundle.estimate_minor,
        currency=bundle.currency,
        is_due=bundle.fee_taken_at is None,
    )
    return [counted]


def _take(bundle: CargoBundle, actor: Actor, at: datetime) -> None:
    """The counted fee in the place of what was set aside, both or neither; too little money leaves it due."""
    purse, fee = _purse(bundle, actor, at), bundle.fee_minor or 0
    try:
        with transaction.atomic():
            if bundle.estimate_minor:
                ledger.void(purse, [bundle.code])
            if fee:
                ledger.reserve(purse, {bundle.fee_source: fee})
    except WalletTooLow:
        return
    if fee:
        ledger.capture(purse, [bundle.fee_source])
    bundle.fee_taken_at = at


@transaction.atomic
def take_due_fees(*, seller_id: int, actor: Actor, at: datetime) -> list[str]:
    """Money came: take the fees of counted deliveries that are due, the oldest first; returns those paid now."""
    due = CargoBundle.objects.filter(seller_id=seller_id, fee_minor__isnull=False, fee_taken_at=None)
    found: list[CargoBundle] = list(due.lock()[:MOST_AT_ONCE])

    for bundle in found:
        _take(bundle, actor, at)
    paid = [bundle for bundle in found if bundle.fee_taken_at is not None]
    CargoBundle.objects.bulk_update(paid, ["fee_taken_at"])

    events.record_all([_taken(bundle) for bundle in paid], actor=actor, at=at)
    return [bundle.code for bundle in paid]


def _taken(bundle: CargoBundle) -> BundleFeeTaken:
    return BundleFeeTaken(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        amount_minor=bundle.fee_minor or 0,
        currency=bundle.currency,
    )


def void_fees(*, bundle: CargoBundle, actor: Actor, at: datetime) -> None:
    """Give back what was set aside: the delivery will not come."""
    if bundle.estimate_minor:
        ledger.void(_purse(bundle, actor, at), [bundle.code])


def _purse(bundle: CargoBundle, actor: Actor, at: datetime) -> Purse:
    return Purse(bundle.seller_id, bundle.currency, actor.name, at)
