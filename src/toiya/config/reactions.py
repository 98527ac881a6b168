"""Who reacts to what: the one table. Each line wakes a job in the transaction that wrote the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toiya.config.claim_reactions import CLAIM_REACTIONS, FOLLOW_FEWER, FOLLOW_STOCK
from toiya.config.money_reactions import MONEY_REACTIONS
from toiya.config.return_reactions import RETURN_REACTIONS
from toiya.core.events import Event, Reaction, install_reactions
from toiya.domain.allocation.events import (
    AllocationRulesSet,
    AllocationTakenBack,
    OrderAllocated,
    OrderWaits,
    PromiseExpired,
    SkuBufferDropped,
    SkuBufferSet,
)
from toiya.domain.allocation.rules import Why
from toiya.domain.assembly.events import BundlesMade, BundlesTakenApart
from toiya.domain.carriers.events import (
    AnswerHandedIn,
    LabelBought,
    LabelInDoubt,
    LabelNumbered,
    LabelNumberTyped,
    LabelRejected,
    ParcelDelivered,
)
from toiya.domain.catalog.events import (
    BundleSet,
    BundleUnset,
    SellerCodeSet,
    ShareAnswered,
    ShareEnded,
    SkuAdded,
)
from toiya.domain.channels.events import (
    ConnectionWorks,
    KeyRenewed,
    LinksUndone,
    ListingRulesSet,
    ListingsLinked,
    ListingsRead,
    ShopConnected,
    ShopRulesSet,
    SwitchesSet,
)
from toiya.domain.imports.events import (
    ApplyingWanted,
    CellsMended,
    ColumnsNamed,
    ReadingChosen,
    SheetHandedIn,
    UndoWanted,
)
from toiya.domain.inbound.events import BundleCompleted, BundleConfirmed, BundleRejected, LotsNearEnd, TakenOut
from toiya.domain.lending.events import StockHandedOver, StockTakenOver
from toiya.domain.members.events import (
    AccountMergedAway,
    ApplicationAnswered,
    ApplicationApproved,
    ApplicationAsked,
    ApplicationRejected,
    ApplicationSubmitted,
    EmailChanged,
    EmailToVerify,
    FactorAdded,
    FactorRemoved,
    InvitationWritten,
    NewDeviceSignedIn,
    PasswordChanged,
    PasswordReset,
    PasswordResetAsked,
    ProofAsked,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    ServicesChosen,
)
from toiya.domain.orders.events import (
    FulfilmentChosen,
    LineMatched,
    LinesAdded,
    LineUnmatched,
    OrderPlaced,
    OrderReentered,
    ShopWayChosen,
    SmartDeliveryChosen,
)
from toiya.domain.outbound.events import (
    AddressChanged,
    LabelWanted,
    LinesCancelled,
    ManifestHandedOver,
    OrderCancelled,
    OrderShipped,
    OrdersMerged,
    OrderSplit,
    ParcelAnnounced,
    ParcelLabelVoided,
    ParcelSealed,
    ParcelShipped,
    PickedShort,
    PiecesCarriedBack,
    SkuChanged,
)
from toiya.domain.outbound.togethers import LACKING
from toiya.domain.returns.events import PiecesThrownAway, RemovalCancelled, RemovalOrdered, StockReturned
from toiya.domain.stock.events import StockAdjusted, StockFreed, StockReceived, StockSetAside
from toiya.domain.transfers.events import (
    TransferAsked,
    TransferCancelled,
    TransferDeclined,
    TransferPutAway,
    TransferSent,
)

BORROW = Reaction(
    "lending.settle", value=lambda waits: waits.seller_id if waits.reason == Why.NOT_ENOUGH_STOCK else None
)
SETTLE = Reaction("lending.settle")
SPLIT = Reaction("outbound.send_what_is_there")
SPLIT_SHORT = Reaction(
    "outbound.send_what_is_there", value=lambda waits: waits.seller_id if waits.reason in LACKING else None
)
FOLLOW_SHARES = Reaction("lending.follow_shares")
ALLOCATE = Reaction("allocation.allocate_waiting")
MATCH = Reaction("allocation.match_waiting")
MATCH_LINKED = Reaction("channels.match_linked")
# A SKU may come between an order's look for SKUs and its commit: whoever then waits for a SKU looks once more.
MATCH_AGAIN = Reaction(
    "allocation.match_waiting", value=lambda waits: waits.seller_id if waits.reason == Why.NO_SKU else None
)
MATCH_LINKED_AGAIN = Reaction(
    "channels.match_linked", value=lambda waits: waits.seller_id if waits.reason == Why.NO_SKU else None
)
TELL_SITES = Reaction("channels.want")
WANT_LABEL = Reaction("outbound.want_label", "parcel_id")
# An order that its seller packs itself frees stock only when some was promised to it.
ALLOCATE_FREED = Reaction(
    "allocation.allocate_waiting", value=lambda chosen: chosen.seller_id if chosen.pieces else None
)
READ_SHEET = Reaction("imports.work", "session_id")
PULL = Reaction("channels.pull", "connection_id")
READ_LISTINGS = Reaction("channels.refresh_listings", "connection_id")
BEGIN_LINK = Reaction(
    "notifications.begin_link", "user_id", value=lambda asked: asked.user_id if asked.way != "code" else None
)
BEGIN_CODE = Reaction(
    "notifications.begin_code", "user_id", value=lambda asked: asked.user_id if asked.way == "code" else None
)
# A parcel whose label the carrier declined is asked for once more with the new address.
WANT_LABEL_AGAIN = Reaction(
    "outbound.want_label", value=lambda changed: changed.parcel_id or None, argument="parcel_id"
)
FINISH_LABEL = Reaction("outbound.finish_label", "label_id")
TELL_PERSON = Reaction("notifications.tell_person", "user_id")

TELL_DIFFERENCES = Reaction(
    "conversations.tell_differences",
    value=lambda done: done.bundle_id if done.differences else None,
    argument="bundle_id",
)
TELL_DESK = Reaction("notifications.application_submitted", "application_id")
TELL_APPLICANT = Reaction("notifications.application_moved", "application_id")
TELL_OF_BUNDLE = Reaction("notifications.bundle_decided", "bundle_id")

REACTIONS: Mapping[type[Event], Sequence[Reaction]] = {
    # members
    ApplicationSubmitted: [TELL_DESK, TELL_APPLICANT],
    ApplicationAsked: [TELL_APPLICANT],
    ApplicationAnswered: [Reaction("notifications.application_answered", "application_id")],
    ApplicationApproved: [TELL_APPLICANT],
    ApplicationRejected: [TELL_APPLICANT],
    # shops
    ShopConnected: [PULL, READ_LISTINGS],
    KeyRenewed: [PULL, TELL_SITES],
    ConnectionWorks: [PULL, TELL_SITES],
    SwitchesSet: [PULL, TELL_SITES],
    ListingsRead: [MATCH_LINKED, TELL_SITES],
    ListingsLinked: [MATCH_LINKED, TELL_SITES],
    LinksUndone: [MATCH_LINKED, TELL_SITES],
    ShopRulesSet: [TELL_SITES],
    ListingRulesSet: [TELL_SITES],
    # orders and goods
    OrderPlaced: [ALLOCATE, TELL_SITES],
    LinesAdded: [MATCH, MATCH_LINKED, ALLOCATE, TELL_SITES],
    OrderReentered: [ALLOCATE, TELL_SITES],
    LineMatched: [ALLOCATE],
    LineUnmatched: [ALLOCATE],
    SkuAdded: [MATCH, MATCH_LINKED],
    SellerCodeSet: [MATCH, MATCH_LINKED],
    BundleSet: [ALLOCATE, TELL_SITES],
    BundleUnset: [ALLOCATE, TELL_SITES],
    StockReceived: [ALLOCATE, TELL_SITES, SPLIT],
    StockAdjusted: [ALLOCATE, TELL_SITES, FOLLOW_FEWER],
    StockSetAside: [TELL_SITES, FOLLOW_STOCK],
    StockFreed: [ALLOCATE, TELL_SITES],
    TakenOut: [TELL_SITES],
    BundlesMade: [ALLOCATE, TELL_SITES],
    BundlesTakenApart: [ALLOCATE, TELL_SITES],
    StockReturned: [ALLOCATE, TELL_SITES, SPLIT],
    RemovalOrdered: [TELL_SITES],
    RemovalCancelled: [ALLOCATE, TELL_SITES],
    PiecesThrownAway: [TELL_SITES],
    TransferAsked: [TELL_SITES],
    TransferDeclined: [ALLOCATE, TELL_SITES],
    TransferCancelled: [ALLOCATE, TELL_SITES],
    TransferSent: [ALLOCATE, TELL_SITES],
    TransferPutAway: [ALLOCATE, TELL_SITES],
    LotsNearEnd: [Reaction("notifications.lots_near_end", "first_warning")],
    BundleConfirmed: [TELL_OF_BUNDLE],
    BundleRejected: [TELL_OF_BUNDLE],
    OrderAllocated: [TELL_SITES],
    OrderWaits: [MATCH_AGAIN, MATCH_LINKED_AGAIN, BORROW, SPLIT_SHORT],
    ShareAnswered: [FOLLOW_SHARES],
    ShareEnded: [FOLLOW_SHARES],
    StockHandedOver: [Reaction("lending.take", "handing_id"), TELL_SITES],
    StockTakenOver: [ALLOCATE, TELL_SITES],
    AllocationTakenBack: [ALLOCATE, TELL_SITES],
    PromiseExpired: [ALLOCATE, TELL_SITES],
    AllocationRulesSet: [ALLOCATE, SPLIT, TELL_SITES],
    SkuBufferSet: [ALLOCATE, TELL_SITES],
    SkuBufferDropped: [ALLOCATE, TELL_SITES],
    LinesCancelled: [ALLOCATE, TELL_SITES],
    OrderCancelled: [ALLOCATE, TELL_SITES, SETTLE],
    SkuChanged: [ALLOCATE, TELL_SITES],
    OrderSplit: [TELL_SITES],
    OrdersMerged: [TELL_SITES],
    AddressChanged: [WANT_LABEL_AGAIN],
    PiecesCarriedBack: [ALLOCATE],
    BundleCompleted: [TELL_DIFFERENCES],
    # Smart Delivery
    ServicesChosen: [ALLOCATE, TELL_SITES],
    ShopWayChosen: [TELL_SITES],
    SmartDeliveryChosen: [ALLOCATE_FREED, TELL_SITES],
    FulfilmentChosen: [ALLOCATE],
    ParcelAnnounced: [WANT_LABEL],
    # the floor
    PickedShort: [ALLOCATE, TELL_SITES],
    ParcelSealed: [WANT_LABEL],
    LabelWanted: [Reaction("carriers.buy_label", "label_id")],
    LabelBought: [FINISH_LABEL],
    LabelRejected: [FINISH_LABEL],
    LabelInDoubt: [FINISH_LABEL],
    # files of carriers
    AnswerHandedIn: [Reaction("carriers.take_answer", "answer_id")],
    LabelNumbered: [Reaction("carriers.buy_label", "label_id")],
    LabelNumberTyped: [Reaction("carriers.buy_label", "label_id")],
    ParcelLabelVoided: [WANT_LABEL],
    ParcelDelivered: [Reaction("outbound.follow_label", "label_id")],
    OrderShipped: [TELL_SITES],
    ParcelShipped: [TELL_SITES],
    ManifestHandedOver: [Reaction("outbound.ship_manifest", "manifest_id")],
    # files
    SheetHandedIn: [READ_SHEET],
    ColumnsNamed: [READ_SHEET],
    ReadingChosen: [READ_SHEET],
    CellsMended: [READ_SHEET],
    ApplyingWanted: [READ_SHEET],
    UndoWanted: [READ_SHEET],
    # people
    AccountMergedAway: [Reaction("channels.follow_merge", "merged_user_id")],
    # proofs and their notices
    EmailToVerify: [BEGIN_LINK, BEGIN_CODE],
    ProofAsked: [Reaction("notifications.post_challenge", "challenge_id")],
    EmailChanged: [Reaction("notifications.tell_email_changed", "challenge_id")],
    PasswordResetAsked: [Reaction("notifications.answer_reset", "wish_id")],
    PasswordReset: [Reaction("notifications.tell_password_reset", "challenge_id")],
    InvitationWritten: [Reaction("notifications.write_invitation", "invitation_id")],
    NewDeviceSignedIn: [TELL_PERSON],
    PasswordChanged: [TELL_PERSON],
    FactorAdded: [TELL_PERSON],
    FactorRemoved: [TELL_PERSON],
    RecoveryCodesMade: [TELL_PERSON],
    RecoveryCodeUsed: [TELL_PERSON],
    # claims and credits
    **CLAIM_REACTIONS,
    # returns
    **RETURN_REACTIONS,
    # money
    **MONEY_REACTIONS,
}


def install() -> None:
    """Put the table in force."""
    install_reactions(REACTIONS)
