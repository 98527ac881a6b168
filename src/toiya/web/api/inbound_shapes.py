"""The shapes of goods on their way in."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field

from toiya.web.api.shapes import PageOf, Strict


class InboundRequestShape(Strict):
    """One request: `way` is in or out."""

    code: str
    way: str
    status: str
    sku: str
    warehouse: str
    quantity: int
    description: str
    reason: str
    bundle: str
    requested_at: datetime
    ended_at: datetime | None


class InboundRequests(Strict):
    """A page of requests, newest first. `next_cursor` is empty on the last one."""

    requests: list[InboundRequestShape]
    next_cursor: str


class InboundRequestAsked(Strict):
    """A request to make. `warehouse` is a warehouse's code or its branch code."""

    sku: str = Field(max_length=40)
    warehouse: str = Field(max_length=20)
    quantity: int = Field(ge=1, le=1_000_000)
    way: str = Field("in", pattern="^(in|out)$")
    description: str = Field("", max_length=200)


class BundleLineShape(Strict):
    """One SKU of a delivery."""

    sku: str
    told: int
    received: int
    damaged: int


class BundleShape(Strict):
    """A cargo bundle with its lines; money in the currency's smallest unit."""

    code: str
    status: str
    warehouse: str
    estimated_on: date
    carrier: str
    tracking_number: str
    cartons: int | None
    remark: str
    reason: str
    fee_minor: int
    currency: str
    created_at: datetime
    confirmed_at: datetime | None
    shipped_at: datetime | None
    arrived_at: datetime | None
    lines: list[BundleLineShape]


class Bundles(Strict):
    """A page of cargo bundles, newest first. `next_cursor` is empty on the last one."""

    bundles: list[BundleShape]
    next_cursor: str


class BundlesAsked(PageOf):
    """Which cargo bundles."""

    status: str = Field("", max_length=12)


class BundleAsked(Strict):
    """Open requests to put together to one delivery."""

    requests: list[str] = Field(min_length=1, max_length=500)
    estimated_on: date
    cartons: int | None = Field(None, ge=1, le=500)
    remark: str = Field("", max_length=300)
    is_express: bool = False
    wants_quality_check: bool = False
    is_freight_collect: bool = False
