"""Boxes: what is in them, their labels and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSealed(Event):
    """Every piece was scanned into the parcel, and it was weighed."""

    NAME: ClassVar[str] = "parcel.sealed"
    parcel: str
    parcel_id: int
    weight_g: int
    service: str
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightAccepted(Event):
    """A lead said that a parcel's weight is right though it does not fit its pieces; `reason` is a `WeightReason`."""

    NAME: ClassVar[str] = "parcel.weight_accepted"
    parcel: str
    measured_g: int
    expected_g: int
    reason: str
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWanted(Event):
    """A label is to be made; its fee is set aside."""

    NAME: ClassVar[str] = "parcel.label_wanted"
    parcel: str
    label_id: int
    fee_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReady(Event):
    """The parcel has its label and waits for the truck."""

    NAME: ClassVar[str] = "parcel.ready"
    parcel: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLabelVoided(Event):
    """A made label was cancelled; the parcel waits for another one. The number is never used again."""

    NAME: ClassVar[str] = "parcel.label_voided"
    parcel: str
    parcel_id: int
    tracking_number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosuresPacked(Event):
    """The seller's own packaging or insert was taken from stock and goes with the parcel."""

    NAME: ClassVar[str] = "parcel.enclosed"
    parcel: str
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosureNotThere(Event):
    """The seller's own packaging or insert was not at the packing station; the parcel went without it."""

    NAME: ClassVar[str] = "parcel.enclosure_not_there"
    parcel: str
    sku: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InsertChosen(Event):
    """One piece of the SKU goes into every parcel of its seller, or no longer; the subject is the SKU."""

    NAME: ClassVar[str] = "sku.insert_chosen"
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxChanged(Event):
    """A box of a warehouse was entered or changed; the subject is its code."""

    NAME: ClassVar[str] = "box.changed"
    warehouse_id: int
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersMade(Event):
    """The invoice and the customs declaration of a parcel were made; `form` is that of the postal union."""

    NAME: ClassVar[str] = "parcel.papers_made"
    parcel: str
    form: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WishLeftAway(Event):
    """The day or hours that a site's buyer wished for are not on the parcel's label: its service cannot keep them."""

    NAME: ClassVar[str] = "parcel.wish_left_away"
    parcel: str
    wish: str
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLabelled(Event):
    """A parcel has its label, while other boxes of its order are not ready."""

    NAME: ClassVar[str] = "parcel.labelled"
    parcel: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelShipped(Event):
    """A parcel left on the truck, while other boxes of its order have not."""

    NAME: ClassVar[str] = "parcel.shipped"
    parcel: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPhotographed(Event):
    """A picture of the parcel was kept."""

    NAME: ClassVar[str] = "parcel.photographed"
    parcel: str
    moment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipMessageChanged(Event):
    """What the seller says on its packing slips changed; the subject is the seller."""

    NAME: ClassVar[str] = "seller.slip_message"
    language: str
