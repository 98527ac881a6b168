"""What claims and credits wake, and what wakes them: a part of the table in `reactions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toiya.config.money_reactions import MONEY_CAME
from toiya.core.events import Event, Reaction
from toiya.domain.carriers.events import LossSuspected, ParcelCameBack, ParcelScanned
from toiya.domain.carriers.models import State
from toiya.domain.claims.events import ClaimAccepted, ClaimDeclined, ClaimOpened, ClaimPaid, DelaysCredited

FOLLOW_PARCEL = Reaction("claims.follow_label", "label_id")
# Of all scans, one says that something may be lost. That it was found again, the sweep of the drafts sees.
FOLLOW_SCAN = Reaction(
    "claims.follow_label",
    value=lambda scan: scan.label_id if scan.state == State.INQUIRY else None,
    argument="label_id",
)
FOLLOW_STOCK = Reaction("claims.follow_stock")
FOLLOW_FEWER = Reaction(
    "claims.follow_stock", value=lambda adjusted: adjusted.seller_id if adjusted.difference < 0 else None
)
TELL_OF_OPENING = Reaction(
    "notifications.claim_opened",
    value=lambda opened: opened.claim_id if opened.is_for_seller else None,
    argument="claim_id",
)
TELL_OF_CLAIM = Reaction("notifications.claim_moved", "claim_id")

CLAIM_REACTIONS: Mapping[type[Event], Sequence[Reaction]] = {
    ParcelScanned: [FOLLOW_SCAN],
    ParcelCameBack: [FOLLOW_PARCEL],
    LossSuspected: [FOLLOW_PARCEL],
    ClaimOpened: [TELL_OF_OPENING],
    ClaimAccepted: [TELL_OF_CLAIM],
    ClaimDeclined: [TELL_OF_CLAIM],
    ClaimPaid: [TELL_OF_CLAIM, *MONEY_CAME],
    DelaysCredited: [Reaction("notifications.delays_credited", "last_order_id"), *MONEY_CAME],
}
