"""What a channel's contract needs to do at the site itself: buy, cancel, look, and make trouble."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from toiya.domain.channels.port import Channel, ShopAccess, SiteListing, SiteState

PLAIN = "PLAIN-1"  # a listing without options
OPTIONS = "OPT-1"  # a listing with the two options below
FIRST_OPTION, SECOND_OPTION = "OPT-1-A", "OPT-1-B"
STOCK = 100  # of each, in a fresh shop
UNIT_PRICE_MINOR = 1800  # of each, options included


class Trouble(StrEnum):
    """The ways a site misbehaves, each for one call."""

    SLOW = "slow"  # answers later than `hasty` waits
    CUT_AFTER_COMMIT = "cut_after_commit"  # does the work, then cuts the connection
    SERVER_ERROR = "server_error"  # an HTML page with status 503; nothing was done
    WRONG_CHARSET_NAMED = "wrong_charset_named"  # right bytes under a header that names another charset
    DOUBLED_ROWS = "doubled_rows"
    NULL_FOR_EMPTY = "null_for_empty"
    DECLINED = "declined"  # the site declines every line of the call
    BUYER_CANCELS_FIRST = "buyer_cancels_first"  # the buyer is quicker than the call
    OTHER_SYSTEM_CONFIRMS_FIRST = "other_system_confirms_first"


class Verb(StrEnum):
    """Which of the port's calls a trouble is meant for."""

    ORDERS = "orders"
    CLAIMS = "claims"
    CONFIRM = "confirm"
    SHIP = "ship"
    LISTINGS = "listings"


@dataclass(frozen=True, slots=True)
class Buy:
    """One line of a cart."""

    item_code: str = PLAIN
    option_code: str = ""
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Purchase:
    """A cart; paid now unless said otherwise."""

    lines: tuple[Buy, ...] = (Buy(),)
    is_paid: bool = True
    paid_ago: timedelta = timedelta(0)
    shown_after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Placed:
    """The site's numbers of a cart and its lines."""

    order_id: str
    line_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """What the site itself knows about a line."""

    state: SiteState
    carrier_name: str
    tracking_number: str
    ship_on: str  # ISO day, in the site's own time; '' when none is set
    times_confirmed: int  # calls that changed something
    times_shipped: int


class PretendSite(Protocol):
    """A fresh shop at a site of this kind, with the listings named above."""

    channel: Channel
    hasty: Channel  # the same, but gives up after about a second
    access: ShopAccess

    def now(self) -> datetime:
        """The site's clock."""
        ...

    def place(self, purchase: Purchase) -> Placed:
        """Let a buyer buy; the receiver is 試験 太郎 in 東京都, phone +81-90-0000-0000."""
        ...

    def cancel(self, line_id: str) -> None:
        """Let the line be cancelled."""
        ...

    def ask_to_cancel(self, line_id: str) -> None:
        """Let the buyer ask for a cancellation."""
        ...

    def confirm_elsewhere(self, line_id: str) -> None:
        """Let another system confirm the line."""
        ...

    def let_keys_expire(self) -> None:
        """End every key of the shop."""
        ...

    def make_trouble(self, trouble: Trouble, verb: Verb) -> None:
        """Switch a trouble on for the next call. Skips the test when this kind of site cannot do it."""
        ...

    def truth(self, line_id: str) -> Truth:
        """Look behind the counter."""
        ...

    def shown_stock(self, listing: SiteListing) -> int:
        """The number a buyer sees for an option (or the item)."""
        ...

    def shown_price_minor(self, listing: SiteListing) -> int:
        """The price a buyer sees for the item."""
        ...

    def set_price_minor(self, listing: SiteListing, price_minor: int) -> None:
        """Let the seller change the price at the site."""
        ...

    def grant(self) -> str:
        """Log in as the seller and return what the console gives back. Skips the test when there is none."""
        ...


def whole_day(site: PretendSite) -> tuple[datetime, datetime]:
    """A window that holds everything bought in this test."""
    now = site.now()
    return now - timedelta(days=1), now + timedelta(minutes=1)
