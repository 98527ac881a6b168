"""Which word, icon and one of six kinds each state is shown with (ux.md 3.2 and 8.5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """The six looks of a status; the icon each has when the state names none."""

    IDLE = "idle"
    MOVE = "move"
    DONE = "done"
    WAIT = "wait"
    HOLD = "hold"
    STOP = "stop"


KIND_ICONS = {
    Kind.IDLE: "circle-dashed",
    Kind.MOVE: "circle-dot",
    Kind.DONE: "check",
    Kind.WAIT: "hourglass",
    Kind.HOLD: "circle-pause",
    Kind.STOP: "octagon-x",
}


@dataclass(frozen=True, slots=True)
class Status:
    """What `{% chip %}` shows: `word` is lazy text, `icon` a name of the icon set."""

    kind: Kind
    word: Any
    icon: str


def _status(kind: Kind, word: Any, icon: str = "") -> Status:
    return Status(kind, word, icon or KIND_ICONS[kind])


ORDER = {
    "received": _status(Kind.IDLE, _("Received")),
    "waiting": _status(Kind.WAIT, _("Waiting")),
    "waiting_for_stock": _status(Kind.WAIT, _("Waiting for stock")),
    "waiting_for_link": _status(Kind.WAIT, _("Waiting for link")),
    "waiting_for_payment": _status(Kind.WAIT, _("Waiting for payment")),
    "waiting_for_address": _status(Kind.WAIT, _("Waiting for address")),
    "held": _status(Kind.HOLD, _("On hold")),
    "needs_mending": _status(Kind.STOP, _("Needs mending")),
    "allocated": _status(Kind.MOVE, _("Allocated"), "circle-dot"),
    "picking": _status(Kind.MOVE, _("Picking"), "package-open"),
    "picked": _status(Kind.MOVE, _("Picked"), "package-open"),
    "packing": _status(Kind.MOVE, _("Packing"), "package"),
    "packed": _status(Kind.MOVE, _("Packed"), "package"),
    "ready": _status(Kind.MOVE, _("Ready for the truck"), "tag"),
    "to_hand_in": _status(Kind.WAIT, _("To be handed in"), "package-open"),
    "label_to_print": _status(Kind.WAIT, _("Label to print"), "printer"),
    "handed_in": _status(Kind.MOVE, _("At the collection centre"), "package-check"),
    "shipped": _status(Kind.MOVE, _("In delivery"), "truck"),
    "delivered": _status(Kind.DONE, _("Delivered")),
    "stop_asked": _status(Kind.WAIT, _("Stop asked"), "hand"),
    "cancelled": _status(Kind.IDLE, _("Cancelled"), "ban"),
}
BUNDLE = {
    "requested": _status(Kind.WAIT, _("Requested")),
    "confirmed": _status(Kind.MOVE, _("Confirmed"), "circle-dot"),
    "shipped": _status(Kind.MOVE, _("Shipped"), "truck"),
    "arrived": _status(Kind.MOVE, _("Arrived"), "warehouse"),
    "completed": _status(Kind.DONE, _("Completed")),
    "rejected": _status(Kind.STOP, _("Rejected")),
    "deleted": _status(Kind.IDLE, _("Deleted"), "ban"),
}
REQUEST = {
    "requested": _status(Kind.IDLE, _("Open")),
    "bundled": _status(Kind.MOVE, _("In a cargo bundle"), "package"),
    "completed": _status(Kind.DONE, _("Completed")),
    "cancelled": _status(Kind.IDLE, _("Cancelled"), "ban"),
}
WORK = {
    "requested": _status(Kind.WAIT, _("Requested")),
    "accepted": _status(Kind.IDLE, _("Accepted")),
    "in_work": _status(Kind.MOVE, _("In work"), "package"),
    "completed": _status(Kind.DONE, _("Completed")),
    "declined": _status(Kind.STOP, _("Declined")),
    "cancelled": _status(Kind.IDLE, _("Cancelled"), "ban"),
}
TRANSFER = {
    "requested": _status(Kind.WAIT, _("Requested")),
    "accepted": _status(Kind.IDLE, _("Accepted")),
    "collecting": _status(Kind.MOVE, _("Being collected"), "package"),
    "on_the_way": _status(Kind.MOVE, _("On the way"), "truck"),
    "arriving": _status(Kind.MOVE, _("Being put away"), "package"),
    "arrived": _status(Kind.DONE, _("Arrived")),
    "declined": _status(Kind.STOP, _("Declined")),
    "cancelled": _status(Kind.IDLE, _("Cancelled"), "ban"),
}
RETURN = {
    "announced": _status(Kind.WAIT, _("Announced")),
    "arrived": _status(Kind.MOVE, _("At the returns desk"), "warehouse"),
    "done": _status(Kind.DONE, _("Inspected")),
    "refused": _status(Kind.STOP, _("Refused at the door")),
    "cancelled": _status(Kind.IDLE, _("Cancelled"), "ban"),
}
ASIDE = {
    "waiting": _status(Kind.WAIT, _("Waits for your decision")),
    "decided": _status(Kind.MOVE, _("To be done"), "circle-dot"),
    "done": _status(Kind.DONE, _("Done")),
}
REMOVAL = {
    "prepared": _status(Kind.WAIT, _("To be confirmed"), "hand"),
    "ordered": _status(Kind.MOVE, _("Ordered"), "circle-dot"),
    "done": _status(Kind.DONE, _("Done")),
    "cancelled": _status(Kind.IDLE, _("Cancelled"), "ban"),
}
LINK = {
    "linked": _status(Kind.DONE, _("Linked"), "link"),
    "suggested": _status(Kind.WAIT, _("Suggested")),
    "not_linked": _status(Kind.STOP, _("Not linked")),
    "broken": _status(Kind.STOP, _("Broken at the site")),
}
CHARGE = {
    "set_aside": _status(Kind.WAIT, _("Set aside")),
    "taken": _status(Kind.DONE, _("Taken")),
    "given_back": _status(Kind.IDLE, _("Given back"), "undo-2"),
    "due": _status(Kind.WAIT, _("Due"), "calendar-clock"),
    "overdue": _status(Kind.STOP, _("Overdue")),
    "disputed": _status(Kind.HOLD, _("Disputed")),
}
PAYMENT = {
    "to_pay": _status(Kind.WAIT, _("To be paid"), "calendar-clock"),
    "part_paid": _status(Kind.WAIT, _("Partly paid"), "calendar-clock"),
    "overdue": _status(Kind.STOP, _("Overdue")),
    "disputed": _status(Kind.HOLD, _("In dispute")),
    "paid": _status(Kind.DONE, _("Paid")),
    "withdrawn": _status(Kind.IDLE, _("Withdrawn"), "ban"),
}
DISPUTE = {
    "open": _status(Kind.HOLD, _("To be decided")),
    "accepted": _status(Kind.DONE, _("Credited")),
    "declined": _status(Kind.STOP, _("Declined")),
    "withdrawn": _status(Kind.IDLE, _("Taken back"), "undo-2"),
}
RETURN_PLAN = {
    "prepared": _status(Kind.WAIT, _("Prepared")),
    "agreed": _status(Kind.MOVE, _("Agreed to"), "circle-dot"),
    "confirmed": _status(Kind.DONE, _("Confirmed")),
    "dropped": _status(Kind.IDLE, _("Dropped"), "ban"),
}
CLAIM = {
    "drafted": _status(Kind.WAIT, _("Drafted"), "pencil"),
    "filed": _status(Kind.MOVE, _("Filed"), "send"),
    "accepted": _status(Kind.MOVE, _("Accepted"), "check"),
    "declined": _status(Kind.STOP, _("Declined")),
    "paid": _status(Kind.DONE, _("Paid out"), "wallet"),
}
JOB = {
    "queued": _status(Kind.IDLE, _("Queued")),
    "running": _status(Kind.MOVE, _("Running"), "loader"),
    "trying_again": _status(Kind.WAIT, _("Trying again"), "rotate-ccw"),
    "done": _status(Kind.DONE, _("Done")),
    "given_up": _status(Kind.STOP, _("Given up")),
}
CONNECTION = {
    "working": _status(Kind.DONE, _("Working"), "plug"),
    "key_expires_soon": _status(Kind.WAIT, _("Key expires soon")),
    "degraded": _status(Kind.WAIT, _("Degraded")),
    "broken": _status(Kind.STOP, _("Broken")),
    "not_tested": _status(Kind.IDLE, _("Not tested")),
}
APPLICATION = {
    "waiting": _status(Kind.WAIT, _("Waiting for the decision")),
    "asked": _status(Kind.HOLD, _("Question open"), "message-circle-question-mark"),
    "approved": _status(Kind.DONE, _("Approved")),
    "rejected": _status(Kind.STOP, _("Not approved")),
}
CONVERSATION = {
    "open": _status(Kind.IDLE, _("No answer owed")),
    "waiting_for_operator": _status(Kind.WAIT, _("Waiting for the warehouse")),
    "waiting_for_seller": _status(Kind.HOLD, _("Waiting for the seller"), "message-square"),
    "waiting_for_you": _status(Kind.WAIT, _("Waiting for you"), "message-square"),
    "closed": _status(Kind.DONE, _("Closed")),
}
ANSWER_ROW = {
    "open": _status(Kind.WAIT, _("Waiting")),
    "taken": _status(Kind.DONE, _("Taken")),
    "same": _status(Kind.IDLE, _("Known already")),
    "unknown": _status(Kind.STOP, _("No parcel of ours")),
    "not_printed": _status(Kind.WAIT, _("Not printed yet")),
    "bad_number": _status(Kind.STOP, _("Not a tracking number")),
    "other_number": _status(Kind.STOP, _("Has another number")),
    "used": _status(Kind.STOP, _("Number of another parcel")),
    "voided": _status(Kind.STOP, _("Number was cancelled")),
    "not_wanted": _status(Kind.HOLD, _("Label no longer wanted")),
    "bad_scan": _status(Kind.STOP, _("State or time not understood")),
}
STEP = {
    "done": _status(Kind.DONE, _("Done")),
    "now": _status(Kind.MOVE, _("Next")),
    "later": _status(Kind.IDLE, _("To do")),
    "waits": _status(Kind.WAIT, _("Waiting")),
    "trouble": _status(Kind.STOP, _("Needs you")),
}
DEPOSIT = {
    "read": _status(Kind.IDLE, _("Its file is not booked yet")),
    "waiting": _status(Kind.WAIT, _("Waits for a person")),
    "booked": _status(Kind.DONE, _("Booked")),
    "not_ours": _status(Kind.IDLE, _("No top-up")),
    "undone": _status(Kind.IDLE, _("Undone with its file")),
}
MONEY_FILE = {
    "read": _status(Kind.WAIT, _("Read, nothing booked")),
    "booked": _status(Kind.DONE, _("Booked")),
    "undoing": _status(Kind.MOVE, _("Being undone")),
    "undone": _status(Kind.IDLE, _("Undone")),
}
REVERSAL = {
    "asked": _status(Kind.WAIT, _("Waits for a second person")),
    "done": _status(Kind.DONE, _("Taken back")),
    "declined": _status(Kind.IDLE, _("Declined")),
}
GIFT = {
    "issued": _status(Kind.WAIT, _("Not redeemed")),
    "redeemed": _status(Kind.DONE, _("Redeemed")),
    "revoked": _status(Kind.IDLE, _("Revoked")),
    "taken_back": _status(Kind.IDLE, _("Taken back")),
}
MONEY_TRANSFER = {
    "awaited": _status(Kind.WAIT, _("On its way")),
    "arrived": _status(Kind.DONE, _("Arrived")),
    "withdrawn": _status(Kind.IDLE, _("Withdrawn")),
}
CARD = {
    "wished": _status(Kind.MOVE, _("Being prepared")),
    "open": _status(Kind.WAIT, _("Waits for the card")),
    "paid": _status(Kind.DONE, _("Paid")),
    "failed": _status(Kind.STOP, _("Not paid")),
    "taken_back": _status(Kind.STOP, _("Taken back")),
}

# Icons that chips use: drawn once per page as <symbol> and used from there, also by fragments.
_TABLES = (
    *(ORDER, BUNDLE, REQUEST, WORK, TRANSFER, LINK, CHARGE, CLAIM, PAYMENT, DISPUTE, RETURN_PLAN, JOB),
    *(CONNECTION, APPLICATION, CONVERSATION, ANSWER_ROW, STEP),
    *(DEPOSIT, GIFT, MONEY_TRANSFER, CARD, MONEY_FILE, REVERSAL),
)
CHIP_ICONS = tuple(sorted({status.icon for table in _TABLES for status in table.values()}))
