"""What the whole house charges: a card for each seller, a copy that waits, storage of a month."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.pricing_world import TODAY, WRITER, a_rate, in_force
from tests.world import NOON
from toiya.domain.pricing.actions.cards import copy_card
from toiya.domain.pricing.actions.charging import price, write_charges
from toiya.domain.pricing.rules import Entry, Kind
from toiya.domain.warehouses.actions.bins import BinFacts, describe_bins

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def priced(side: Side) -> None:
    """A yen for the first piece of a parcel, 30 for each piece stored; before anything is charged. A pallet place."""
    name = f"Prices of {side.seller.name}"
    rates = [a_rate(Kind.PICK_FIRST, "1"), a_rate(Kind.STORAGE_MONTH, "30", shipped_under=10)]
    card = in_force(*rates, seller=side.seller, warehouse=side.warehouse, name=name)
    copy_card(card_code=card.code, name=f"{name} next year", from_on=TODAY + timedelta(days=40), actor=WRITER, at=NOON)
    pallet = BinFacts(is_pallet=True)
    describe_bins(warehouse_id=side.warehouse.pk, names="A01-06-1", facts=pallet, actor=WRITER, at=NOON)
    facts = {"warehouse": side.warehouse.code, "shipped": 5}
    stored = [Entry(Kind.STORAGE_MONTH, TODAY, "300000000001-00001", 20, facts)]
    quote = price(seller=side.seller, warehouse=side.warehouse, entries=stored, on=TODAY)
    write_charges(seller_id=side.seller.pk, source=f"STORAGE-{side.seller.code}", quote=quote, at=NOON)
