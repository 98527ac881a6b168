"""An order as a seller enters it: raw text in every field, however it comes (form, file, program). Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toiya.domain.orders.rules import OrderDraft


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line: the SKU by our code or the seller's own, or only what the site calls the thing."""

    sku: str = ""
    seller_sku: str = ""
    product_code: str = ""
    title: str = ""
    quantity: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One order to enter (A157, A162). `key` makes the same entry twice one order; `is_as_written` takes an address that
    the postal code contradicts.
    """

    lines: tuple[EntryLine, ...]
    key: str = ""
    reference: str = ""
    site: str = ""
    service: str = ""
    ship_country: str = ""
    branch: str = ""
    sub_category: str = ""
    kind: str = ""
    buyer: str = ""
    receiver: str = ""
    receiver_kana: str = ""
    phone: str = ""
    mobile: str = ""
    country: str = ""
    postal_code: str = ""
    address: str = ""
    address_detail: str = ""
    remark: str = ""
    deliver_on: str = ""
    slot: str = ""
    third_party: str = ""
    gift_name: str = ""
    gift_country: str = ""
    gift_postal_code: str = ""
    gift_address: str = ""
    gift_contact: str = ""
    customs_code: str = ""
    is_as_written: bool = False


@dataclass(frozen=True, slots=True)
class EntryFlaw:
    """What is wrong with a field (of which line, from 0): a code with its values; `mend` is what to write instead."""

    field: str
    code: str
    values: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    mend: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class WishDraft:
    """How it is to go; no warehouse and no service mean that we choose."""

    warehouse_id: int | None = None
    service_code: str = ""
    deliver_on: date | None = None
    slot: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is wished."""
        return self == WishDraft()


@dataclass(frozen=True, slots=True)
class EnteredDraft:
    """An entry that may be placed: the order, the wish, and what is kept beside it (names of `ManagedOrder`)."""

    order: OrderDraft
    wish: WishDraft
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """What became of judging one entry: a draft, or what is to mend."""

    draft: EnteredDraft | None
    flaws: tuple[EntryFlaw, ...] = ()
