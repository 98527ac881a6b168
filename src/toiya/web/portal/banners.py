"""The notice on top of every portal page: one at a time, the gravest first. A slice adds its builder to the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toiya.core.actor import Actor, Permission
from toiya.domain.channels.models import Connection
from toiya.domain.members.models import User
from toiya.domain.members.rules.proofs import days_left
from toiya.domain.warehouses.queries import coming_peak
from toiya.web.portal.approval import pending_banner
from toiya.web.shared import formats

Banner = dict[str, Any]
Builder = Callable[[Any], Banner | None]


def first(request: HttpRequest) -> Banner | None:
    """The gravest notice for this reader, for `components/banner.html`."""
    found = (builder(request) for builder in BANNERS)
    return next((banner for banner in found if banner), None)


def unverified(request: Any) -> Banner | None:
    """The mailbox waits to be verified (A021): how many days are left, or that they have passed (A022)."""
    user: User = request.user
    if user.verify_by is None:
        return None
    left = days_left(user.verify_by, request.at)
    words = ngettext(
        "Verify %(email)s: press the link we mailed you. %(days)s day is left, then Toiya stays shut until you do.",
        "Verify %(email)s: press the link we mailed you. %(days)s days are left, then Toiya stays shut until you do.",
        left,
    )
    passed = _("%(email)s was not verified in time. Verify it now, and everything is open again.")
    return {
        "kind": "" if left else "stop",
        "icon": "mail-warning",
        "text": (words if left else passed) % {"email": user.email, "days": left},
        "url": reverse("door:verify"),
        "action": _("Verify now"),
    }


def mailbox_refuses(request: Any) -> Banner | None:
    """Our letters come back."""
    user: User = request.user
    if user.mail_bounced_at is None:
        return None
    return {
        "kind": "stop",
        "icon": "mail-x",
        "text": _("Mail to %(email)s comes back: correct your address.") % {"email": user.email},
        "url": reverse("portal:contact"),
        "action": _("Correct address"),
    }


def broken_shop(request: Any) -> Banner | None:
    """A sales site no longer takes our key."""
    broken = broken_shops(request)
    if not broken:
        return None
    words = _("%(shop)s no longer takes our key: orders and tracking numbers queue, nothing is lost.")
    return {
        "kind": "stop",
        "icon": "plug-zap",
        "text": words % {"shop": broken[0].name},
        "url": reverse("portal:connection", args=[broken[0].code]),
        "action": _("Renew key"),
    }


def broken_shops(request: Any) -> list[Connection]:
    """The shops of the reader that only a person can mend; read once a request."""
    found: list[Connection] | None = getattr(request, "_broken_shops", None)
    if found is None:
        actor: Actor = request.actor
        broken = Connection.objects.visible_to(actor).filter(status=Connection.Status.BROKEN).order_by("pk")
        found = list(broken.only("code", "name")) if actor.may(Permission.SEE_CONNECTIONS) else []
        request._broken_shops = found
    return found


def peak_day(request: Any) -> Banner | None:
    """A delay is announced for one of the next days (A058); said at home only."""
    peak = coming_peak(request.at) if request.path == reverse("portal:home") else None
    if peak is None:
        return None
    return {
        "kind": "",
        "icon": "calendar-clock",
        "text": f"{formats.date_long(peak.day, request.LANGUAGE_CODE)}: {peak.words(request.LANGUAGE_CODE)}",
        "url": reverse("portal:orders"),
        "action": _("Orders"),
    }


# Gravest first: kept out and unverified, a mailbox that refuses us, the seller waits for approval, a broken shop; then
# what everybody should know.
BANNERS: Sequence[Builder] = (unverified, mailbox_refuses, pending_banner, broken_shop, peak_day)
