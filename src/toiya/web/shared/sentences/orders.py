"""Orders: from the sales site to the truck."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

ORDERS: Mapping[str, Telling] = {
    "order.placed": Telling(_("Order received from %(channel)s: %(pieces)s"), "shopping-bag", group="messages"),
    "order.entered": Telling(_("Entered by the seller: management number %(number)s"), "pencil", "", "messages"),
    "order.reentered": Telling(_("The seller corrected what it had entered"), "pencil", "move", "messages"),
    "order.line_matched": Telling(_("%(title)s was matched to SKU %(sku)s"), "link", "done"),
    "order.line_unmatched": Telling(_("%(title)s has no SKU any more: its listing is not linked"), "unlink", "wait"),
    "order.waits": Telling(_("Waiting: %(fact)s"), "hourglass", "wait"),
    "order.hold_placed": Telling(_("Held: %(fact)s"), "circle-pause", "hold"),
    "order.hold_lifted": Telling(_("Hold lifted"), "circle-play", "done"),
    "order.allocated": Telling(_("%(pieces)s allocated in %(warehouse)s"), "circle-dot", "move"),
    "order.allocation_taken_back": Telling(_("Allocation taken back"), "undo-2", "wait"),
    "order.warehouse_chosen": Telling(_("Warehouse chosen by hand: %(warehouse)s"), "warehouse"),
    "order.warehouse_left_open": Telling(_("Any warehouse may send it"), "warehouse"),
    "order.ship_day_dropped": Telling(_("May go to the floor at once"), "calendar"),
    "order.ship_day_reserved": Telling(_("To ship on %(day)s, and not before"), "calendar"),
    "order.promise_expired": Telling(_("Not paid within %(hours)s hours: its pieces are free again"), "undo-2", "wait"),
    "warehouse.shut": Telling(_("Takes no new orders"), "circle-pause", "hold"),
    "warehouse.reopened": Telling(_("Takes new orders again"), "circle-play", "done"),
    "order.buyer_forgotten": Telling(_("Name, address and phone forgotten at their deadline"), "circle-dot"),
    "order.released": Telling(_("Released to the floor in wave %(wave)s"), "layers", "move"),
    "order.picked": Telling(_("%(quantity)s of %(sku)s picked from %(bin)s"), "package-open", "move"),
    "order.picked_short": Telling(_("%(missing)s of %(sku)s missing in %(bin)s"), "package-x", "wait"),
    "order.all_picked": Telling(_("All pieces are in tote %(tote)s"), "package-open", "move"),
    "order.smart_delivery_chosen": Telling(_("Smart Delivery: the seller packs it and hands it in"), "package-open"),
    "order.fulfilment_chosen": Telling(_("Fulfilment: the warehouse picks and packs it"), "warehouse"),
    "hand_in.list_made": Telling(_("Hand-in list made: %(parcels)s"), "list-checks", "move"),
    "order.stopped": Telling(_("Stopped on the floor. In its tote, to be carried back: %(pieces)s"), "hand", "wait"),
    "order.carried_back": Telling(_("%(quantity)s of %(sku)s carried back to %(bin)s"), "undo-2", "done"),
    "order.stop_too_late": Telling(
        _("Too late to stop it: %(parcel)s was sealed already, by %(sealed_by)s"), "hand", "hold"
    ),
    "order.address_changed": Telling(_("Address changed"), "pencil", "done"),
    "order.sku_changed": Telling(_("%(title)s: SKU %(sku)s instead of %(before)s"), "link", "done"),
    "order.shipped": Telling(_("Left on the truck, number %(tracking_number)s. Fee taken"), "truck", "done"),
    "order.cancelled": Telling(_("Order cancelled"), "ban", "hold"),
    "order.confirmed_at_site": Telling(
        _("The sales site knows that we took the order"), "message-square-check", "done", "messages"
    ),
    "order.tracking_accepted": Telling(
        _("The sales site took the tracking number"), "message-square-check", "done", "messages"
    ),
    "order.number_not_told": Telling(
        _("%(tracking_number)s of %(parcel)s is not told: the sales site takes one number for each line"),
        "message-square-more",
        "wait",
        "messages",
    ),
    "order.telling_ended": Telling(
        _("The sales site did not take what we told it: %(problem)s"), "message-square-x", "stop", "messages"
    ),
    "order.split": Telling(_("Divided: %(things)s of it go as %(part)s"), "split"),
    "order.merged": Telling(_("Goes together with %(orders)s"), "merge", "move"),
    "order.merged_away": Telling(_("Ended: it goes together with %(into)s"), "merge", "done"),
    "order.lines_added": Telling(_("The buyer added %(pieces)s to the cart"), "shopping-bag", "", "messages"),
    "order.lines_cancelled": Telling(_("Lines cancelled: %(lines)s"), "ban", "hold"),
}
