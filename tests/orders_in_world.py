"""Orders that sellers enter themselves, for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.centres_world import applied
from tests.world import NOON, WORLD
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.entering import enter_orders
from toiya.domain.orders.entered import Entered
from toiya.domain.orders.entries import Entry, EntryLine
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import CentreUse, Warehouse


def an_entry(sku: str = "LT-NVM", pieces: str = "1", branch: str = "FNB", **changed: Any) -> Entry:
    """One line of a SKU by the seller's code, to an address that the post knows."""
    entry = Entry(
        lines=(EntryLine(seller_sku=sku, title="Linen tote", quantity=pieces, price="1200"),),
        branch=branch,
        receiver="田中 みなみ",
        phone="047-431-2111",
        postal_code="273-0017",
        address="千葉県船橋市西浦1-2-3",
    )
    return replace(entry, **changed)


def entered(seller: Seller, *entries: Entry, channel: str = "hand") -> list[Entered]:
    """What became of the entries."""
    return enter_orders(seller_id=seller.pk, entries=entries, channel=channel, actor=WORLD, at=NOON)


def an_entered_order(seller: Seller, **changed: Any) -> Order:
    """An order that the seller entered; its SKU and warehouse must be there, and it applies for that warehouse."""
    if not CentreUse.objects.filter(seller=seller).exists():
        applied(seller, *Warehouse.objects.all())
    (one,) = entered(seller, an_entry(**changed))
    assert one.flaws == (), one
    return Order.objects.get(code=one.code)
