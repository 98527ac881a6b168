"""How a connected shop is: its chip, and what is wrong with whom to act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.domain.channels.models import Connection
from toiya.web.shared.statuses import CONNECTION, Status

KEY_WARNING = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to mend about a shop."""

    status: Status
    shop: str
    text: str
    url: str
    action: str


def status_of(shop: Connection, at: datetime) -> Status:
    """The chip: what the site said last, else the key's end when it is near."""
    if shop.status == Connection.Status.WORKING and _key_ends_soon(shop, at):
        return CONNECTION["key_expires_soon"]
    return CONNECTION[shop.status]


def trouble(shop: Connection, at: datetime) -> Trouble | None:
    """What the seller should do about this shop, or None."""
    if shop.status == Connection.Status.BROKEN:
        text = _("The site no longer takes our key. Orders and tracking numbers queue; nothing is lost.")
        return _trouble(shop, at, text)
    if _key_ends_soon(shop, at) and shop.key_expires_at:
        days = max((shop.key_expires_at - at).days, 0)
        return _trouble(shop, at, _("The key ends in %(days)s days. Renew it before then.") % {"days": days})
    return None


def _trouble(shop: Connection, at: datetime, text: str) -> Trouble:
    url = reverse("portal:connection", args=[shop.code])
    return Trouble(status_of(shop, at), shop.name, text, url, _("Renew key"))


def _key_ends_soon(shop: Connection, at: datetime) -> bool:
    return shop.key_expires_at is not None and shop.key_expires_at - at < KEY_WARNING
