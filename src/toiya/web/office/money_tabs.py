"""The office's pages about money, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core.actor import Actor, Permission


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """Those this reader may open."""
    if not actor.may(Permission.BOOK_MONEY):
        return []
    places = (
        ("money", _("Deposits")),
        ("cash", _("Cash")),
        ("gift-codes", _("Gift codes")),
        ("sales", _("Settlements")),
        ("reversals", _("Taken back")),
    )
    return [
        {"label": word, "url": reverse(f"office:{name}"), "count": None, "current": name == current}
        for name, word in places
    ]
