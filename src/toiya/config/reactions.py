"""Who reacts to what: the one table. Each line wakes a job in the transaction that wrote the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toiya.core.events import Event, Reaction, install_reactions
from toiya.domain.allocation.events import AllocationTakenBack, OrderAllocated, OrderWaits
from toiya.domain.allocation.rules import Why
from toiya.domain.carriers.events import LabelBought, LabelInDoubt, LabelRejected
from toiya.domain.catalog.events import SellerCodeSet, SkuAdded
from toiya.domain.channels.events import (
    ConnectionWorks,
    KeyRenewed,
    ListingsRead,
    ListingTied,
    ShopConnected,
    SwitchesSet,
)
from toiya.domain.members.events import (
    FactorAdded,
    FactorRemoved,
    InvitationWritten,
    NewDeviceSignedIn,
    PasswordChanged,
    RecoveryCodesMade,
    RecoveryCodeUsed,
)
from toiya.domain.orders.events import LineMatched, LinesAdded, OrderPlaced
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
# A SKU may come between an order's look for SKUs and its commit: whoever then waits for a SKU looks once more.
MATCH_AGAIN = Reaction(
    "allocation.match_waiting", value=lambda waits: waits.seller_id if waits.reason == Why.NO_SKU else None
)
TELL_SITES = Reaction("channels.want")
PULL = Reaction("channels.pull", "connection_id")
READ_LISTINGS = Reaction("channels.refresh_listings", "connection_id")
FINISH_LABEL = Reaction("outbound.finish_label", "label_id")
TELL_PERSON = Reaction("notifications.tell_person", "user_id")

REACTIONS: Mapping[type[Event], Sequence[Reaction]] = {
    # shops
    ShopConnected: [PULL, READ_LISTINGS],
    KeyRenewed: [PULL, TELL_SITES],
    ConnectionWorks: [PULL, TELL_SITES],
    SwitchesSet: [PULL, TELL_SITES],
    ListingsRead: [TELL_SITES],
    ListingTied: [TELL_SITES],
    # orders and goods
    OrderPlaced: [ALLOCATE, TELL_SITES],
    LinesAdded: [MATCH, ALLOCATE, TELL_SITES],
    LineMatched: [ALLOCATE],
    SkuAdded: [MATCH],
    SellerCodeSet: [MATCH],
    StockReceived: [ALLOCATE, TELL_SITES],
    StockAdjusted: [ALLOCATE, TELL_SITES],
    OrderAllocated: [TELL_SITES],
    OrderWaits: [MATCH_AGAIN],
    AllocationTakenBack: [ALLOCATE, TELL_SITES],
    LinesCancelled: [ALLOCATE, TELL_SITES],
    OrderCancelled: [ALLOCATE, TELL_SITES],
    # the floor
    PickedShort: [ALLOCATE, TELL_SITES],
    ParcelSealed: [Reaction("outbound.want_label", "parcel_id")],
    LabelWanted: [Reaction("carriers.buy_label", "label_id")],
    LabelBought: [FINISH_LABEL],
    LabelRejected: [FINISH_LABEL],
    LabelInDoubt: [FINISH_LABEL],
    OrderShipped: [TELL_SITES],
    # people
    InvitationWritten: [Reaction("notifications.write_invitation", "invitation_id")],
    NewDeviceSignedIn: [TELL_PERSON],
    PasswordChanged: [TELL_PERSON],
    FactorAdded: [TELL_PERSON],
    FactorRemoved: [TELL_PERSON],
    RecoveryCodesMade: [TELL_PERSON],
    RecoveryCodeUsed: [TELL_PERSON],
    # money
    WalletToppedUp: [Reaction("outbound.retry_wallet_holds")],
}


def install() -> None:
    """Put the table in force."""
    install_reactions(REACTIONS)
