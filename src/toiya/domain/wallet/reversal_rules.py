"""Which reasons there are for taking money back, by what brought it in."""

from __future__ import annotations

import re
from collections.abc import Mapping

# By the prefix of the cause's code: the kind of it, and the reasons a person may give.
KINDS: Mapping[str, str] = {"DEP": "deposit", "CRD": "card", "GFT": "gift", "CSH": "cash"}
REASONS: Mapping[str, frozenset[str]] = {
    "deposit": frozenset({"wrong_seller", "recalled", "in_error"}),
    "card": frozenset({"chargeback", "in_error"}),
    "gift": frozenset({"in_error"}),
    "cash": frozenset({"in_error"}),
}
_CAUSE = re.compile(r"(DEP|CRD|GFT|CSH)-[2-9A-Z]{6,}-[2-9A-Z]")


def kind_of(cause: str) -> str:
    """What a code names: deposit, card, gift or cash; empty when it is none of them."""
    found = _CAUSE.fullmatch(cause)
    return KINDS[found[1]] if found else ""


def booking_name(code: str, taken_back: int) -> str:
    """What a cause is booked under: its code, and with a number once it was taken back before."""
    return f"{code} {taken_back + 1}" if taken_back else code
