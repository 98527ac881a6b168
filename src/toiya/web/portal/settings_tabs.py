"""The pages about oneself and one's shop, under /settings/: one row of tabs, each shown to whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, Permission

# (permission or None for everybody, label, name of the address); the first that one may see is where /settings/ leads.
TABS: Sequence[tuple[Permission | None, Any, str]] = (
    # one line each
    (Permission.SEE_COMPANY, _("Company"), "portal:company"),
    (Permission.SEE_COMPANY, _("Agreement"), "portal:agreement"),
    (None, _("Contact"), "portal:contact"),
    (Permission.SEE_CONNECTIONS, _("Linked shops"), "portal:links"),
    (None, _("Merge accounts"), "portal:merge"),
    (Permission.EDIT_ORDERS, _("Allocation"), "portal:allocation-rules"),
    (Permission.SEE_TEAM, _("Team"), "portal:team"),
    (Permission.EDIT_CATALOG, _("In the parcel"), "portal:parcels"),
    (Permission.EDIT_KEYS, _("Keys"), "portal:keys"),
    (Permission.EDIT_COMPANY, _("Audit"), "portal:audit"),
    (None, _("Security"), "portal:security"),
    (None, _("Privacy"), "portal:privacy"),
)


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """The tabs this reader has, for `components/tabs.html`; `current` is the name of the page's own address."""
    return [
        {"label": label, "url": reverse(name), "current": name == current}
        for permission, label, name in TABS
        if permission is None or actor.may(permission)
    ]


def first_url(actor: Actor) -> str:
    """Where the rail's "Settings" leads: the first page this reader has; empty when there is none."""
    shown = tabs(actor, "")
    return str(shown[0]["url"]) if shown else ""
