"""What happens to an order from the floor on. The subject is always the order's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReleased(Event):
    """The order went to the floor in a wave."""

    NAME: ClassVar[str] = "order.released"
    wave: str
    pick_list: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesPicked(Event):
    """Pieces were taken from a bin for the order."""

    NAME: ClassVar[str] = "order.picked"
    sku: str
    quantity: int
    bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedShort(Event):
    """The bin held fewer pieces than the book; the order gave its promise back."""

    NAME: ClassVar[str] = "order.picked_short"
    sku: str
    bin: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPicked(Event):
    """Every piece of the order is in its tote."""

    NAME: ClassVar[str] = "order.all_picked"
    tote: str


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
class OrderShipped(Event):
    """The parcel left on the truck: stock settled, fee taken."""

    NAME: ClassVar[str] = "order.shipped"
    parcel: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    """The order was cancelled; whatever was promised or set aside for it is free again."""

    NAME: ClassVar[str] = "order.cancelled"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesCancelled(Event):
    """Some lines of the order were cancelled; the rest is judged again."""

    NAME: ClassVar[str] = "order.lines_cancelled"
    reason: str
    lines: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLabelVoided(Event):
    """A made label was cancelled; the parcel waits for another one. The number is never used again."""

    NAME: ClassVar[str] = "parcel.label_voided"
    parcel: str
    parcel_id: int
    tracking_number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(Event):
    """The carrier gave the order's last parcel to its receiver."""

    NAME: ClassVar[str] = "order.delivered"
    parcels: int


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
class ManifestOpened(Event):
    """A manifest was begun for a carrier's truck; the subject is its code."""

    NAME: ClassVar[str] = "manifest.opened"
    warehouse_id: int
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelOnManifest(Event):
    """The parcel was scanned onto a truck's manifest."""

    NAME: ClassVar[str] = "parcel.on_manifest"
    parcel: str
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelOffManifest(Event):
    """The parcel was taken off a manifest before the truck left."""

    NAME: ClassVar[str] = "parcel.off_manifest"
    parcel: str
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestClosed(Event):
    """No more parcels go on the manifest; the subject is its code."""

    NAME: ClassVar[str] = "manifest.closed"
    parcels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestHandedOver(Event):
    """The driver took the parcels of the manifest; each of them ships now."""

    NAME: ClassVar[str] = "manifest.handed_over"
    manifest_id: int
    parcels: int


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
