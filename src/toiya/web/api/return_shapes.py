"""The shapes of what comes back from buyers, and of what a seller takes back."""

from __future__ import annotations

from datetime import datetime

from ninja import Field

from toiya.web.api.shapes import PageOf, Strict

CODE = 40
MOST_LINES = 500


class Pieces(Strict):
    """So many pieces of one SKU."""

    sku: str = Field(min_length=1, max_length=CODE)
    quantity: int = Field(ge=1, le=1_000_000)


class ReturnLineShape(Strict):
    """One SKU of a return: how many were announced, how many came."""

    sku: str
    announced: int
    came: int


class InspectionShape(Strict):
    """
    Pieces as they were judged: `grade` A as new, B opened, C damaged, D waste. Of pieces set aside `decision` is what
    the seller decided and `state` how far that is (waiting, decided, done); both are empty for pieces on a shelf.
    """

    sku: str
    grade: str
    quantity: int
    is_sellable: bool
    note: str
    has_photo: bool
    decision: str
    state: str
    tracking_number: str
    at: datetime


class ReturnShape(Strict):
    """A return with its lines and how the pieces were judged. `order` is empty when nobody knows it."""

    code: str
    status: str
    order: str
    warehouse: str
    is_announced: bool
    reason: str
    wish: str
    tracking_number: str
    note: str
    fee_minor: int
    currency: str
    created_at: datetime
    arrived_at: datetime | None
    ended_at: datetime | None
    lines: list[ReturnLineShape]
    inspections: list[InspectionShape]


class Returns(Strict):
    """A page of returns, newest first. `next_cursor` is empty on the last one."""

    returns: list[ReturnShape]
    next_cursor: str


class ReturnsAsked(PageOf):
    """Which returns."""

    status: str = Field("", max_length=10)


class ReturnAsked(Strict):
    """
    What a buyer sends back of an order that left. `wish` is what becomes of pieces that are not as new; with dispose
    `consents` has to be true: nothing is thrown away without the seller's word.
    """

    order: str = Field(max_length=20)
    pieces: list[Pieces] = Field(min_length=1, max_length=MOST_LINES)
    reason: str = Field("other", pattern="^(mind|wrong|damaged|undelivered|other)$")
    wish: str = Field("ask", pattern="^(ask|restock|send_back|dispose)$")
    tracking_number: str = Field("", max_length=40)
    note: str = Field("", max_length=300)
    consents: bool = False


class RemovalLineShape(Strict):
    """One SKU of a removal; `gone` counts the pieces that were thrown away."""

    sku: str
    quantity: int
    gone: int


class RemovalShape(Strict):
    """
    Pieces that leave for good. `kind` is send or dispose. What is sent goes out as `order`, whose status is
    `order_status`; `tracking_numbers` are those of its parcels that left.
    """

    code: str
    kind: str
    status: str
    warehouse: str
    payer: str
    service: str
    order: str
    order_status: str
    tracking_numbers: list[str]
    reason: str
    created_at: datetime
    ended_at: datetime | None
    lines: list[RemovalLineShape]


class Removals(Strict):
    """A page of removals, newest first. `next_cursor` is empty on the last one."""

    removals: list[RemovalShape]
    next_cursor: str


class RemovalsAsked(PageOf):
    """Which removals."""

    status: str = Field("", max_length=10)


class ReceiverAsked(Strict):
    """Where removed pieces go."""

    name: str = Field(max_length=100)
    phone: str = Field(max_length=30)
    postal_code: str = Field(max_length=12)
    first_line: str = Field(max_length=300)
    second_line: str = Field("", max_length=300)


class RemovalAsked(Strict):
    """
    What leaves a warehouse: `pieces`, or all that is free with `everything`. To be sent it needs `receiver`; with
    kind dispose it needs a `reason` and `consents`. `payer` is seller (prepaid) or receiver (freight collect).
    """

    warehouse: str = Field(max_length=20)
    pieces: list[Pieces] = Field(default_factory=list, max_length=MOST_LINES)
    everything: bool = False
    kind: str = Field("send", pattern="^(send|dispose)$")
    payer: str = Field("seller", pattern="^(seller|receiver)$")
    service: str = Field("", max_length=30)
    receiver: ReceiverAsked | None = None
    reason: str = Field("", max_length=200)
    consents: bool = False
