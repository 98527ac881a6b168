"""Pieces that change place or hands."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

HANDING: Mapping[str, Telling] = {
    "stock.transfer_asked": Telling(_("%(transfer)s: %(quantity)s asked for in %(warehouse)s"), "package-plus"),
    "stock.transfer_accepted": Telling(_("%(transfer)s: the warehouse will send them"), "check", "move"),
    "stock.transfer_declined": Telling(_("%(transfer)s declined: %(reason)s"), "octagon-x", "stop"),
    "stock.transfer_cancelled": Telling(_("%(transfer)s cancelled, its pieces are free again"), "ban", "hold"),
    "stock.transfer_collected": Telling(
        _("%(transfer)s: %(quantity)s taken from %(from_bin)s"), "package-open", "move"
    ),
    "stock.transfer_sent": Telling(_("%(transfer)s: %(quantity)s on the way to %(warehouse)s"), "truck", "move"),
    "stock.transfer_put_away": Telling(
        _("%(transfer)s: %(quantity)s put into %(to_bin)s in %(warehouse)s"), "package-check"
    ),
    "stock.transfer_arrived": Telling(
        _("%(transfer)s arrived in %(warehouse)s: %(quantity)s, missing %(missing)s"), "check", "done"
    ),
    "stock.handed_over": Telling(_("%(quantity)s given to %(partner)s in %(warehouse)s (%(handing)s)"), "share-2"),
    "stock.taken_over": Telling(_("%(quantity)s taken from %(partner)s in %(warehouse)s (%(handing)s)"), "share-2"),
    "sku.mirrored": Telling(_("Made for SKU %(source)s that %(partner)s shares"), "plus"),
    "item.lend_limit_set": Telling(_("%(partner)s may take so many pieces: %(most)s"), "scale"),
}
