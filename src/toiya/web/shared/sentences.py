"""How every event of the domain reads in a timeline: a sentence in the past tense, an icon, a colour, a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Telling:
    """One event's sentence with named placeholders; group is goods, money or messages (the timeline's filters)."""

    sentence: Any
    icon: str
    kind: str = ""
    group: str = "goods"


UNTOLD = Telling(_("Something else happened"), "circle-dot")

SENTENCES: Mapping[str, Telling] = {
    "order.placed": Telling(_("Order received from %(channel)s: %(pieces)s"), "shopping-bag", group="messages"),
    "order.line_matched": Telling(_("%(title)s was matched to SKU %(sku)s"), "link", "done"),
    "order.line_unmatched": Telling(_("%(title)s has no SKU any more: its listing is not linked"), "unlink", "wait"),
    "order.waits": Telling(_("Waiting: %(fact)s"), "hourglass", "wait"),
    "order.hold_placed": Telling(_("Held: %(fact)s"), "circle-pause", "hold"),
    "order.hold_lifted": Telling(_("Hold lifted"), "circle-play", "done"),
    "order.allocated": Telling(_("%(pieces)s allocated in %(warehouse)s"), "circle-dot", "move"),
    "order.allocation_taken_back": Telling(_("Allocation taken back"), "undo-2", "wait"),
    "order.released": Telling(_("Released to the floor in wave %(wave)s"), "layers", "move"),
    "order.picked": Telling(_("%(quantity)s of %(sku)s picked from %(bin)s"), "package-open", "move"),
    "order.picked_short": Telling(_("%(missing)s of %(sku)s missing in %(bin)s"), "package-x", "wait"),
    "order.all_picked": Telling(_("All pieces are in tote %(tote)s"), "package-open", "move"),
    "parcel.sealed": Telling(_("%(parcel)s packed with %(pieces)s, %(weight_g)s"), "package", "move"),
    "parcel.label_wanted": Telling(_("%(fee_minor)s set aside, label asked for"), "wallet", "move", "money"),
    "parcel.ready": Telling(_("%(parcel)s is ready for the truck, number %(tracking_number)s"), "tag", "move"),
    "order.smart_delivery_chosen": Telling(_("Smart Delivery: the seller packs it and hands it in"), "package-open"),
    "order.fulfilment_chosen": Telling(_("Fulfilment: the warehouse picks and packs it"), "warehouse"),
    "seller.services_chosen": Telling(_("The services of the seller changed"), "route"),
    "shop.service_chosen": Telling(_("Service for new orders of the shop changed"), "route", "", "messages"),
    "parcel.announced": Telling(_("%(parcel)s announced with %(weight_g)s by %(service)s"), "package-open", "move"),
    "parcel.label_to_print": Telling(
        _("Label %(tracking_number)s is there to print; the parcel is to be handed in"), "printer", "wait"
    ),
    "parcel.label_cancelled": Telling(
        _("Label of %(parcel)s cancelled, its fee is free again"), "undo-2", "hold", "money"
    ),
    "parcel.handed_in": Telling(_("%(parcel)s handed in at %(warehouse)s"), "package-check", "done"),
    "hand_in.list_made": Telling(_("Hand-in list made: %(parcels)s"), "list-checks", "move"),
    "label.bought": Telling(_("The carrier made the label %(tracking_number)s"), "tag", "move", "messages"),
    "label.rejected": Telling(_("The carrier made no label: %(problem)s"), "octagon-x", "stop", "messages"),
    "order.shipped": Telling(_("Left on the truck, number %(tracking_number)s. Fee taken"), "truck", "done"),
    "order.cancelled": Telling(_("Order cancelled"), "ban", "hold"),
    "order.confirmed_at_site": Telling(
        _("The sales site knows that we took the order"), "message-square-check", "done", "messages"
    ),
    "order.tracking_accepted": Telling(
        _("The sales site took the tracking number"), "message-square-check", "done", "messages"
    ),
    "order.telling_ended": Telling(
        _("The sales site did not take what we told it: %(problem)s"), "message-square-x", "stop", "messages"
    ),
    "order.lines_added": Telling(_("The buyer added %(pieces)s to the cart"), "shopping-bag", "", "messages"),
    "order.lines_cancelled": Telling(_("Lines cancelled: %(lines)s"), "ban", "hold"),
    "label.in_doubt": Telling(
        _("The carrier does not answer about the label of %(parcel)s"), "hourglass", "wait", "messages"
    ),
    "label.asked_again": Telling(
        _("Carrier asked again for the label of %(parcel)s"), "rotate-ccw", "move", "messages"
    ),
    "service.added": Telling(_("Carrier service added"), "plus", "", "messages"),
    "number_range.opened": Telling(_("Range of tracking numbers opened"), "plus", "", "messages"),
    "join.begun": Telling(_("Came over from the sales site's console"), "door-open", "move", "messages"),
    "shop.linked": Telling(_("The sales site's console opens Toiya for this shop"), "link", "done", "messages"),
    "shop.unlinked": Telling(_("The sales site's console no longer opens Toiya"), "unlink", "hold", "messages"),
    "shop.entered_from_console": Telling(_("Came in by the sales site's console"), "log-in", "", "messages"),
    "account.took_over": Telling(_("Another account became part of this one"), "merge", "done", "messages"),
    "account.merged_away": Telling(_("This account became part of another one"), "merge", "hold", "messages"),
    "membership.moved": Telling(_("The role %(role)s moved here from another account"), "users", "", "messages"),
    "member.signed_up": Telling(_("Signed up as a member"), "user-plus", "done", "messages"),
    "member.upgraded": Telling(_("Became a business member"), "building-2", "done", "messages"),
    "member.first_administrator": Telling(_("First administrator made"), "user-plus", "done", "messages"),
    "company.edited": Telling(_("Company data changed: %(fields)s"), "pencil", "", "messages"),
    "certificate.added": Telling(_("Certificate %(file_name)s added"), "file-plus", "", "messages"),
    "certificate.withdrawn": Telling(_("Certificate %(file_name)s withdrawn"), "file-x", "hold", "messages"),
    "certificate.seen": Telling(_("Certificate %(file_name)s looked at"), "eye", "", "messages"),
    "member.email_to_verify": Telling(_("An e-mail waits to be verified"), "mail-question-mark", "wait", "messages"),
    "member.proof_asked": Telling(_("A link or code was sent to be verified"), "mail", "move", "messages"),
    "member.email_verified": Telling(_("The e-mail was verified"), "mail-check", "done", "messages"),
    "member.email_changed": Telling(_("Another e-mail is registered now"), "mail-check", "done", "messages"),
    "member.phone_verified": Telling(_("The phone was verified"), "phone", "done", "messages"),
    "member.password_reset_asked": Telling(_("Somebody asked for a new password"), "key-round", "", "messages"),
    "member.password_reset": Telling(_("The password was set anew by a link"), "key-round", "done", "messages"),
    "member.order_mails_set": Telling(_("Mails about new orders were switched"), "mail", "", "messages"),
    "member.mailbox_refused": Telling(_("The registered mailbox sends our mail back"), "mail-x", "stop", "messages"),
    "seller.joined": Telling(_("%(name)s joined"), "store", "done"),
    "sku.added": Telling(_("SKU added"), "plus"),
    "sku.seller_code_set": Telling(_("Seller code set to %(seller_code)s"), "pencil"),
    "sku.edited": Telling(_("Changed: %(fields)s"), "pencil"),
    "sku.switched": Telling(_("SKU switched off or on"), "power"),
    "sku.removed": Telling(_("SKU deleted; nothing had used it"), "trash-2", "hold"),
    "sku.tracking_set": Telling(_("Lots and use-by dates switched on or off"), "calendar"),
    "sku.barcode_added": Telling(_("Barcode %(barcode)s added"), "plus"),
    "sku.barcode_removed": Telling(_("Barcode %(barcode)s removed"), "trash-2"),
    "sku.photo_added": Telling(_("Photo added"), "file-plus"),
    "sku.photo_removed": Telling(_("Photo removed"), "file-x"),
    "sku.quantity_followed": Telling(_("Own quantity followed the sales site: %(quantity)s"), "pencil"),
    "item.edited": Telling(_("Item changed: %(fields)s"), "pencil"),
    "item.switched": Telling(_("Item switched off or on"), "power"),
    "item.removed": Telling(_("Item %(name)s deleted; nothing had used it"), "trash-2", "hold"),
    "item.share_offered": Telling(_("Offered to %(partner)s to see"), "share-2"),
    "item.share_answered": Telling(_("%(partner)s answered the offer to see it"), "message-square"),
    "item.share_ended": Telling(_("No longer shared with %(partner)s"), "unlink"),
    "sku.hs_code_set": Telling(_("HS code set to %(hs_code)s"), "pencil"),
    "item.stocked_here": Telling(_("Kept in our warehouses from now on"), "warehouse"),
    "inbound.requested": Telling(_("Request about %(quantity)s of %(sku)s in %(warehouse)s"), "package-plus", "move"),
    "inbound.request_cancelled": Telling(_("Request cancelled"), "ban", "hold"),
    "assembly.asked": Telling(_("%(quantity)s of %(sku)s to be assembled in %(warehouse)s"), "package-plus"),
    "assembly.accepted": Telling(_("The warehouse will assemble them"), "check", "move"),
    "assembly.declined": Telling(_("Assembly declined: %(reason)s"), "octagon-x", "stop"),
    "assembly.started": Telling(_("Assembly started"), "package-open", "move"),
    "assembly.stopped": Telling(_("Assembly stopped: %(made)s of %(quantity)s made"), "ban", "hold"),
    "assembly.made": Telling(_("%(quantity)s of %(sku)s assembled"), "package-check", "done"),
    "assembly.taken_apart": Telling(_("%(quantity)s of %(sku)s taken apart"), "undo-2", "wait"),
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
    "sku.bundle_set": Telling(_("Made a bundle of %(parts)s SKUs, %(pieces)s"), "package-open"),
    "sku.bundle_unset": Telling(_("No bundle any more"), "package"),
    "stock.received": Telling(_("%(quantity)s received in %(warehouse)s"), "package-plus", "done"),
    "stock.adjusted": Telling(_("Count mended by %(difference)s in %(warehouse)s"), "scale"),
    "stock.moved": Telling(_("%(quantity)s moved from %(from_bin)s to %(to_bin)s"), "arrow-right-left"),
    "stock.set_aside": Telling(_("%(quantity)s set aside in %(to_bin)s"), "circle-pause", "hold"),
    "stock.freed": Telling(_("%(quantity)s may be sold again, now in %(to_bin)s"), "undo-2", "done"),
    "stock.written_off": Telling(_("%(quantity)s written off"), "trash-2", "stop"),
    "stock.count_asked": Telling(_("Bin %(bin)s is to be counted"), "scale"),
    "stock.counted": Telling(_("Bin %(bin)s counted, difference %(difference)s"), "scale"),
    "stock.count_judged": Telling(_("The lead decided about the count of bin %(bin)s"), "scale"),
    "wallet.topped_up": Telling(_("%(amount_minor)s topped up"), "wallet", "done", "money"),
    "wallet.refunded": Telling(_("%(amount_minor)s refunded"), "undo-2", "done", "money"),
    "shop.connected": Telling(_("Shop %(shop_id)s connected"), "plug", "done", "messages"),
    "shop.key_renewed": Telling(_("Key renewed"), "key-round", "done", "messages"),
    "shop.switches_set": Telling(_("Switches changed"), "toggle-right", "", "messages"),
    "shop.broke": Telling(_("The site no longer takes our key"), "octagon-x", "stop", "messages"),
    "shop.degraded": Telling(_("The site does not answer; we try again by ourselves"), "hourglass", "wait", "messages"),
    "shop.works": Telling(_("The site answers again"), "plug", "done", "messages"),
    "shop.orders_pulled": Telling(
        _("Orders pulled: %(new)s new, %(changed)s changed, %(refused)s not placed"), "download", "move", "messages"
    ),
    "shop.listings_read": Telling(
        _("%(listings)s listings read, %(tied)s tied to SKUs"), "list-checks", "move", "messages"
    ),
    "links.changed": Telling(
        _("Links of %(listings)s changed, %(unlinked)s of them taken away"), "link", "done", "messages"
    ),
    "links.undone": Telling(
        _("Links put back: %(restored)s; changed since and left alone: %(kept)s"), "undo-2", "", "messages"
    ),
    "shop.telling_asked_again": Telling(_("Told the site once more"), "rotate-ccw", "move", "messages"),
    "application.submitted": Telling(_("The seller applied for our service"), "clipboard-list", "move", "messages"),
    "application.asked": Telling(
        _("The warehouse asked: %(question)s"), "message-circle-question-mark", "wait", "messages"
    ),
    "application.answered": Telling(_("The seller answered: %(answer)s"), "message-square", "move", "messages"),
    "application.approved": Telling(_("Approved"), "circle-check", "done", "messages"),
    "application.rejected": Telling(_("Not approved: %(reason)s"), "octagon-x", "stop", "messages"),
    "guidance.ticked": Telling(_("A step of the plan is done"), "check", "done", "messages"),
    "guidance.unticked": Telling(_("A step of the plan is open again"), "undo-2", "", "messages"),
    "conversation.started": Telling(_("A conversation about %(about)s began"), "message-square", "move", "messages"),
    "conversation.answered": Telling(_("Somebody answered"), "message-square", "move", "messages"),
    "conversation.noted": Telling(_("A note was written"), "pencil", "", "messages"),
    "conversation.handed_over": Telling(_("Handed over to %(to)s"), "arrow-right-left", "", "messages"),
    "conversation.settled": Telling(_("No answer is owed"), "check", "done", "messages"),
    "conversation.closed": Telling(_("The conversation was closed"), "circle-check", "done", "messages"),
    "bundle.arrived": Telling(_("Arrived at the dock"), "package-check", "move"),
    "bundle.carton_arrived": Telling(_("Carton %(number)s is here"), "package", "move"),
    "bundle.unannounced": Telling(_("Came without a word: %(cartons)s cartons taken in"), "package-open", "wait"),
    "dock.turned_away": Telling(_("A delivery was turned away at the door"), "ban", "stop"),
    "bundle.pieces_counted": Telling(_("%(quantity)s of %(sku)s counted"), "scan-barcode", "move"),
    "bundle.unknown_found": Telling(_("Unknown thing found: %(quantity)s"), "package-x", "wait"),
    "bundle.quality_checked": Telling(_("Check list of %(sku)s answered, %(faults)s not right"), "list-checks", "move"),
    "bundle.completed": Telling(
        _("Counted and completed: %(pieces)s, differences: %(differences)s"), "circle-check", "done"
    ),
    "bundle.difference_settled": Telling(_("A difference of %(pieces)s was settled"), "check", "done"),
    "sku.check_list_set": Telling(_("Check list written: %(points)s points"), "list-checks"),
    "shop.stock_shown": Telling(_("Stock of %(listings)s listings shown at the site"), "upload", "done", "messages"),
    "person.signed_in": Telling(_("Signed in on a new device: %(device)s"), "monitor-smartphone", "move", "people"),
    "person.sign_in_failed": Telling(
        _("Sign-in refused on an unknown device: %(device)s"), "octagon-x", "stop", "people"
    ),
    "person.password_changed": Telling(_("Password changed"), "key-round", "done", "people"),
    "person.factor_added": Telling(_("Second factor added"), "shield-check", "done", "people"),
    "person.factor_removed": Telling(_("Second factor removed"), "shield-off", "wait", "people"),
    "person.recovery_codes_made": Telling(_("New recovery codes made"), "shield-check", "done", "people"),
    "person.recovery_code_used": Telling(_("Recovery code used, %(left)s left"), "shield-check", "wait", "people"),
    "person.sessions_ended": Telling(_("Sessions ended: %(sessions)s"), "log-out", "", "people"),
    "person.data_exported": Telling(_("Own data exported"), "download", "", "people"),
    "person.erased": Telling(_("Person erased"), "user-x", "hold", "people"),
    "team.invited": Telling(_("Invited as %(role)s"), "user-plus", "move", "people"),
    "team.invitation_revoked": Telling(_("Invitation as %(role)s revoked"), "user-x", "hold", "people"),
    "team.joined": Telling(_("Joined as %(role)s"), "user-check", "done", "people"),
    "team.role_changed": Telling(_("Role changed: %(old)s → %(new)s"), "user-cog", "move", "people"),
    "team.removed": Telling(_("Removed from the team, was %(role)s"), "user-x", "hold", "people"),
    "staff.switched": Telling(_("Switched off or on"), "power", "hold", "people"),
    "staff.placed": Telling(_("Works in another building"), "warehouse", "move", "people"),
    "staff.pin_reset": Telling(_("New PIN, badge open again"), "badge-check", "done", "people"),
    "key.made": Telling(_("Key made for: %(scopes)s"), "key-round", "done", "people"),
    "import.handed_in": Telling(_("File %(file_name)s handed in"), "file-up", "move", "messages"),
    "import.checked": Telling(_("Rows judged: %(rows)s, to mend: %(to_mend)s"), "list-checks", "move", "messages"),
    "import.refused": Telling(_("The file cannot be read"), "octagon-x", "stop", "messages"),
    "import.columns_named": Telling(_("Columns of the file named"), "table", "move", "messages"),
    "import.cells_mended": Telling(_("Cells mended in %(rows)s rows"), "pencil", "move", "messages"),
    "import.applying_wanted": Telling(_("Apply pressed"), "play", "move", "messages"),
    "import.applied": Telling(_("File applied, %(rows)s rows"), "check", "done", "messages"),
    "import.not_applied": Telling(_("Nothing applied: %(to_mend)s rows are to mend"), "octagon-x", "stop", "messages"),
    "import.undo_wanted": Telling(_("Undo pressed"), "undo-2", "move", "messages"),
    "import.undone": Telling(_("File undone: %(rows)s rows, %(stay)s stay"), "undo-2", "hold", "messages"),
    "import.thrown_away": Telling(_("File thrown away"), "trash-2", "hold", "messages"),
    "sku.changed_by_file": Telling(_("Changed by a file"), "file-up", "move"),
    "sku.file_undone": Telling(_("A file that changed it was undone"), "undo-2", "hold"),
    "key.revoked": Telling(_("Key revoked"), "key-round", "hold", "people"),
}

# What the folded details call the data; keys that are not here are ids and stay inside.
FIELD_WORDS: Mapping[str, Any] = {
    "channel": _("Channel"),
    "external_id": _("Number at the site"),
    "pieces": _("Pieces"),
    "quantity": _("Quantity"),
    "missing": _("Missing"),
    "sku": _("SKU"),
    "title": _("Title"),
    "bin": _("Bin"),
    "tote": _("Tote"),
    "wave": _("Wave"),
    "pick_list": _("Pick list"),
    "parcel": _("Parcel"),
    "weight_g": _("Weight"),
    "service": _("Service"),
    "fee_minor": _("Fee"),
    "amount_minor": _("Amount"),
    "reference": _("Reference"),
    "tracking_number": _("Tracking number"),
    "carrier": _("Carrier"),
    "problem": _("Problem"),
}
