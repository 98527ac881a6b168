"""What an order must have to be taken at all. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

MOST_PIECES = 1_000_000

# Control characters but tab and line breaks, and halves of letters, which no database text can hold.
_unprintable = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]").search
_find_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]").search


@dataclass(frozen=True, slots=True)
class Tie:
    """What a link says of a line: so many pieces of this SKU for each thing bought; None: of no SKU, whatever codes."""

    sku_id: int | None
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class LineDraft:
    """
    One line as the site or the file gives it. `site_item` is the site's number of the product; a `tie` counts more
    than codes.
    """

    external_id: str
    title: str
    option: str
    item_code: str
    option_code: str
    quantity: int
    unit_price_minor: int = 0
    site_item: str = ""
    tie: Tie | None = None

    @property
    def match_code(self) -> str:
        """The code that must equal a SKU's own: the option's, else the product's (A215)."""
        return self.option_code or self.item_code


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """Where the order goes, as given."""

    name: str
    phone: str
    postal_code: str
    first_line: str
    second_line: str = ""
    name_kana: str = ""
    country: str = "JP"


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """
    One order (one cart) to place. (shop_code, external_id) makes placing it twice harmless.

    `deliver_on` and `slot` are what the buyer asked the sales site for.
    """

    channel: str
    shop_code: str
    external_id: str
    lines: tuple[LineDraft, ...]
    address: AddressDraft
    currency: str = "JPY"
    total_minor: int = 0
    note: str = ""
    paid_at: datetime | None = None
    ship_by: datetime | None = None
    deliver_on: date | None = None
    slot: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two drafts the same order."""
        return self.shop_code, self.external_id


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a draft cannot be taken: which field, which problem (a code)."""

    field: str
    problem: str


def flaw_of(draft: OrderDraft) -> Flaw | None:
    """The first thing that makes a draft unusable, or None."""
    if flaw := _lack_of(draft):
        return flaw
    if _unprintable(_texts([draft])):
        return Flaw(_unprintable_field(draft), "control_character")
    return None


def first_flaw(drafts: Sequence[OrderDraft]) -> tuple[OrderDraft, Flaw] | None:
    """The first unusable draft of a set and its flaw, or None."""
    everything = _texts(drafts)
    # What Python calls printable has none of our control characters; a wide space is not, so look closer then.
    is_printable = everything.isprintable() or not _unprintable(everything)
    if is_printable and _lack_nothing(drafts):
        return None
    return next(((draft, flaw) for draft in drafts if (flaw := flaw_of(draft))), None)


def _lack_nothing(drafts: Sequence[OrderDraft]) -> bool:
    """Whether no draft of a set lacks anything (`_lack_of`), asked of all at once: many times cheaper."""
    quantities = {line.quantity for draft in drafts for line in draft.lines}
    currencies = {draft.currency for draft in drafts}
    countries = {draft.address.country for draft in drafts}
    return (
        all(
            draft.lines and draft.external_id.strip() and to.name.strip() and to.first_line.strip()
            for draft in drafts
            for to in [draft.address]
        )
        and all(1 <= quantity <= MOST_PIECES for quantity in quantities)
        and all(_is_code(currency, 3) for currency in currencies)
        and all(_is_code(country, 2) for country in countries)
    )


def _lack_of(draft: OrderDraft) -> Flaw | None:
    if not draft.external_id.strip():
        return Flaw("order_number", "missing")
    if not draft.lines:
        return Flaw("lines", "missing")
    for line in draft.lines:
        if not 1 <= line.quantity <= MOST_PIECES:
            return Flaw("quantity", "out_of_range")
    to = draft.address
    if not to.name.strip():
        return Flaw("receiver", "missing")
    if not to.first_line.strip():
        return Flaw("address", "missing")
    if not _is_code(draft.currency, 3):
        return Flaw("currency", "not_a_code")
    if not _is_code(to.country, 2):
        return Flaw("country", "not_a_code")
    return None


def _unprintable_field(draft: OrderDraft) -> str:
    to = draft.address
    named = {"order_number": draft.external_id, "receiver": to.name, "address": to.first_line + to.second_line}
    return next((field for field, text in named.items() if _unprintable(text)), "text")


@lru_cache
def _is_code(text: str, letters: int) -> bool:
    return len(text) == letters and text.isascii() and text.isalpha() and text.isupper()


def _texts(drafts: Sequence[OrderDraft]) -> str:
    """All that people wrote, in one text."""
    orders = [
        f"{draft.external_id}{draft.note}{to.name}{to.name_kana}{to.phone}{to.postal_code}{to.first_line}{to.second_line}"
        for draft in drafts
        for to in [draft.address]
    ]
    lines = [
        f"{line.external_id}{line.title}{line.option}{line.item_code}{line.option_code}"
        for draft in drafts
        for line in draft.lines
    ]
    return "".join([*orders, *lines])
