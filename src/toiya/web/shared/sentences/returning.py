"""What comes back from buyers, and what goes back to its seller."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

RETURNING: Mapping[str, Telling] = {
    "return.announced": Telling(_("Announced: %(pieces)s of order %(order)s come back"), "undo-2"),
    "return.cancelled": Telling(_("It will not come after all"), "ban", "hold"),
    "return.arrived": Telling(_("At the returns desk in %(warehouse)s"), "warehouse", "move"),
    "return.refused": Telling(
        _("Came freight collect and was refused at the door (%(door_parcel)s)"), "octagon-x", "stop"
    ),
    "return.graded": Telling(_("%(sku)s: %(quantity)s judged %(grade)s, now in %(to_bin)s"), "package-check"),
    "return.closed": Telling(_("Inspected: %(pieces)s came, missing %(missing)s"), "check", "done"),
    "return.fee_taken": Telling(_("Fee taken: %(amount_minor)s"), "wallet", "", "money"),
    "return.decided": Telling(_("%(sku)s: decided about %(quantity)s that were set aside"), "message-square"),
    "return.decision_done": Telling(_("%(sku)s: what was decided about %(quantity)s is done"), "check", "done"),
    "return.door_parcel_noted": Telling(_("A parcel at the returns door was noted"), "package"),
    "return.door_parcel_placed": Telling(_("Parcel %(door_parcel)s at the returns door was found to be this"), "link"),
    "stock.returned": Telling(
        _("%(quantity)s came back in %(warehouse)s (%(source)s), now in %(to_bin)s"), "undo-2", "done"
    ),
    "stock.thrown_away": Telling(_("%(quantity)s thrown away in %(warehouse)s (%(removal)s)"), "trash-2", "stop"),
    "warehouse.returns_address_set": Telling(_("Returns go to another place: %(entrance)s"), "pencil"),
    "removal.prepared": Telling(_("Drawn up for you to confirm: %(pieces)s in %(warehouse)s"), "hand", "wait"),
    "removal.ordered": Telling(_("Ordered: %(pieces)s are kept for it in %(warehouse)s"), "package-open", "move"),
    "removal.cancelled": Telling(_("Cancelled, its pieces are free again"), "ban", "hold"),
    "removal.done": Telling(_("Done: %(pieces)s were thrown away"), "trash-2", "done"),
}
