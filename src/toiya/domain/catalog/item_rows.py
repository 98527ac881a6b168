"""One row of the item sheet as values, each trouble named with its mend. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from stdnum import ean

from toiya.core.money import Money
from toiya.domain.catalog.item_columns import FREE
from toiya.domain.imports.port import Cells, Flaw

MOST_PIECES = 1_000_000
MOST_MEASURE = 1_000_000
MOST_AMOUNT = Decimal(10) ** 10
CURRENCIES = {"": "JPY", "円": "JPY", "¥": "JPY", "YEN": "JPY"}
_EAN_LENGTHS = (8, 12, 13)
_BARCODE = re.compile(r"[\x21-\x7e]{1,40}")
_HS = re.compile(r"\d{6,10}", re.ASCII)
_FITS = {"item_name": 200, "seller_code": 100, "customs_text": 100}
SENTENCES: Mapping[str, Any] = {
    "not_a_number": _("“%(value)s” is not a whole number from %(least)s to %(most)s. Write digits."),
    "not_an_amount": _("“%(value)s” is not an amount. Write digits, such as 120."),
    "not_a_currency": _("“%(value)s” is not a currency code. Write JPY."),
    "not_an_item_code": _("“%(value)s” is not an inventory code: 12 digits from 3. Copy it from the item's page."),
    "not_an_option_code": _("“%(value)s” is not the code of an option: 5 digits. Copy it from the SKU's page."),
    "not_a_barcode": _("“%(value)s” is not a barcode: letters and digits without spaces, at most 40."),
    "wrong_check_digit": _("The check digit of %(value)s is wrong. It would be %(mend)s; look at the goods."),
    "not_an_hs_code": _("“%(value)s” is not an HS code: 6 to 10 digits."),
    "not_a_country": _("“%(value)s” is not a country code of two letters, such as JP."),
    "too_long": _("“%(value)s” is too long. At most %(most)s letters fit."),
}


def flaw(column: str, code: str, value: str = "", mend: str = "", **details: str | int) -> Flaw:
    """The flaw of that name; its words are in SENTENCES."""
    shown = value if len(value) <= 40 else value[:39] + "…"
    return Flaw(column, code, mend=mend, details={"value": shown, "mend": mend, **details})


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row that can be read: `values` holds only what the row says, by the field of a SKU; a gap says nothing."""

    item_code: str
    option_code: str
    item_name: str
    options: tuple[str, ...]
    currency: str
    barcode: str
    values: Mapping[str, Any]

    @property
    def option(self) -> str:
        """The options as one text, as SKUs show it."""
        return " / ".join(value for value in self.options if value)[:100]

    @property
    def own_name(self) -> str:
        """What the row is called when it has no code yet."""
        return f"{self.item_name} {self.option}".strip()


@dataclass(slots=True)
class _Reader:
    cells: Cells
    flaws: list[Flaw] = field(default_factory=list)

    def text(self, name: str) -> str:
        text = self.cells.get(name, "").strip()
        most = _FITS.get(name, 100)
        if len(text) > most:
            self.flaws.append(flaw(name, "too_long", text, most=most))
        return text

    def whole(self, name: str, most: int) -> int | None:
        text = self.cells.get(name, "").replace(",", "")
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 12 and int(text) <= most:
            return int(text)
        digits = "".join(letter for letter in text.partition(".")[0] if letter.isascii() and letter.isdigit())
        is_usable = bool(digits) and "-" not in text and int(digits[:12]) <= most
        mend = str(int(digits)) if is_usable else ""
        self.flaws.append(flaw(name, "not_a_number", text, mend, least=0, most=f"{most:,}"))
        return None

    def amount(self, name: str, currency: str) -> int | None:
        text = self.cells.get(name, "").replace(",", "").removeprefix("¥").removesuffix("円").strip()
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount < MOST_AMOUNT:
            self.flaws.append(flaw(name, "not_an_amount", text))
            return None
        return Money.rounded(amount, currency).minor

    def currency(self) -> str:
        text = self.cells.get("currency", "").upper()
        code = CURRENCIES.get(text, text)
        if len(code) == 3 and code.isascii() and code.isalpha():
            return code
        self.flaws.append(flaw("currency", "not_a_currency", text, "JPY"))
        return "JPY"

    def code(self, name: str, problem: str, digits: int) -> str:
        text = self.cells.get(name, "").replace(" ", "").replace("-", "")
        if text and name == "option_code" and text.isdigit():
            text = text.zfill(digits)  # Excel eats leading zeros of numbers
        is_good = text.isascii() and text.isdigit() and len(text) == digits
        if text and not (is_good and (digits != 12 or text.startswith("3"))):
            self.flaws.append(flaw(name, problem, text))
        return text

    def barcode(self) -> str:
        text = self.cells.get("barcode", "").replace(" ", "")
        if not text:
            return ""
        if not _BARCODE.fullmatch(text):
            self.flaws.append(flaw("barcode", "not_a_barcode", text))
        elif text.isdigit() and len(text) in _EAN_LENGTHS and not ean.is_valid(text):
            self.flaws.append(flaw("barcode", "wrong_check_digit", text, text[:-1] + ean.calc_check_digit(text[:-1])))
        return text

    def formed(self, name: str, is_good: Any, problem: str) -> str:
        text = self.cells.get(name, "").replace(".", "").upper()
        if text and not is_good(text):
            self.flaws.append(flaw(name, problem, text))
        return text


def read_row(cells: Cells, item_name: str) -> tuple[ItemRow, list[Flaw]]:
    """
    A row as values, and what is wrong with it.

    :param item_name: the item's name where the row gives none
    """
    reader = _Reader(cells)
    currency = reader.currency()
    seller_code = reader.text("seller_code")
    said: dict[str, Any] = {
        "own_quantity": reader.whole("quantity", MOST_PIECES),
        "surcharge_minor": reader.amount("price", currency),
        "seller_code": seller_code or None,
        **{name: reader.whole(name, MOST_MEASURE) for name in ("weight_g", "length_mm", "width_mm", "height_mm")},
        "hs_code": reader.formed("hs_code", _HS.fullmatch, "not_an_hs_code") or None,
        "customs_text": reader.text("customs_text") or None,
        "origin_country": reader.formed("origin_country", _is_country, "not_a_country") or None,
    }
    row = ItemRow(
        item_code=reader.code("item_code", "not_an_item_code", 12),
        option_code=reader.code("option_code", "not_an_option_code", 5),
        item_name=reader.text("item_name") or item_name.strip()[:200],
        options=tuple(reader.text(name) for name in FREE if name in cells),
        currency=currency,
        barcode=reader.barcode(),
        values={name: value for name, value in said.items() if value is not None},
    )
    return row, reader.flaws


def _is_country(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()
