"""Money in minor units of one currency; never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINOR_DIGITS = {"JPY": 0, "KRW": 0}


def minor_digits(currency: str) -> int:
    """How many decimals a currency has: JPY and KRW none, the others two."""
    return MINOR_DIGITS.get(currency, 2)


def in_major(minor: int, currency: str) -> str:
    """Minor units in the currency's own unit, as plain digits: 1250 of USD is 12.50, of JPY 1250."""
    digits = minor_digits(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units (yen, cents) of an ISO 4217 currency."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other.minor

    @classmethod
    def rounded(cls, major: Decimal, currency: str) -> Money:
        """The one place where money is rounded: half up, to the currency's minor unit."""
        unit = Decimal(1).scaleb(-minor_digits(currency))
        return cls(int(major.quantize(unit, ROUND_HALF_UP).scaleb(minor_digits(currency))), currency)
