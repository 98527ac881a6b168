"""The pages about money, one row of tabs, each shown to whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, Permission

TABS: Sequence[tuple[Permission, Any, str]] = (
    # one line each
    (Permission.SEE_WALLET, _("Wallet"), "portal:wallet"),
    (Permission.SEE_WALLET, _("Bills"), "portal:bills"),
    (Permission.SEE_WALLET, _("Payments"), "portal:payments"),
    (Permission.SEE_ORDERS, _("Claims"), "portal:claims"),
    (Permission.SEE_WALLET, _("Prices"), "portal:prices"),
)


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """The tabs this reader has, for `components/tabs.html`; `current` is the name of the page's own address."""
    return [
        {"label": label, "url": reverse(name), "count": None, "current": name == current}
        for permission, label, name in TABS
        if actor.may(permission)
    ]
