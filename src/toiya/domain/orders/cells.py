"""One row's cells of an order file as values: full-width digits understood, each trouble named with its mend. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from toiya.core.money import Money

JAPAN = ZoneInfo("Asia/Tokyo")
COUNTRIES = {"": "JP", "JP": "JP", "JAPAN": "JP", "日本": "JP", "JPN": "JP"}
CURRENCIES = {"": "JPY", "円": "JPY", "¥": "JPY", "YEN": "JPY"}
MOST_AMOUNT = Decimal(10) ** 12

_INSTANT = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?", re.ASCII)
_NO_PHONE = re.compile(r"[+]?\d{0,3}[-\s]*", re.ASCII)
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how exports keep Excel from eating leading zeros

MISSING_COLUMNS = gettext_lazy(
    "The file has no column %(columns)s. Choose the order file as QSM gives it, with its row of headings."
)
PROBLEMS: Mapping[str, Any] = {
    "missing": gettext_lazy("Row %(row)s, %(column)s: nothing is there. Enter it."),
    "not_a_number": gettext_lazy("Row %(row)s, %(column)s: “%(value)s” is not a whole number. Write %(mend)s."),
    "not_an_amount": gettext_lazy("Row %(row)s, %(column)s: “%(value)s” is not an amount. Write digits, such as 1200."),
    "not_a_date": gettext_lazy("Row %(row)s, %(column)s: “%(value)s” is not a date. Write it like 2026/04/01 09:58."),
    "not_a_country": gettext_lazy("Row %(row)s, %(column)s: “%(value)s” is not a country code. Write JP."),
    "not_a_currency": gettext_lazy("Row %(row)s, %(column)s: “%(value)s” is not a currency code. Write JPY."),
    "too_long": gettext_lazy("Row %(row)s, %(column)s: “%(value)s” is too long. At most %(mend)s letters fit."),
    "control_character": gettext_lazy("Row %(row)s, %(column)s: there is a control character in it. Remove it."),
    "twice": gettext_lazy("Row %(row)s, %(column)s: %(value)s stands in row %(mend)s already. Delete one of the two."),
    "cart_waits": gettext_lazy("Row %(row)s: its cart %(value)s waits whole until row %(mend)s is mended."),
    "other_receiver": gettext_lazy(
        "Row %(row)s, %(column)s: another receiver than in row %(mend)s of the same cart %(value)s. Make them equal."
    ),
}


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell; `mend` is what to write, or the limit."""

    value: str
    problem: str
    mend: str = ""


def sentence(row: int, column: str, found: CellProblem) -> str:
    """What, where and how to mend it, in the reader's language."""
    details = {"row": row, "column": column, "value": shortened(found.value), "mend": found.mend}
    return str(PROBLEMS[found.problem]) % details


def shortened(value: str) -> str:
    """A cell as a sentence shows it."""
    return value if len(value) <= 40 else value[:39] + "…"


def folded_heading(text: str) -> str:
    """A heading for comparing: half-width, without spaces and marks of byte order."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\ufeff", "").split()).casefold()


def plain(text: str) -> str:
    """A code or number: half-width, trimmed, without Excel's ways of keeping zeros."""
    folded = unicodedata.normalize("NFKC", text).strip()
    match = _EXCEL_TEXT.fullmatch(folded)
    return (match[1] if match else folded.removeprefix("'")).strip()


@dataclass(slots=True)
class Judge:
    """Reads the cells of one row and keeps the first problem of each."""

    values: Mapping[str, str]
    problems: dict[str, CellProblem] = field(default_factory=dict)

    def text(self, name: str, most: int, *, is_required: bool = False, may_cut: bool = False) -> str:
        """Text of at most so many letters; a title may be cut, a name or code never."""
        raw = self.values.get(name, "")
        is_code = name in {"order_number", "cart_number", "item_code", "option_code", "postal_code"}
        text = plain(raw) if is_code else raw.strip()
        if is_required and not text:
            return self._wrong(name, raw, "missing")
        if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t\r" for letter in text):
            return self._wrong(name, "", "control_character")
        if len(text) > most and not may_cut:
            return self._wrong(name, text, "too_long", str(most))
        return text[:most]

    def whole(self, name: str, most: int) -> int:
        """A whole number from 1 to `most`; `１０個` is refused with the number it must mean."""
        raw = self.values.get(name, "")
        text = plain(raw).replace(",", "")
        if not text:
            self._wrong(name, raw, "missing")
            return 1
        if text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= most and len(text) <= 12:
            return int(text)
        digits = "".join(letter for letter in text.partition(".")[0] if letter.isascii() and letter.isdigit())
        usable = digits.isdigit() and 1 <= int(digits[:12]) <= most and "-" not in text
        self._wrong(name, raw, "not_a_number", str(int(digits)) if usable else f"1–{most:,}")
        return 1

    def money(self, name: str, currency: str) -> int:
        """An amount in minor units; nothing is 0."""
        raw = self.values.get(name, "")
        text = plain(raw).replace(",", "").removeprefix("¥").removesuffix("円").strip()
        if not text:
            return 0
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount < MOST_AMOUNT:
            self._wrong(name, raw, "not_an_amount")
            return 0
        return Money.rounded(amount, currency).minor

    def currency(self) -> str:
        """The ISO code; nothing means yen."""
        raw = self.values.get("currency", "")
        text = plain(raw).upper()
        code = CURRENCIES.get(text, text)
        if len(code) == 3 and code.isascii() and code.isalpha():
            return code
        self._wrong("currency", raw, "not_a_currency")
        return "JPY"

    def country(self) -> str:
        """The country code of two letters; nothing means Japan."""
        raw = self.values.get("country", "")
        text = plain(raw).upper()
        code = COUNTRIES.get(text, text)
        if len(code) == 2 and code.isascii() and code.isalpha():
            return code
        return self._wrong("country", raw, "not_a_country")

    def phone(self, *names: str) -> str:
        """The first of these that is a number; Qoo10 writes "no number" as `+81--`."""
        for name in names:
            number = plain(self.values.get(name, ""))
            if not _NO_PHONE.fullmatch(number):
                return number if len(number) <= 30 else self._wrong(name, number, "too_long", "30")
        return ""

    def instant(self, name: str) -> datetime | None:
        """A date, with or without time, of Japan; nothing is None."""
        raw = self.values.get(name, "")
        text = plain(raw)
        if not text:
            return None
        match = _INSTANT.fullmatch(text)
        try:
            parts = [int(part or 0) for part in match.groups()] if match else []
            return datetime(*parts, tzinfo=JAPAN).astimezone(UTC)  # type: ignore[misc, arg-type]
        except (TypeError, ValueError, OverflowError):  # 0001/01/01 in Japan is before the first instant there is
            self._wrong(name, raw, "not_a_date")
            return None

    def end_of_day(self, name: str) -> datetime | None:
        """The last second of a day in Japan; nothing is None."""
        instant = self.instant(name)
        return instant and datetime.combine(instant.astimezone(JAPAN), time(23, 59, 59), JAPAN).astimezone(UTC)

    def _wrong(self, name: str, value: str, problem: str, mend: str = "") -> str:
        self.problems.setdefault(name, CellProblem(value, problem, mend))
        return ""
