"""Buildings, their bins, and when their trucks leave."""

from toiya.domain.warehouses.models.centres import CentreUse
from toiya.domain.warehouses.models.days import ClosedDay, CutOff, PeakDay
from toiya.domain.warehouses.models.places import Bin, PalletPlace, Warehouse
from toiya.domain.warehouses.models.receiving import ReceivingRules

__all__ = [
    "Bin",
    "CentreUse",
    "ClosedDay",
    "CutOff",
    "PalletPlace",
    "PeakDay",
    "ReceivingRules",
    "Warehouse",
]
