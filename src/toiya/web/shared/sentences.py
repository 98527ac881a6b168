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
    "seller.joined": Telling(_("%(name)s joined"), "store", "done"),
    "sku.added": Telling(_("SKU added"), "plus"),
    "sku.seller_code_set": Telling(_("Seller code set to %(seller_code)s"), "pencil"),
    "stock.received": Telling(_("%(quantity)s received in %(warehouse)s"), "package-plus", "done"),
    "stock.adjusted": Telling(_("Count mended by %(difference)s in %(warehouse)s"), "scale"),
    "stock.moved": Telling(_("%(quantity)s moved from %(from_bin)s to %(to_bin)s"), "arrow-right-left"),
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
    "shop.listing_tied": Telling(_("%(title)s tied to SKU %(sku)s"), "link", "done", "messages"),
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
    "shop.stock_shown": Telling(_("Stock of %(listings)s listings shown at the site"), "upload", "done", "messages"),
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
