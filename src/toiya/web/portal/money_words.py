"""What kinds of money and their uses are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.domain.wallet.rules import ALLOWED, ORDER, MoneyKind, Use

MONEY = {
    MoneyKind.PREPAID: _("Top-ups and settlements"),
    MoneyKind.ADVERTISING: _("Advertising credit"),
}
USES = {
    Use.SHIPPING: _("shipping"),
    Use.INBOUND: _("inbound"),
    Use.ASSEMBLY: _("assembly"),
    Use.RETURNS: _("returns"),
    Use.STORAGE: _("storage"),
    Use.STATEMENT: _("the month's statement"),
    Use.PROMOTION: _("leaflets"),
    Use.OTHER: _("other work"),
}


def uses_table() -> list[dict[str, Any]]:
    """Each kind of money, the first to pay first, with what it pays and what it never does (A172)."""
    return [
        {
            "money": MONEY[kind],
            "pays": [USES[use] for use in Use if use in ALLOWED[kind]],
            "never": [USES[use] for use in Use if use not in ALLOWED[kind]],
        }
        for kind in ORDER
    ]
