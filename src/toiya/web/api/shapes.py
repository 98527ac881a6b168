"""The shapes of version 1: codes, snake_case, instants in UTC, money in the currency's smallest unit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema
from pydantic import ConfigDict


class Strict(Schema):
    """Says exactly these fields."""

    model_config = ConfigDict(extra="forbid")


class Trouble(Strict):
    """Why a call was declined: a stable code for programs, a sentence for people, data for both."""

    code: str
    message: str
    details: dict[str, Any]


class Account(Strict):
    """The seller the key belongs to."""

    code: str
    name: str
    status: str
    country: str
    currency: str
    scopes: list[str]


class OrderShort(Strict):
    """An order in a list."""

    code: str
    channel: str
    shop_code: str
    external_id: str
    status: str
    waiting_reason: str
    currency: str
    total_minor: int
    placed_at: datetime
    paid_at: datetime | None
    ship_by: datetime | None
    shipped_at: datetime | None


class OrderLine(Strict):
    """One line of an order; `sku` is empty until it was matched. Dividing an order names its lines by `id`."""

    id: int
    title: str
    option: str
    sku: str
    quantity: int
    unit_price_minor: int
    is_cancelled: bool


class PurchaseParcelShape(Strict):
    """
    One of the parcels in which the buyer gets what was bought together, of this order or of one that it was divided
    into or joined with. `parcel` is empty until it is packed. `site_number` says what the sales site knows of the
    tracking number: told, not_told (it takes one number for each line), waiting, ended without success, or nothing
    when there is nothing to tell it.
    """

    number: int
    order: str
    parcel: str
    status: str
    service: str
    tracking_number: str
    site_number: str


class OrderWhole(OrderShort):
    """
    An order with its lines and open holds, and all parcels of the purchase; `is_growing` while there may be more.
    """

    lines: list[OrderLine]
    holds: list[str]
    parcels: list[PurchaseParcelShape]
    is_growing: bool


class Orders(Strict):
    """A page of orders, newest first. `next_cursor` is empty on the last one."""

    orders: list[OrderShort]
    next_cursor: str


class StockLine(Strict):
    """How much of a SKU a warehouse has: on hand, of that promised, set aside, the rest."""

    sku: str
    seller_code: str
    name: str
    warehouse: str
    on_hand: int
    allocated: int
    blocked: int
    available: int


class Stock(Strict):
    """A page of stock by SKU and warehouse. `next_cursor` is empty on the last one."""

    stock: list[StockLine]
    next_cursor: str


class MovementLine(Strict):
    """One line of the ledger: the kind gives the direction, `source` the cause; `reason` when people changed it."""

    id: int
    sku: str
    warehouse: str
    kind: str
    quantity: int
    lot: str
    source: str
    reason: str
    at: datetime


class Movements(Strict):
    """A page of movements, newest first. `next_cursor` is empty on the last one."""

    movements: list[MovementLine]
    next_cursor: str


class Nothing(Strict):
    """No parameters."""


class PageOf(Strict):
    """Which page: the cursor the page before it gave, and how many rows."""

    cursor: str = Field("", max_length=40)
    limit: int = Field(50, ge=1, le=200)


class OrdersAsked(PageOf):
    """Which orders."""

    status: str = Field("", max_length=12)


class MovementsAsked(PageOf):
    """Which movements: of one SKU when its code is given."""

    sku: str = Field("", max_length=18)
