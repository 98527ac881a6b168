# ruff: noqa: ARG002 (the port names arguments that this site does not need)
"""A sales site in memory: orders with their states, listings, faults that can be ordered, and a log of calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from toiya.core.errors import Rejected, Unreachable
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
    SiteReceiver,
    SiteState,
)

OFFERED = {SiteState.PAID, SiteState.CONFIRMED}
RECEIVER = SiteReceiver("田中 みなみ", "タナカ", "+81-90-1234-5678", "JP", "273-0017", "千葉県船橋市", "西浦1-2-3")


@dataclass
class PretendSite:
    """
    Implements the Channel port. `before` and `after` are faults by method: raised before or after it took effect.

    An order becomes visible at `visible_at`, whatever its payment date says; the test moves `clock`.
    """

    clock: datetime
    good_key: str = "a-key"
    rows_per_call: int = 500
    orders_by_cart: dict[str, SiteOrder] = field(default_factory=dict)
    visible_at: dict[str, datetime] = field(default_factory=dict)
    claimed: list[tuple[datetime, SiteClaim]] = field(default_factory=list)
    offers: list[SiteListing] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)
    effects: list[tuple[str, str]] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)
    before: dict[str, Exception] = field(default_factory=dict)
    after: dict[str, Exception] = field(default_factory=dict)
    poison: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    on_call: Callable[[str], None] = lambda _method: None
    joins: SellerConsole | None = None

    @property
    def abilities(self) -> Abilities:
        return Abilities(
            name="qoo10",
            label="Pretend",
            has_confirmation=True,
            has_stock=True,
            longest_window_days=90,
            settles_after_minutes=10,
            rows_per_call=self.rows_per_call,
        )

    def sell(
        self, cart: str, *codes: str, paid_at: datetime | None = None, visible_at: datetime | None = None, **more: Any
    ) -> SiteOrder:
        """A paid order of one piece of each code; more of the same cart adds lines."""
        before = self.orders_by_cart.get(cart)
        lines = list(before.lines) if before else []
        for code in codes:
            number = f"{cart}-{len(lines) + 1}"
            lines.append(SiteLine(number, SiteState.PAID, f"Thing {code}", "", code, "", 1, 1200))
        paid = paid_at or self.clock - timedelta(hours=1)
        order = SiteOrder(cart, tuple(lines), RECEIVER, "JPY", 1200 * len(lines), "", paid, paid, None)
        self.orders_by_cart[cart] = replace(order, **more)
        self.visible_at[cart] = visible_at or paid
        return self.orders_by_cart[cart]

    def turn(self, line_number: str, state: SiteState, tracking_number: str = "") -> None:
        """A line changes its state at the site."""
        cart = line_number.rpartition("-")[0]
        order = self.orders_by_cart[cart]
        lines = tuple(
            replace(line, state=state, tracking_number=tracking_number or line.tracking_number)
            if line.external_id == line_number
            else line
            for line in order.lines
        )
        self.orders_by_cart[cart] = replace(order, lines=lines)

    def claim(self, line_number: str, state: SiteState, reason: str = "changed my mind") -> None:
        """The buyer cancels a line, or asks to."""
        self.turn(line_number, state)
        cart = line_number.rpartition("-")[0]
        self.claimed.append((self.clock, SiteClaim(cart, line_number, state, reason)))

    def line(self, line_number: str) -> SiteLine:
        cart = line_number.rpartition("-")[0]
        return next(line for line in self.orders_by_cart[cart].lines if line.external_id == line_number)

    def called(self, method: str) -> int:
        """How often a method was called."""
        return sum(name == method for name, _ in self.calls)

    def done(self, kind: str) -> list[str]:
        """What had an effect at the site, in order."""
        return [what for name, what in self.effects if name == kind]

    def _enter(self, method: str, access: ShopAccess, rows: int = 0) -> None:
        self.calls.append((method, rows))
        self.on_call(method)
        if access.key != self.good_key:
            raise Rejected("key_expired", "-90005 Certification key expired")
        if trouble := self.before.get(method) or self.before.get("*"):
            raise trouble

    def _leave(self, method: str) -> None:
        if trouble := self.after.pop(method, None):
            raise trouble

    def console_url(self, return_url: str) -> str:
        return ""

    def issue_key(self, shop_id: str, grant: str, at: datetime) -> IssuedKey:
        return IssuedKey(self.good_key, at + timedelta(days=365))

    def test(self, access: ShopAccess, at: datetime) -> None:
        self._enter("test", access)

    def orders(self, access: ShopAccess, since: datetime, until: datetime) -> list[SiteOrder]:
        self._enter("orders", access)
        found = []
        for cart, order in self.orders_by_cart.items():
            lines = tuple(line for line in order.lines if line.state in OFFERED)
            is_in = order.paid_at is None or since <= order.paid_at <= until
            if lines and is_in and self.visible_at[cart] <= self.clock:
                found.append(replace(order, lines=lines))
        self._leave("orders")
        return found

    def claims(self, access: ShopAccess, since: datetime, until: datetime) -> list[SiteClaim]:
        self._enter("claims", access)
        return [claim for told_at, claim in self.claimed if since <= told_at <= until]

    def lines(self, access: ShopAccess, external_ids: Sequence[str]) -> list[SiteLine]:
        self._enter("lines", access, len(external_ids))
        everything = {line.external_id: line for order in self.orders_by_cart.values() for line in order.lines}
        return [everything[number] for number in external_ids if number in everything]

    def confirm(self, access: ShopAccess, lines: Sequence[ConfirmLine], at: datetime) -> list[LineAnswer]:
        self._enter("confirm", access, len(lines))
        self._swallow([line.line_external_id for line in lines])
        answers = []
        for line in lines:
            if self.line(line.line_external_id).state is SiteState.PAID:
                self.turn(line.line_external_id, SiteState.CONFIRMED)
                self.effects.append(("confirm", line.line_external_id))
            answers.append(self._answer(line.line_external_id))
        self._leave("confirm")
        return answers

    def ship(self, access: ShopAccess, lines: Sequence[ShipLine]) -> list[LineAnswer]:
        self._enter("ship", access, len(lines))
        self._swallow([line.line_external_id for line in lines])
        answers = []
        for line in lines:
            answer = self._answer(line.line_external_id)
            held = self.line(line.line_external_id)
            if answer.is_accepted and held.state is not SiteState.SHIPPED:
                self.turn(line.line_external_id, SiteState.SHIPPED, line.tracking_number)
                self.effects.append(("ship", f"{line.line_external_id} {line.carrier_name} {line.tracking_number}"))
            answers.append(answer)
        self._leave("ship")
        return answers

    def listings(self, access: ShopAccess) -> list[SiteListing]:
        self._enter("listings", access)
        return list(self.offers)

    def show_stock(self, access: ShopAccess, rows: Sequence[ShowStock]) -> list[LineAnswer]:
        self._enter("show_stock", access, len(rows))
        answers = []
        for row in rows:
            self.shown[row.external_id] = row.quantity
            self.effects.append(("show", f"{row.external_id} {row.quantity}"))
            answers.append(self._answer(f"{row.external_id}/{row.fingerprint}"))
        self._leave("show_stock")
        return answers

    def _swallow(self, numbers: Sequence[str]) -> None:
        if self.poison & set(numbers):
            raise Unreachable("http_500", "the site stumbles over one of the rows")

    def _answer(self, key: str) -> LineAnswer:
        code = self.refused.get(key, "")
        return LineAnswer(key, is_accepted=not code, code=code, message="no" if code else "")
