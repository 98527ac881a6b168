"""What happens between us and a sales site. Subjects: a connection's code, or an order's where one order is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopConnected(Event):
    """A shop was connected with a key that the site issued."""

    NAME: ClassVar[str] = "shop.connected"
    connection_id: int
    channel: str
    shop_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRenewed(Event):
    """The shop's key was replaced."""

    NAME: ClassVar[str] = "shop.key_renewed"
    connection_id: int
    expires_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchesSet(Event):
    """What we do for the shop by ourselves was changed (A206-A208)."""

    NAME: ClassVar[str] = "shop.switches_set"
    connection_id: int
    is_pulling: bool
    is_confirming: bool
    is_writing_back: bool
    is_pushing_stock: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionBroke(Event):
    """The site no longer takes our key: a person must act. Everything waits, nothing is lost."""

    NAME: ClassVar[str] = "shop.broke"
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionDegraded(Event):
    """The site does not answer; we try again by ourselves."""

    NAME: ClassVar[str] = "shop.degraded"
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionWorks(Event):
    """The site answers again; what waited is told now."""

    NAME: ClassVar[str] = "shop.works"
    connection_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersPulled(Event):
    """A look at the shop brought something: new orders, more lines of known ones, or orders we cannot place."""

    NAME: ClassVar[str] = "shop.orders_pulled"
    new: int
    changed: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingsRead(Event):
    """The shop's listings were read."""

    NAME: ClassVar[str] = "shop.listings_read"
    connection_id: int
    listings: int
    tied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingsLinked(Event):
    """Listings were linked to SKUs, or linked to none any more, in one act; subject is the act."""

    NAME: ClassVar[str] = "links.changed"
    listings: int
    unlinked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksUndone(Event):
    """An act of linking was taken back, as far as nobody changed its listings since; subject is the act."""

    NAME: ClassVar[str] = "links.undone"
    restored: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderConfirmed(Event):
    """The site knows that we took the order; subject is the order."""

    NAME: ClassVar[str] = "order.confirmed_at_site"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingAccepted(Event):
    """The site took the tracking number; subject is the order."""

    NAME: ClassVar[str] = "order.tracking_accepted"
    parcel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberNotTold(Event):
    """
    The number of a parcel was not told, because the site takes one number for each line and has, or gets, that of
    another parcel; subject is the order.
    """

    NAME: ClassVar[str] = "order.number_not_told"
    parcel: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingEnded(Event):
    """The site declined what we told it about the order, or we gave up; a person may try again."""

    NAME: ClassVar[str] = "order.telling_ended"
    what: str
    status: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingAskedAgain(Event):
    """A person pressed the button of a wish that had ended; subject is the shop."""

    NAME: ClassVar[str] = "shop.telling_asked_again"
    connection_id: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockShown(Event):
    """The shop shows our newest numbers for so many listings."""

    NAME: ClassVar[str] = "shop.stock_shown"
    listings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopRulesSet(Event):
    """How many of its stock a shop shows by default was changed (L05)."""

    NAME: ClassVar[str] = "shop.number_rules_set"
    buffer_pieces: int
    share_percent: int
    most_shown: int | None
    closed_below: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRulesSet(Event):
    """Listings of a shop got a rule of their own for their numbers, or the shop's again; subject is the shop."""

    NAME: ClassVar[str] = "shop.listing_rules_set"
    listings: int
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersCompared(Event):
    """The numbers the shop shows were compared with ours, and what differed is told once more."""

    NAME: ClassVar[str] = "shop.numbers_compared"
    night: str
    listings: int
    differences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingHurried(Event):
    """A person asked that everything which waits be told to the shop now."""

    NAME: ClassVar[str] = "shop.telling_hurried"
    connection_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinBegun(Event):
    """A seller came over from a site's console and has still to say with which account; subject is the shop's id."""

    NAME: ClassVar[str] = "join.begun"
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopLinked(Event):
    """A shop at a site now opens the door for a person; subject is the connection."""

    NAME: ClassVar[str] = "shop.linked"
    connection_id: int
    channel: str
    shop_id: str
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopUnlinked(Event):
    """A shop at a site opens the door no longer; the connection stays. Subject is the connection."""

    NAME: ClassVar[str] = "shop.unlinked"
    channel: str
    shop_id: str
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredFromConsole(Event):
    """Somebody came in by the site's console; subject is the connection."""

    NAME: ClassVar[str] = "shop.entered_from_console"
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementTaken(Event):
    """A site's settlement was read, nothing of it is booked; subject is the file's code."""

    NAME: ClassVar[str] = "settlement.taken"
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementBooked(Event):
    """A person saw what the settlement would do and had it booked; subject is the file's code."""

    NAME: ClassVar[str] = "settlement.booked"
    sales: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementThrownAway(Event):
    """Nothing of it was booked, and nothing will be; subject is the file's code."""

    NAME: ClassVar[str] = "settlement.thrown_away"
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementUndone(Event):
    """All of its money was taken back; its sales are to come again. Subject is the file's code."""

    NAME: ClassVar[str] = "settlement.undone"
    sales: int
