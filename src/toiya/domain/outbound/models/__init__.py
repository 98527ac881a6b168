"""From a released wave to a parcel on the truck."""

from toiya.domain.outbound.models.hand_ins import HandIn, HandInList
from toiya.domain.outbound.models.parcels import Content, Parcel
from toiya.domain.outbound.models.stops import CarryBack, Stop
from toiya.domain.outbound.models.waves import PickList, PickTask, Scan, Slot, Wave

__all__ = [
    "CarryBack",
    "Content",
    "HandIn",
    "HandInList",
    "Parcel",
    "PickList",
    "PickTask",
    "Scan",
    "Slot",
    "Stop",
    "Wave",
]
