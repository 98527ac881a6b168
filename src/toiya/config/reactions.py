"""Who reacts to what: the one table. Each line wakes a job in the transaction that wrote the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toiya.core.events import Event, Reaction, install_reactions
from toiya.domain.allocation.events import AllocationTakenBack, OrderAllocated
from toiya.domain.carriers.events import LabelBought, LabelInDoubt, LabelRejected
from toiya.domain.catalog.events import SellerCodeSet, SkuAdded
from toiya.domain.orders.events import LineMatched, OrderPlaced
from toiya.domain.outbound.events import (
    LabelWanted,
    LinesCancelled,
    OrderCancelled,
    OrderShipped,
    ParcelSealed,
    PickedShort,
)
from toiya.domain.stock.events import StockAdjusted, StockReceived
from toiya.domain.wallet.events import WalletToppedUp

ALLOCATE = Reaction("allocation.allocate_waiting")
MATCH = Reaction("allocation.match_waiting")
TELL_SITES = Reaction("channels.want")

REACTIONS: Mapping[type[Event], Sequence[Reaction]] = {
    OrderPlaced: [ALLOCATE, TELL_SITES],
    LineMatched: [ALLOCATE],
    SkuAdded: [MATCH],
    SellerCodeSet: [MATCH],
    StockReceived: [ALLOCATE, TELL_SITES],
    StockAdjusted: [ALLOCATE, TELL_SITES],
    OrderAllocated: [TELL_SITES],
    AllocationTakenBack: [ALLOCATE, TELL_SITES],
    PickedShort: [ALLOCATE, TELL_SITES],
    ParcelSealed: [Reaction("outbound.want_label", "parcel_id")],
    LabelWanted: [Reaction("carriers.buy_label", "label_id")],
    LabelBought: [Reaction("outbound.finish_label", "label_id")],
    LabelRejected: [Reaction("outbound.finish_label", "label_id")],
    LabelInDoubt: [Reaction("outbound.finish_label", "label_id")],
    OrderShipped: [TELL_SITES],
    LinesCancelled: [ALLOCATE, TELL_SITES],
    OrderCancelled: [ALLOCATE, TELL_SITES],
    WalletToppedUp: [Reaction("outbound.retry_wallet_holds")],
}


def install() -> None:
    """Put the table in force."""
    install_reactions(REACTIONS)
