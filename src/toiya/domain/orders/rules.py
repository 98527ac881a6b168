"""What an order must have to be taken at all. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

MOST_PIECES = 1_000_000
_find_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]").search


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line as the site or the file gives it."""

    external_id: str
    title: str
    option: str
    item_code: str
    option_code: str
    quantity: int
    unit_price_minor: int = 0

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
    """One order (one cart) to place. (shop_code, external_id) makes placing it twice harmless."""

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
    if not draft.external_id.strip():
        return Flaw("order_number", "missing")
    if not draft.lines:
        return Flaw("lines", "missing")
    if any(not 1 <= line.quantity <= MOST_PIECES for line in draft.lines):
        return Flaw("quantity", "out_of_range")
    if not draft.address.name.strip():
        return Flaw("receiver", "missing")
    if not draft.address.first_line.strip():
        return Flaw("address", "missing")
    texts = (draft.external_id, draft.address.name, draft.address.first_line, draft.address.second_line, draft.note)
    return Flaw("text", "control_character") if _has_control_character(texts) else None


def _has_control_character(texts: Iterable[str]) -> bool:
    return any(_find_control(text) for text in texts)
