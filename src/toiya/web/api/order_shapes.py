"""The shapes of orders that a program enters."""

from __future__ import annotations

from ninja import Field

from toiya.web.api.shapes import Strict


class OrderLineAsked(Strict):
    """A line: the SKU by our code or the seller's own. `price` is for one piece, in the currency's usual unit."""

    sku: str = Field("", max_length=40)
    seller_sku: str = Field("", max_length=100)
    product_code: str = Field("", max_length=100)
    title: str = Field("", max_length=300)
    quantity: int = Field(ge=1, le=1_000_000)
    price: str = Field("", max_length=20)


class OrderAsked(Strict):
    """
    An order to enter. `service` is empty for ordinary with tracking, `slot` one of AM, 12-14, 14-16, 16-18, 18-20,
    19-21, 18-21; `is_as_written` takes an address that its postal code contradicts.
    """

    lines: list[OrderLineAsked] = Field(min_length=1, max_length=200)
    reference: str = Field("", max_length=60)
    site: str = Field("", max_length=40)
    service: str = Field("", max_length=60)
    ship_country: str = Field("", max_length=40)
    branch: str = Field("", max_length=100)
    sub_category: str = Field("", max_length=100)
    kind: str = Field("", max_length=60)
    buyer: str = Field("", max_length=100)
    receiver: str = Field(max_length=100)
    receiver_kana: str = Field("", max_length=100)
    phone: str = Field("", max_length=40)
    mobile: str = Field("", max_length=40)
    country: str = Field("JP", max_length=40)
    postal_code: str = Field("", max_length=20)
    address: str = Field(max_length=300)
    address_detail: str = Field("", max_length=300)
    remark: str = Field("", max_length=1000)
    deliver_on: str = Field("", max_length=20)
    slot: str = Field("", max_length=20)
    third_party: str = Field("", max_length=100)
    gift_name: str = Field("", max_length=100)
    gift_country: str = Field("", max_length=40)
    gift_postal_code: str = Field("", max_length=12)
    gift_address: str = Field("", max_length=300)
    gift_contact: str = Field("", max_length=60)
    customs_code: str = Field("", max_length=30)
    is_as_written: bool = False


class OrderFlaw(Strict):
    """What is wrong with a field (of which line, from 0), as a code and a sentence; `mend` is what to write instead."""

    field: str
    line: int
    code: str
    message: str
    mend: str


class OrderEnded(Strict):
    """
    What became of one order: `result` is new, repeated (the same Idempotency-Key made it before), taken (another order
    has this number; `code` names it) or to_mend.
    """

    result: str
    code: str
    management_number: str
    flaws: list[OrderFlaw]


class OrdersAskedAtOnce(Strict):
    """Up to 1,000 orders; one that is declined never stops its neighbours."""

    orders: list[OrderAsked] = Field(min_length=1, max_length=1000)


class OrdersEnded(Strict):
    """One answer per order, in order."""

    orders: list[OrderEnded]
