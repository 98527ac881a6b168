"""Money of every kind: given, paid with, compensated, settled by a site, and waiting for a sale."""

from __future__ import annotations

from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse


def every_kind_of_money(purse: Purse) -> None:
    """A leaflet paid out of two purses, damage made good, a sale settled, and fees that another sale will pay."""
    ledger.grant(purse, 30, "AD-1")
    ledger.charge(purse, {"LEAFLET-1": 50}, Use.PROMOTION)
    ledger.compensate(purse, 40, "CLAIM-1")
    ledger.settle_sale(purse, 500, "SALE-1")
    ledger.defer(purse, {"SHIPPING-1": 60, "SHIPPING-2": 70, "SHIPPING-3": 80}, "SALE-2")
    ledger.capture(purse, ["SHIPPING-1"])
    ledger.void(purse, ["SHIPPING-3"])
    ledger.defer(purse, {"SHIPPING-4": 90}, "SALE-1")
    ledger.repay(purse, ["SALE-1"])
