"""The sum of a line, as it is computed and as it is shown. Pure."""

from __future__ import annotations

from decimal import Decimal

from toiya.core.money import Money


def amount_of(quantity: int, price: Decimal, per: int, currency: str) -> int:
    """In minor units, rounded once, half up."""
    return Money.rounded(quantity * price / per, currency).minor


def formula_of(quantity: int, price: Decimal, per: int = 1) -> str:
    """The sum as it is shown and can be done again: `20 × 30`, `1500 × 12.5 ÷ 1000`."""
    product = f"{quantity} × {plain(price)}"
    return product if per == 1 else f"{product} ÷ {per}"


def whole_minor(price: Decimal, per: int, digits: int) -> int | None:
    """The price as whole minor units, when multiplying needs no rounding."""
    minor = price.scaleb(digits)
    return int(minor) if per == 1 and minor == minor.to_integral_value() else None


def plain(price: Decimal) -> str:
    """A price without needless zeros: 30, 0.5."""
    text = f"{price:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
