"""Orders that a seller entered: one with a wish, one that goes abroad, one corrected."""

from __future__ import annotations

from tests.orders_in_world import an_entered_order, an_entry
from tests.world import NOON, acting_for
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.reentering import correct_order
from toiya.domain.warehouses.models import Warehouse


def entered_orders(seller: Seller, house: Warehouse) -> None:
    """Through the actions, as every entered order."""
    told = {"branch": house.code, "sku": "MUG"}
    an_entered_order(seller, **told, slot="AM", gift_name="Sato", reference="1")
    an_entered_order(
        seller, **told, country="KR", phone="010-2345-6789", postal_code="04524", address="Seoul", site="Shop"
    )
    corrected = an_entered_order(seller, **told, pieces="2")
    correct_order(order_code=corrected.code, entry=an_entry(**told), actor=acting_for(seller), at=NOON)
