"""How many of a seller's orders left on the day they were promised for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.domain.outbound.promises import on_time
from toiya.web.portal.access import shop_of
from toiya.web.portal.order_rows import Clockwork
from toiya.web.shared import formats
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.reader import Request

DAYS = 28


def on_time_tiles(request: Request, clock: Clockwork) -> list[dict[str, Any]]:
    """The share of the last four weeks, and whose the others were; nothing while nothing left."""
    zone = clock.calendar.zone if clock.calendar else HOME_ZONE
    told = on_time(shop_of(request).pk, request.at - timedelta(days=DAYS), zone)
    if told.percent is None:
        return []
    late, language = sum(told.late.values()), request.LANGUAGE_CODE
    own = told.late.get("seller", 0)
    words = _("%(late)s of %(left)s late, %(own)s of them waited for you")
    note = words % {"late": formats.number(late, language), "left": told.left, "own": own}
    tile = {
        "label": _("Left on the promised day"),
        "figure": f"{told.percent} %",
        "note": note if late else _("last 28 days"),
        "url": reverse("portal:late"),
    }
    return [tile]
