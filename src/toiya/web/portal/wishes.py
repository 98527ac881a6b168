"""How what we told (or still tell) a sales site is shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.statuses import Kind, Status

WISH: Mapping[str, Status] = {
    "waiting": Status(Kind.WAIT, _("Waiting to be told"), "hourglass"),
    "accepted": Status(Kind.DONE, _("Accepted"), "check"),
    "rejected": Status(Kind.STOP, _("Declined by the site"), "octagon-x"),
    "given_up": Status(Kind.STOP, _("Given up"), "octagon-x"),
    "dropped": Status(Kind.IDLE, _("No longer needed"), "circle-dashed"),
}
LABEL: Mapping[str, Status] = {
    "wanted": Status(Kind.MOVE, _("Label being made"), "loader"),
    "bought": Status(Kind.DONE, _("Label made"), "check"),
    "rejected": Status(Kind.STOP, _("Refused by the carrier"), "octagon-x"),
    "in_doubt": Status(Kind.WAIT, _("Carrier does not answer"), "hourglass"),
    "dropped": Status(Kind.IDLE, _("No longer needed"), "circle-dashed"),
}
PARCEL: Mapping[str, Status] = {
    "open": Status(Kind.MOVE, _("Packing"), "package"),
    "sealed": Status(Kind.WAIT, _("Waiting for its label"), "hourglass"),
    "awaited": Status(Kind.WAIT, _("To be handed in"), "package-open"),
    "labelled": Status(Kind.MOVE, _("Ready for the truck"), "tag"),
    "cancelled": Status(Kind.IDLE, _("Label cancelled"), "ban"),
    "shipped": Status(Kind.MOVE, _("In delivery"), "truck"),
}
