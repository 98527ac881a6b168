"""Amounts as people type them into fields and cells, and as those show them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from toiya.core.money import Money, minor_digits

_PLAIN = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")


def typed_minor(text: str, currency: str) -> int | None:
    """Minor units of what was typed, nothing for 0; None when it is no amount of this currency."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "") or "0"
    if not _PLAIN.fullmatch(plain):
        return None
    amount = Decimal(plain)
    if amount != round(amount, minor_digits(currency)):
        return None
    return Money.rounded(amount, currency).minor


def shown_amount(minor: int, currency: str) -> str:
    """An amount as a field shows it: plain digits, as many decimals as the currency has."""
    digits = minor_digits(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"
