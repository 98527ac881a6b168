"""Money in minor units of one currency; never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINOR_DIGITS = {"JPY": 0, "KRW": 0}
MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"


def minor_digits(currency: str) -> int:
    """How many decimals a currency has: JPY and KRW none, the others two."""
    return MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """
    An amount in minor units (yen, cents) of an ISO 4217 currency.

    As text it is what people read, `JPY 9,950`, `−USD 99.50`: alike in every language of the house (a test of
    `web.shared.formats` says so), so a sentence may carry it to whoever shows it.
    """

    minor: int
    currency: str

    def __str__(self) -> str:
        shown = f"{self.currency}{NO_BREAK}{self._digits()}"
        return MINUS + shown if self.minor < 0 else shown

    @property
    def plain(self) -> str:
        """The same with signs that every printer, text mail and subject line has."""
        return str(self).replace(NO_BREAK, " ").replace(MINUS, "-")

    def _digits(self) -> str:
        digits = minor_digits(self.currency)
        return f"{Decimal(abs(self.minor)).scaleb(-digits):,.{digits}f}"

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
