"""The short name of every hold, to filter lists by."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.waiting import HOLD_REASONS

# Those whose own short words name numbers or places of one order.
_WITHOUT_NUMBERS = {
    "wallet_too_low": _("Wallet too low"),
    "abroad": _("Goes abroad"),
    "fees_unpaid": _("Fees are unpaid"),
}


def hold_words() -> list[tuple[str, Any]]:
    """Every hold with its name in the reader's language, in the order of the table."""
    return [(code, _WITHOUT_NUMBERS.get(code, reason.short)) for code, reason in HOLD_REASONS.items()]
