"""What follows from a seller's country: the currency of its charges, the desk that looks after it, the approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CURRENCIES: Mapping[str, str] = {"KR": "KRW", "SG": "SGD", "JP": "JPY", "CN": "CNY"}
OTHER_CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where applications of a region go, and the phone of its customer centre (A026)."""

    email: str
    phone: str = ""


DESKS: Mapping[str, Desk] = {
    "KR": Desk("contact@qxpress.net", "02-2620-1168"),
    "SG": Desk("sales@qxpress.sg"),
    "JP": Desk("sales@qxpress.jp"),
    "CN": Desk("info@qxpress.cn"),
}
OTHER_DESK = Desk("info@qxpress.asia")
# Korea asks for approval before a business may use the service (A024); an operator may ask it of more countries.
APPROVED_FIRST: frozenset[str] = frozenset({"KR"})


def currency_of(country: str) -> str:
    """The currency in which a seller of that country is charged (A009)."""
    return CURRENCIES.get(country, OTHER_CURRENCY)


def desk_of(country: str, desks: Mapping[str, Desk] = DESKS) -> Desk:
    """The regional desk of that country."""
    return desks.get(country, desks.get("", OTHER_DESK))
