"""What happens to the catalogue. Subjects: a SKU's code, or an item's where the whole item is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuAdded(Event):
    """A SKU was registered; subject is its code."""

    NAME: ClassVar[str] = "sku.added"
    seller_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerCodeSet(Event):
    """A SKU got another code of the seller's own; subject is the SKU's code."""

    NAME: ClassVar[str] = "sku.seller_code_set"
    seller_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuEdited(Event):
    """What is written about a SKU changed; `fields` names what."""

    NAME: ClassVar[str] = "sku.edited"
    fields: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuSwitched(Event):
    """A SKU was switched off or on."""

    NAME: ClassVar[str] = "sku.switched"
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuRemoved(Event):
    """A SKU that nothing referred to was deleted; its code is never given again."""

    NAME: ClassVar[str] = "sku.removed"
    seller_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingSet(Event):
    """Lots, expiry dates and serial numbers of a SKU are asked for from now on, or no more."""

    NAME: ClassVar[str] = "sku.tracking_set"
    tracks_lots: bool
    tracks_expiry: bool
    tracks_serials: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarcodeAdded(Event):
    """A SKU got one more barcode."""

    NAME: ClassVar[str] = "sku.barcode_added"
    barcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarcodeRemoved(Event):
    """A barcode no longer means this SKU."""

    NAME: ClassVar[str] = "sku.barcode_removed"
    barcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoAdded(Event):
    """A SKU got a photo."""

    NAME: ClassVar[str] = "sku.photo_added"
    photo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRemoved(Event):
    """A photo of a SKU was taken away."""

    NAME: ClassVar[str] = "sku.photo_removed"
    photo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityFollowed(Event):
    """The seller's own quantity of a SKU followed the number of its reference product (A080)."""

    NAME: ClassVar[str] = "sku.quantity_followed"
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEdited(Event):
    """What is written about an item changed; `fields` names what. Subject is the item."""

    NAME: ClassVar[str] = "item.edited"
    fields: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSwitched(Event):
    """An item was switched off or on with its SKUs; subject is the item."""

    NAME: ClassVar[str] = "item.switched"
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRemoved(Event):
    """An item that nothing referred to was deleted with its SKUs; subject is the item."""

    NAME: ClassVar[str] = "item.removed"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOffered(Event):
    """An item was offered to a partner to see (A079); subject is the item."""

    NAME: ClassVar[str] = "item.share_offered"
    share: str
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareAnswered(Event):
    """The partner took the offer or declined it; subject is the item."""

    NAME: ClassVar[str] = "item.share_answered"
    share: str
    partner: str
    is_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareEnded(Event):
    """An item is no longer shared with the partner; subject is the item."""

    NAME: ClassVar[str] = "item.share_ended"
    share: str
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuChangedByFile(Event):
    """A row of a sheet changed a SKU; subject is its code, `fields` are what changed."""

    NAME: ClassVar[str] = "sku.changed_by_file"
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuTakenBack(Event):
    """A row of a sheet was taken back; subject is the SKU's code."""

    NAME: ClassVar[str] = "sku.file_undone"
    is_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HsCodeSet(Event):
    """A SKU got its HS code, or lost it (empty); subject is the SKU's code."""

    NAME: ClassVar[str] = "sku.hs_code_set"
    hs_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStockedHere(Event):
    """An inventory item is kept in our warehouses from now on (A076); subject is its code."""

    NAME: ClassVar[str] = "item.stocked_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSet(Event):
    """A SKU is picked from its parts from now on; subject is its code."""

    NAME: ClassVar[str] = "sku.bundle_set"
    parts: int
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleUnset(Event):
    """A SKU is no bundle any more; subject is its code."""

    NAME: ClassVar[str] = "sku.bundle_unset"
