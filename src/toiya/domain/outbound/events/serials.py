"""Serial numbers of pieces that leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialScanned(Event):
    """The serial number of a piece in a parcel was scanned."""

    NAME: ClassVar[str] = "parcel.serial_scanned"
    parcel: str
    sku: str
    serial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialTakenBack(Event):
    """A serial number counts as out no longer: the piece came back, or it was the wrong number."""

    NAME: ClassVar[str] = "parcel.serial_taken_back"
    parcel: str
    sku: str
    serial: str
