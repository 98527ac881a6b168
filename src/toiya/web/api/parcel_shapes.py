"""The shapes of boxes, parcels and manifests in version 1."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field

from toiya.web.api.shapes import PageOf, Strict


class BoxShape(Strict):
    """A box or bag of a warehouse: the room inside, its weight when empty, what it costs."""

    warehouse: str
    code: str
    name: str
    length_mm: int
    width_mm: int
    height_mm: int
    empty_g: int
    price_minor: int
    currency: str


class Boxes(Strict):
    """The boxes in use, newest first. `next_cursor` is empty on the last page."""

    boxes: list[BoxShape]
    next_cursor: str


class ParcelContent(Strict):
    """Pieces of a SKU and lot in a parcel, with the serial numbers that were scanned."""

    sku: str
    lot: str
    quantity: int
    serial_numbers: list[str]


class ParcelShape(Strict):
    """A parcel: what is in it, how it goes, its fee and its manifest; what is not known yet is empty."""

    code: str
    order: str
    warehouse: str
    status: str
    service: str
    carrier: str
    tracking_number: str
    weight_g: int
    box: str
    fee_minor: int
    currency: str
    fee_status: str
    manifest: str
    opened_at: datetime
    sealed_at: datetime | None
    shipped_at: datetime | None
    contents: list[ParcelContent]


class Parcels(Strict):
    """A page of parcels, newest first. `next_cursor` is empty on the last one."""

    parcels: list[ParcelShape]
    next_cursor: str


class ParcelsAsked(PageOf):
    """Which parcels: of one order when its code is given, in one state."""

    order: str = Field("", max_length=20)
    status: str = Field("", max_length=12)


class ManifestShape(Strict):
    """A truck of a carrier, as far as it took parcels of yours: those are named."""

    code: str
    warehouse: str
    carrier: str
    service_day: date
    status: str
    opened_at: datetime
    closed_at: datetime | None
    handed_over_at: datetime | None
    parcels: list[str]


class Manifests(Strict):
    """A page of manifests, newest first. `next_cursor` is empty on the last one."""

    manifests: list[ManifestShape]
    next_cursor: str
