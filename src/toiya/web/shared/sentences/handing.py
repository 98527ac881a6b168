"""Pieces that change place or hands."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

HANDING: Mapping[str, Telling] = {
    "transfer.asked": Telling(_("%(transfer)s: %(quantity)s asked for in %(warehouse)s"), "package-plus"),
    "transfer.accepted": Telling(_("%(transfer)s: the warehouse will send them"), "check", "move"),
    "transfer.declined": Telling(_("%(transfer)s declined: %(reason)s"), "octagon-x", "stop"),
    "transfer.cancelled": Telling(_("%(transfer)s cancelled, its pieces are free again"), "ban", "hold"),
    "transfer.collected": Telling(_("%(transfer)s: %(quantity)s taken from %(from_bin)s"), "package-open", "move"),
    "transfer.sent": Telling(_("%(transfer)s: %(quantity)s on the way to %(warehouse)s"), "truck", "move"),
    "transfer.put_away": Telling(_("%(transfer)s: %(quantity)s put into %(to_bin)s in %(warehouse)s"), "package-check"),
    "transfer.arrived": Telling(
        _("%(transfer)s arrived in %(warehouse)s: %(quantity)s, missing %(missing)s"), "check", "done"
    ),
}
