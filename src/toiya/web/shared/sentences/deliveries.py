"""Goods on their way in, and what a warehouse takes."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

DELIVERIES: Mapping[str, Telling] = {
    "inbound.requested": Telling(_("Request about %(quantity)s of %(sku)s in %(warehouse)s"), "package-plus", "move"),
    "inbound.request_cancelled": Telling(_("Request cancelled"), "ban", "hold"),
    "inbound.taken_out": Telling(_("%(quantity)s of %(sku)s taken out of %(warehouse)s"), "package-open", "done"),
    "inbound.taking_out_declined": Telling(_("Not taken out: %(reason)s"), "octagon-x", "stop"),
    "bundle.requested": Telling(_("Announced: %(pieces)s for %(warehouse)s"), "package-plus", "move"),
    "bundle.confirmed": Telling(_("Confirmed: the goods may be sent"), "circle-check", "done"),
    "bundle.rejected": Telling(_("Rejected: %(reason)s"), "octagon-x", "stop"),
    "bundle.deleted": Telling(_("Deleted by the seller"), "ban", "hold"),
    "bundle.sent": Telling(_("Sent with %(carrier)s %(tracking_number)s"), "truck", "move"),
    "bundle.sending_changed": Telling(_("Sent with %(carrier)s %(tracking_number)s, mended"), "pencil"),
    "bundle.noted": Telling(_("Remark or day of arrival changed"), "pencil"),
    "bundle.cartons_listed": Telling(_("Boxes listed: %(cartons)s"), "package"),
    "bundle.slot_booked": Telling(_("Time at dock %(dock)s booked"), "calendar-clock", "move"),
    "bundle.slot_released": Telling(_("Time at dock %(dock)s given back"), "undo-2", "hold"),
    "dock.slots_made": Telling(_("%(slots)s times opened at dock %(dock)s"), "plus", "", "messages"),
    "dock.slot_removed": Telling(_("A time at dock %(dock)s closed"), "ban", "hold", "messages"),
    "warehouse.receiving_rules_set": Telling(_("Rules and fees of %(warehouse)s changed"), "pencil", "", "messages"),
    "bundle.arrived": Telling(_("Arrived at the dock"), "package-check", "move"),
    "bundle.carton_arrived": Telling(_("Carton %(number)s is here"), "package", "move"),
    "bundle.unannounced": Telling(_("Came without a word: %(cartons)s cartons taken in"), "package-open", "wait"),
    "dock.turned_away": Telling(_("A delivery was turned away at the door"), "ban", "stop"),
    "bundle.pieces_counted": Telling(_("%(quantity)s of %(sku)s counted"), "scan-barcode", "move"),
    "bundle.count_taken_back": Telling(_("Count of %(quantity)s %(sku)s taken back"), "undo-2", "hold"),
    "bundle.unknown_found": Telling(_("Unknown thing found: %(quantity)s"), "package-x", "wait"),
    "bundle.quality_checked": Telling(_("Check list of %(sku)s answered, %(faults)s not right"), "list-checks", "move"),
    "bundle.completed": Telling(
        _("Counted and completed: %(pieces)s, differences: %(differences)s"), "circle-check", "done"
    ),
    "bundle.fee_counted": Telling(
        _("Fee by what was counted: %(fee_minor)s (set aside: %(estimate_minor)s)"), "wallet", "", "money"
    ),
    "bundle.fee_taken": Telling(_("Fee of the delivery taken: %(amount_minor)s"), "wallet", "", "money"),
    "lots.near_end": Telling(_("Lots near their last day: %(lots)s"), "calendar-clock", "wait"),
    "lots.days_set": Telling(_("Told of lots %(days)s days before their last day"), "pencil"),
    "bundle.difference_settled": Telling(_("A difference of %(pieces)s was settled"), "check", "done"),
}
