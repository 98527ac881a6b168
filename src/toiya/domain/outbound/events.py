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
class OrderStopped(Event):
    """The order left the floor on request; `pieces` of it are carried back from its tote."""

    NAME: ClassVar[str] = "order.stopped"
    wish: str
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTooLate(Event):
    """A request to stop or change the order came after its parcel was sealed, so the parcel goes as it is."""

    NAME: ClassVar[str] = "order.stop_too_late"
    wish: str
    parcel: str
    sealed_by: str
    sealed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesCarriedBack(Event):
    """Pieces of a stopped order lie on the shelf again."""

    NAME: ClassVar[str] = "order.carried_back"
    sku: str
    quantity: int
    bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged(Event):
    """
    The receiver's address is another one; `changed` names the fields, never what is in them. `parcel_id` is a parcel
    whose label was declined before, or 0.
    """

    NAME: ClassVar[str] = "order.address_changed"
    changed: str
    parcel_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuChanged(Event):
    """A person gave a line another SKU; whatever was promised or picked for the order went back."""

    NAME: ClassVar[str] = "order.sku_changed"
    title: str
    before: str
    sku: str
