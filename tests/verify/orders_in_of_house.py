"""Orders that a seller entered: with a wish, abroad, corrected; and a file whose columns are kept under a name."""

from __future__ import annotations

from tests.imports_world import checked, csv_file, owner_of
from tests.orders_in_world import an_entered_order, an_entry
from tests.world import NOON, acting_for
from toiya.domain.imports.actions.saving_columns import save_columns
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.reentering import correct_order
from toiya.domain.warehouses.models import Warehouse

_HEAD = ["Product name", "Receiver name", "Receiver phone", "Address"]


def entered_orders(seller: Seller, house: Warehouse) -> None:
    """Through the actions, as every entered order."""
    told = {"branch": house.code, "sku": "MUG"}
    an_entered_order(seller, **told, slot="AM", gift_name="Sato", reference="1")
    an_entered_order(
        seller, **told, country="KR", phone="010-2345-6789", postal_code="04524", address="Seoul", site="Shop"
    )
    file = checked(seller, "managed-orders", csv_file(_HEAD, ["Tote", "田中", "1", "x"]))
    save_columns(session_code=file.code, name="Amazon JP file", actor=owner_of(seller), at=NOON)
    corrected = an_entered_order(seller, **told, pieces="2")
    correct_order(order_code=corrected.code, entry=an_entry(**told), actor=acting_for(seller), at=NOON)
