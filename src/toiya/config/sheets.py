"""Which kinds of sheets sellers can hand in: one line per kind."""

from __future__ import annotations

from toiya.domain.catalog.sheets import ItemsSheet
from toiya.domain.channels.sheets import LINKS
from toiya.domain.imports.kinds import install
from toiya.domain.imports.port import KindOfSheet
from toiya.domain.inbound.sheets import InOutSheet
from toiya.domain.orders.entry_sheet import EnteredOrdersSheet
from toiya.domain.orders.sheets import OrdersSheet
from toiya.domain.outbound.actions.taking_back import take_back_orders

SHEETS: tuple[KindOfSheet, ...] = (
    OrdersSheet(take_back_orders),
    EnteredOrdersSheet(take_back_orders),
    ItemsSheet(),
    InOutSheet(),
    LINKS,
)


def install_sheets() -> None:
    """Put the table in force; called once at the start."""
    install({kind.name: kind for kind in SHEETS})
