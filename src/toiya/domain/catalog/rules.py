"""Judging what is written about goods: barcodes, customs codes, options and their surcharges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from stdnum import ean

_EAN_LENGTHS = frozenset({8, 12, 13, 14})
_HS_CODE = re.compile(r"[0-9]{6,10}")
_COUNTRY = re.compile(r"[A-Z]{2}")
LONGEST_BARCODE = 40
SURCHARGED_BELOW_PERCENT = 30  # A092, the manual's figure


class BarcodeFault(StrEnum):
    """Why a text cannot be a barcode."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNSEEN = "unseen"
    CHECK_DIGIT = "check_digit"


def clean_barcode(text: str) -> str:
    """A barcode as it is stored: half-width; spaces and hyphens between the digits of a JAN are dropped."""
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = plain.replace(" ", "").replace("-", "")
    return digits if digits.isdigit() and digits.isascii() and len(digits) in _EAN_LENGTHS else plain


def barcode_fault(barcode: str) -> BarcodeFault | None:
    """
    What is wrong with a cleaned barcode, if anything.

    Digits in the length of an EAN-8, UPC, EAN-13 (JAN) or GTIN-14 must have the right check digit (GS1); any other
    text is somebody's own code and is taken as it stands.
    """
    if not barcode:
        return BarcodeFault.EMPTY
    if len(barcode) > LONGEST_BARCODE:
        return BarcodeFault.TOO_LONG
    if not barcode.isprintable():
        return BarcodeFault.UNSEEN
    if barcode.isascii() and barcode.isdigit() and len(barcode) in _EAN_LENGTHS and not ean.is_valid(barcode):
        return BarcodeFault.CHECK_DIGIT
    return None


def right_barcode(barcode: str) -> str:
    """The same digits with the check digit they should have, to be proposed."""
    return barcode[:-1] + str(ean.calc_check_digit(barcode[:-1]))


def clean_hs_code(text: str) -> str:
    """Digits only: customs write 6109.10-000, 6109 10 and 610910."""
    return re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", text))


def is_hs_code(code: str) -> bool:
    """Six digits are the world's, up to ten a country's."""
    return bool(_HS_CODE.fullmatch(code))


def is_country(code: str) -> bool:
    """Two letters, as in ISO 3166."""
    return bool(_COUNTRY.fullmatch(code))


def surcharged_percent(surcharges: Sequence[int]) -> int:
    """How many in a hundred options cost more than the item itself, rounded up so that 30 means the limit is met."""
    charged = sum(1 for surcharge in surcharges if surcharge > 0)
    return -(-charged * 100 // len(surcharges)) if surcharges else 0


def has_too_many_surcharges(surcharges: Sequence[int]) -> bool:
    """
    Whether the options break the manual's rule: those with a surcharge stay below 30 % of all (A092).

    An item without options, or with a single one, has nothing to choose from and breaks nothing.
    """
    charged = sum(1 for surcharge in surcharges if surcharge > 0)
    return len(surcharges) > 1 and charged * 100 >= SURCHARGED_BELOW_PERCENT * len(surcharges)


def option_text(values: Sequence[str]) -> str:
    """The option as one text: what was chosen, in the order of the headings."""
    return " / ".join(value for value in values if value)[:100]
