"""In/out requests, cargo bundles with their cartons, dock slots, and what was counted when they came."""

from toiya.domain.inbound.models.bundles import BundleLine, CargoBundle, Carton, CartonLine, DockSlot
from toiya.domain.inbound.models.fees import InboundFees
from toiya.domain.inbound.models.lots import LotRules, LotWarning
from toiya.domain.inbound.models.quality import CheckPoint, Putaway, QualityCheck
from toiya.domain.inbound.models.receiving import Difference, Receipt, TakenBack
from toiya.domain.inbound.models.requests import InboundRequest

__all__ = [
    "BundleLine",
    "CargoBundle",
    "Carton",
    "CartonLine",
    "CheckPoint",
    "Difference",
    "DockSlot",
    "InboundFees",
    "InboundRequest",
    "LotRules",
    "LotWarning",
    "Putaway",
    "QualityCheck",
    "Receipt",
    "TakenBack",
]
