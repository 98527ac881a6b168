"""The shapes of what a program changes in an order, in version 1."""

from __future__ import annotations

from datetime import datetime

from ninja import Field

from toiya.web.api.shapes import Strict


class OrderChanged(Strict):
    """
    What came of it: `result` is done, or too_late when `parcel` was sealed before. `order` is the one to look at now:
    the new one after dividing, the one that goes on after joining.
    """

    result: str
    order: str
    parcel: str


class HoldAsked(Strict):
    """Why the order is to wait, one of the reasons a seller may give; with `until` it goes on by itself then."""

    reason: str = Field(pattern="^(seller_waits|address_in_doubt|site_waits)$")
    note: str = Field("", max_length=200)
    until: datetime | None = None


class AddressAsked(Strict):
    """Where the order is to go instead, whole: a field left out is empty."""

    name: str = Field(max_length=100)
    name_kana: str = Field("", max_length=100)
    phone: str = Field("", max_length=30)
    country: str = Field("JP", pattern="^[A-Z]{2}$")
    postal_code: str = Field("", max_length=12)
    first_line: str = Field(max_length=300)
    second_line: str = Field("", max_length=300)


class PartLine(Strict):
    """So many things of the line with this id go by themselves."""

    line: int = Field(ge=1, le=2**63 - 1)
    quantity: int = Field(ge=1, le=1_000_000)


class PartAsked(Strict):
    """What becomes an order of its own."""

    lines: list[PartLine] = Field(min_length=1, max_length=500)


class JoiningAsked(Strict):
    """The other orders that go together with this one."""

    orders: list[str] = Field(min_length=1, max_length=50)
