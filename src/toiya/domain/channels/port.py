"""
The Channel port: what every sales site must be able to do for us, in our words.

A plug lives in `integrations/channels/<name>/`, knows one site's wire protocol, holds no state and touches no
database. It raises `core.errors.Unreachable` (no answer, or "later": outcome unknown, try again) or
`core.errors.Rejected` (understood and declined). Instants are aware UTC; money is in minor units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Protocol


class SiteState(StrEnum):
    """Where an order line stands at the site, in our words."""

    UNPAID = "unpaid"
    PAID = "paid"  # to be confirmed
    CONFIRMED = "confirmed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCEL_ASKED = "cancel_asked"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ShopAccess:
    """Which shop, and the key that opens it. Never logged."""

    shop_id: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A key made by the site, and when it ends."""

    key: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SiteReceiver:
    """Who gets the goods, as the site writes it."""

    name: str
    name_kana: str
    phone: str
    country: str
    postal_code: str
    first_line: str
    second_line: str


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One line of an order at the site. `external_id` is unique within the shop."""

    external_id: str
    state: SiteState
    title: str
    option: str
    item_code: str
    option_code: str
    quantity: int
    unit_price_minor: int
    carrier_name: str = ""
    tracking_number: str = ""
    site_item: str = ""  # the site's own number of the product: the `external_id` of its listings


@dataclass(frozen=True, slots=True)
class DesiredDelivery:
    """When the buyer asked to be delivered to: a day, hours of the day (receiver's local time), or both."""

    day: date | None
    starts_at: time | None = None
    ends_at: time | None = None


@dataclass(frozen=True, slots=True)
class SiteOrder:
    """
    Lines bought together (one cart), with the receiver. Lines that the site no longer lists are not in it.

    `total_minor` is what the buyer pays for the lines, discounts taken off, without the site's shipping fee.
    """

    external_id: str
    lines: tuple[SiteLine, ...]
    receiver: SiteReceiver
    currency: str
    total_minor: int
    note: str
    ordered_at: datetime
    paid_at: datetime | None
    ship_by: datetime | None
    desired: DesiredDelivery | None = None


@dataclass(frozen=True, slots=True)
class SiteClaim:
    """What became of a line that left the normal road."""

    order_external_id: str
    line_external_id: str
    state: SiteState
    reason: str


@dataclass(frozen=True, slots=True)
class SiteListing:
    """
    One product option on sale. `site_fields` is what the plug needs to address it again; opaque to us.

    `option` is the option as an order of it names it, without what it adds to the price; '' for a product without.
    """

    external_id: str
    fingerprint: str
    title: str
    item_code: str
    option_code: str
    quantity: int
    site_fields: dict[str, Any]
    option: str = ""
    option_kind: str = ""  # how the site keeps the product's options: plain, combination or single


@dataclass(frozen=True, slots=True)
class ShipLine:
    """Tell the site that this line left with that carrier under that number."""

    line_external_id: str
    carrier_name: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class ConfirmLine:
    """Tell the site that we took this line and when it will leave."""

    line_external_id: str
    ship_on: datetime


@dataclass(frozen=True, slots=True)
class ShowStock:
    """Show this many of a listing, as an absolute number."""

    external_id: str
    fingerprint: str
    quantity: int
    site_fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """
    The site's word on one line of a bulk call: accepted (also when it already knew), else its code and message.

    `may_retry` marks a line that the site did not decide on (no answer for it): the same again may help.
    """

    key: str
    is_accepted: bool
    code: str = ""
    message: str = ""
    may_retry: bool = False


@dataclass(frozen=True, slots=True)
class Abilities:
    """What this kind of site can do, and the figures a polite caller keeps to."""

    name: str
    label: str
    has_confirmation: bool
    has_stock: bool
    longest_window_days: int
    settles_after_minutes: int  # orders may appear this late; pulls overlap by twice as much
    rows_per_call: int


class JoinPurpose(StrEnum):
    """What the seller pressed at the site's console."""

    JOIN = "join"
    ENTER = "enter"


@dataclass(frozen=True, slots=True)
class Assertion:
    """
    A site's signed word on who its seller is, checked by the plug. Who it is: the channel with `shop_id`, nothing else.

    The e-mail address and the rest are only carried over (A028). `token_id` is unique for the issuer: single use.
    """

    issuer: str
    token_id: str
    shop_id: str
    purpose: JoinPurpose
    expires_at: datetime
    email: str
    shop_name: str = ""
    contact_name: str = ""
    phone: str = ""
    country: str = ""
    postal_code: str = ""
    address: str = ""
    company_name: str = ""


class SellerConsole(Protocol):
    """
    A site's console from which its sellers join us and enter (L38). A plug that has one declares it as `joins`.

    The browser posts the site's assertion to us; the shop's key comes from the site itself, server to server.
    """

    origins: frozenset[str]  # where such a post may come from, as browsers write it in `Origin`

    def begin_url(self) -> str:
        """Where at the site a seller presses the button."""
        ...

    def verify_assertion(self, raw: str, audience: str, at: datetime) -> Assertion:
        """
        Check signature, issuer, audience and times, with one fixed algorithm and a pinned key.

        Whether it was used before is not the plug's to know.

        :raises Rejected: `assertion_refused`
        :raises Unreachable: the site's key is not known yet and could not be fetched
        """
        ...

    def issue_key_for(self, raw: str, shop_id: str, at: datetime) -> IssuedKey:
        """
        Get the key of the shop for a verified assertion, and have the site do what belongs to joining (A030).

        Safe to call twice. Works longer than the assertion itself, for as long as a form may take.
        """
        ...


class Channel(Protocol):
    """One kind of sales site."""

    abilities: Abilities
    joins: SellerConsole | None  # None: sellers cannot join from there (A027), only connect

    def console_url(self, return_url: str) -> str:
        """Where the seller logs in at the site to grant us a key ([Get Auth], A204); '' when the site has none."""
        ...

    def issue_key(self, shop_id: str, grant: str, at: datetime) -> IssuedKey:
        """Exchange what the console page (or the seller: a one-time code or password) gave us for a key."""
        ...

    def test(self, access: ShopAccess, at: datetime) -> None:
        """Make the cheapest call that proves the key ([Test Connection], A211). :raises Unreachable, Rejected:"""
        ...

    def orders(self, access: ShopAccess, since: datetime, until: datetime) -> list[SiteOrder]:
        """Orders paid in the window and still to be sent (PAID and CONFIRMED), grouped by cart."""
        ...

    def claims(self, access: ShopAccess, since: datetime, until: datetime) -> list[SiteClaim]:
        """Lines cancelled or asked to be cancelled in the window."""
        ...

    def lines(self, access: ShopAccess, external_ids: Sequence[str]) -> list[SiteLine]:
        """The present truth about single lines, whatever their state; unknown ones are left out."""
        ...

    def confirm(self, access: ShopAccess, lines: Sequence[ConfirmLine], at: datetime) -> list[LineAnswer]:
        """Confirm lines; "already confirmed" counts as accepted. One answer per line, in order."""
        ...

    def ship(self, access: ShopAccess, lines: Sequence[ShipLine]) -> list[LineAnswer]:
        """Write tracking numbers back; "already shipped with our number" counts as accepted."""
        ...

    def listings(self, access: ShopAccess) -> list[SiteListing]:
        """Everything on sale, one row per option of any type."""
        ...

    def show_stock(self, access: ShopAccess, rows: Sequence[ShowStock]) -> list[LineAnswer]:
        """Set absolute stock numbers. Key of the answer: external_id + '/' + fingerprint."""
        ...
