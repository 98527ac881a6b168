"""Parcels that sellers pack themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelAnnounced(Event):
    """The seller packs the order itself and told weight and service; its label is to be made."""

    NAME: ClassVar[str] = "parcel.announced"
    parcel: str
    parcel_id: int
    weight_g: int
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelToPrint(Event):
    """The label is there for the seller to print; its parcel is awaited at the collection centre."""

    NAME: ClassVar[str] = "parcel.label_to_print"
    parcel: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelCancelled(Event):
    """A label was given up before its parcel was handed in; the fee set aside is free again."""

    NAME: ClassVar[str] = "parcel.label_cancelled"
    parcel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInListMade(Event):
    """A list of parcels to hand in together; the subject is its code."""

    NAME: ClassVar[str] = "hand_in.list_made"
    parcels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelHandedIn(Event):
    """The parcel was received at the collection centre and waits for the truck."""

    NAME: ClassVar[str] = "parcel.handed_in"
    parcel: str
    warehouse_id: int
