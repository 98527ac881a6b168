"""Reading from the sites: orders and claims, listings, and the nightly comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels import rules
from toiya.domain.channels.actions.connecting import record_reconciled
from toiya.domain.channels.actions.departing import apply_claims
from toiya.domain.channels.actions.listing import store_listings
from toiya.domain.channels.actions.pulling import store_pull
from toiya.domain.channels.jobs.calling import ACTOR, blame, door_of, is_resting, outside, praise
from toiya.domain.channels.models import Connection
from toiya.domain.channels.port import Channel, ShopAccess, SiteClaim, SiteLine, SiteState
from toiya.domain.channels.sql import shops
from toiya.domain.channels.sql.shops import KnownLine


def pull(connection_id: int, at: datetime) -> None:
    """Read the shop's new orders and what became of old ones. Trouble is kept on the connection, not raised."""
    shop = Connection.objects.get(pk=connection_id)
    if not shop.is_pulling or is_resting(shop, at):
        return
    plug, access = door_of(shop)
    windows = rules.pull_windows(shop.pulled_until, at, plug.abilities)
    try:
        _read_orders(shop, plug, access, windows, at)
        since = min(at - rules.CLAIMS_LOOK, windows[0].since) if shop.pulled_until and windows else None
        _read_claims(shop, plug, access, since or at - rules.CLAIMS_LOOK, at)
    except (Unreachable, Rejected) as trouble:
        blame(shop, trouble, at)
    else:
        praise(shop, at)


def _read_orders(
    shop: Connection, plug: Channel, access: ShopAccess, windows: Sequence[rules.Window], at: datetime
) -> set[str]:
    """Read and keep window by window, so that a later one's trouble costs nothing; returns the lines seen."""
    seen: set[str] = set()
    for window in windows:
        orders = outside(partial(plug.orders, access, window.since, window.until))
        store_pull(connection_id=shop.pk, window=window, site_orders=orders, actor=ACTOR, at=at)
        seen |= {line.external_id for order in orders for line in order.lines}
    return seen


def _read_claims(shop: Connection, plug: Channel, access: ShopAccess, since: datetime, at: datetime) -> None:
    for window in rules.split(since, at, plug.abilities):
        claims = outside(partial(plug.claims, access, window.since, window.until))
        apply_claims(connection_id=shop.pk, claims=claims, actor=ACTOR, at=at)


def refresh_listings(connection_id: int, at: datetime) -> None:
    """Read everything the shop offers and tie it to SKUs."""
    shop = Connection.objects.get(pk=connection_id)
    if is_resting(shop, at):
        return
    plug, access = door_of(shop)
    if not plug.abilities.has_stock:
        return
    try:
        listings = outside(lambda: plug.listings(access))
    except (Unreachable, Rejected) as trouble:
        blame(shop, trouble, at)
    else:
        store_listings(connection_id=shop.pk, site_listings=listings, actor=ACTOR, at=at)
        praise(shop, at)


def reconcile(connection_id: int, at: datetime) -> None:
    """
    Read the last 30 days once more, and ask for each open line of ours that was not among them: it was cancelled,
    shipped elsewhere, or vanished, and its order must know.
    """
    shop = Connection.objects.get(pk=connection_id)
    if not shop.is_pulling or is_resting(shop, at):
        return
    plug, access = door_of(shop)
    since = at - rules.RECONCILE_LOOK
    try:
        seen = _read_orders(shop, plug, access, rules.split(since, at - rules.SETTLING, plug.abilities), at)
        _read_claims(shop, plug, access, since, at)
        lost = [line for line in shops.open_lines(shop.seller_id, shop.code) if line.external_id not in seen]
        rows = plug.abilities.rows_per_call
        for start in range(0, len(lost), rows):
            _ask_for(shop, plug, access, lost[start : start + rows], at)
    except (Unreachable, Rejected) as trouble:
        blame(shop, trouble, at)
    else:
        record_reconciled(connection_id=shop.pk, at=at)
        praise(shop, at)


def _ask_for(shop: Connection, plug: Channel, access: ShopAccess, lost: Sequence[KnownLine], at: datetime) -> None:
    found = outside(lambda: plug.lines(access, [line.external_id for line in lost]))
    truth = {line.external_id: line for line in found}
    claims = [_claim(line, truth.get(line.external_id)) for line in lost]
    apply_claims(connection_id=shop.pk, claims=claims, actor=ACTOR, at=at)


def _claim(line: KnownLine, truth: SiteLine | None) -> SiteClaim:
    """The site's present word on a line, as if it had told us by itself."""
    cart = line.cart.partition("/")[0]
    if truth is None:
        return SiteClaim(cart, line.external_id, SiteState.UNKNOWN, "")
    reason = f"{truth.carrier_name} {truth.tracking_number}".strip()
    return SiteClaim(cart, line.external_id, truth.state, reason)
