"""The Qoo10 plug: QAPI's methods behind the Channel port. Holds no state but open connections."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from toiya.core.errors import Unreachable
from toiya.domain.channels.port import (
    Abilities,
    ConfirmLine,
    IssuedKey,
    LineAnswer,
    SellerConsole,
    ShipLine,
    ShopAccess,
    ShowStock,
    SiteClaim,
    SiteLine,
    SiteListing,
    SiteOrder,
)
from toiya.integrations.channels.qoo10 import console, joining, shipping, stock, translate, values
from toiya.integrations.channels.qoo10.client import READ_SECONDS, Client
from toiya.integrations.channels.qoo10.qapi import Qapi
from toiya.integrations.channels.qoo10.values import Row

log = logging.getLogger(__name__)

LONGEST_WINDOW_DAYS = 90
# Everything comes in one answer, so we ask for less at a time than the site allows.
ASKED_WINDOW = timedelta(days=30)
# An answer that is too large is asked for in halves, but not for ever.
SHORTEST_WINDOW = timedelta(minutes=1)
PROBE_WINDOW = timedelta(minutes=1)
KEY_LIFE_YEARS = 1

ORDERS = "ShippingBasic.GetShippingInfo_v2"
CLAIMS = "ShippingBasic.GetClaimInfo_V3"
CERTIFY = "CertificationAPI.CreateCertificationKey"

BY_PAYMENT = "2"
# Confirmed lines after the paid ones: a line that moves between the calls is seen twice, not never.
STATES_TO_SEND = ("2", "3")
BY_REQUEST, BY_COMPLETION = "2", "3"
# A cancellation asked for is dated by its request, one carried out by either date.
CLAIM_SEARCHES = (
    (1, BY_REQUEST),
    (2, BY_REQUEST),
    (3, BY_REQUEST),
    (3, BY_COMPLETION),
    (16, BY_REQUEST),
    (16, BY_COMPLETION),
)
PASSWORD_GRANT = "password:"  # noqa: S105  a prefix, not a password


class Qoo10:
    """One QAPI host; serves every shop on it."""

    abilities = Abilities(
        name="qoo10",
        label="Qoo10",
        has_confirmation=True,
        has_stock=True,
        longest_window_days=LONGEST_WINDOW_DAYS,
        settles_after_minutes=180,
        rows_per_call=shipping.ROWS_PER_CALL,
    )

    def __init__(
        self,
        base: str,
        *,
        api_key: str = "",
        console_base: str = "",
        console_key: str = "",
        read_seconds: float = READ_SECONDS,
    ) -> None:
        """
        :param base: address of the QAPI service
        :param api_key: ours, with which sellers' keys are made from their id and password
        :param console_base: the page where a seller logs in and grants a key; '' when there is none
        :param console_key: the console's public key (a JSON web key), by which sellers may join from there
        """
        self._client = Client(base, read_seconds=read_seconds)
        self._qapi = Qapi(self._client)
        self._api_key = api_key
        self._console_base = console_base.rstrip("/")
        self.joins: SellerConsole | None = None
        if self._console_base:
            self.joins = joining.Console(self._client, self._console_base, console_key)

    def console_url(self, return_url: str) -> str:
        """Where the seller grants us a key; '' when this host has no such page."""
        return console.login_url(self._console_base, return_url) if self._console_base else ""

    def issue_key(self, shop_id: str, grant: str, at: datetime) -> IssuedKey:
        """
        Turn a grant into a key: `password:…` is the QSM password of `shop_id`, anything else a console code.

        :raises Rejected: `login_refused`, `grant_refused`, `other_shop`, or `no_console` for a code
        :raises Unreachable: no answer
        """
        if not grant.startswith(PASSWORD_GRANT):
            return console.exchange(self._client, self._console_base, shop_id, grant)
        fields = {"user_id": shop_id, "pwd": grant.removeprefix(PASSWORD_GRANT)}
        answer = self._qapi.ask(ShopAccess(shop_id, self._api_key), CERTIFY, fields)
        if not isinstance(answer, str) or not answer.strip():
            raise Unreachable("no_key", "the site accepted and sent no key")
        return IssuedKey(answer.strip(), values.years_after(at, KEY_LIFE_YEARS))

    def test(self, access: ShopAccess, at: datetime) -> None:
        """Ask for the paid orders of the last minute: proves the key and the right to read orders."""
        self._qapi.rows(access, ORDERS, _order_search("2", at - PROBE_WINDOW, at))

    def orders(self, access: ShopAccess, since: datetime, until: datetime) -> list[SiteOrder]:
        """
        Orders paid in the window that wait to be confirmed or sent.

        A cart with an unreadable row is left out and logged as an error.
        """
        rows: list[Row] = []
        for state in STATES_TO_SEND:
            for window in values.windows(since, until, ASKED_WINDOW):
                rows.extend(self._order_rows(access, state, window))
        found, troubles = translate.orders(rows)
        for trouble in troubles:
            log.error("Qoo10 shop %s: order left out, cannot be read: %s", access.shop_id, trouble)
        return found

    def claims(self, access: ShopAccess, since: datetime, until: datetime) -> list[SiteClaim]:
        """Lines whose cancellation was asked for or carried out in the window; each line once."""
        found: list[SiteClaim] = []
        for number, condition in CLAIM_SEARCHES:
            for start, end in values.windows(since, until, ASKED_WINDOW):
                search = {
                    "ClaimStat": str(number),
                    "search_condition": condition,
                    "search_Sdate": values.wire_moment(start),
                    "search_Edate": values.wire_moment(end),
                }
                found.extend(_readable(access, number, self._qapi.rows(access, CLAIMS, search)))
        return translate.strongest(found)

    def lines(self, access: ShopAccess, external_ids: Sequence[str]) -> list[SiteLine]:
        """The present truth about single lines, one call each; the unknown are left out."""
        return list(shipping.read_lines(self._qapi, access, external_ids))

    def confirm(self, access: ShopAccess, lines: Sequence[ConfirmLine], at: datetime) -> list[LineAnswer]:
        """Take lines for a day, tomorrow (Japan) at the earliest. Confirmed before counts as accepted."""
        return shipping.confirm(self._qapi, access, lines, at)

    def ship(self, access: ShopAccess, lines: Sequence[ShipLine]) -> list[LineAnswer]:
        """Write numbers back; a line that is out under our number is accepted, whatever the call said."""
        return shipping.ship(self._qapi, access, lines)

    def listings(self, access: ShopAccess) -> list[SiteListing]:
        """Everything on sale, with two or three calls per item."""
        return stock.read_listings(self._qapi, access)

    def show_stock(self, access: ShopAccess, rows: Sequence[ShowStock]) -> list[LineAnswer]:
        """Show absolute numbers. Single options have none of their own: `no_stock_of_its_own`."""
        return stock.show(self._qapi, access, rows)

    def _order_rows(self, access: ShopAccess, state: str, window: tuple[datetime, datetime]) -> Iterator[Row]:
        start, end = window
        try:
            yield from self._qapi.rows(access, ORDERS, _order_search(state, start, end))
        except Unreachable as trouble:
            if trouble.code != "answer_too_large" or end - start <= SHORTEST_WINDOW:
                raise
            for half in values.windows(start, end, (end - start) / 2 + timedelta(seconds=1)):
                yield from self._order_rows(access, state, half)


def _order_search(state: str, start: datetime, end: datetime) -> Mapping[str, str]:
    return {
        "ShippingStat": state,
        "search_condition": BY_PAYMENT,
        "search_Sdate": values.wire_moment(start),
        "search_Edate": values.wire_moment(end),
    }


def _readable(access: ShopAccess, number: int, rows: Sequence[Row]) -> Iterator[SiteClaim]:
    for row in rows:
        try:
            yield translate.claim(row, number)
        except values.Unreadable as trouble:
            log.error("Qoo10 shop %s: claim left out, cannot be read: %s", access.shop_id, trouble)
