"""Keeping what a look at a shop brought: new orders, more lines of known ones, and orders that cannot be placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.channels import rules
from toiya.domain.channels.events import OrdersPulled
from toiya.domain.channels.models import Confirmation, Connection, Pull, Stranger, Wish
from toiya.domain.channels.port import SiteLine, SiteOrder, SiteState
from toiya.domain.channels.rules import Window
from toiya.domain.channels.sql import shops, ties
from toiya.domain.channels.sql.shops import KnownLine
from toiya.domain.orders.actions.changing import add_lines
from toiya.domain.orders.actions.matching import OrderAlreadyPromised
from toiya.domain.orders.actions.placing import UnusableDraft, place_orders
from toiya.domain.orders.rules import Flaw, OrderDraft

PAYABLE = (SiteState.PAID, SiteState.CONFIRMED)
MOST_PARTS = 9
NOT_STORABLE = (UnusableDraft, DataError, IntegrityError, UnicodeError)


@dataclass(slots=True)
class _Harvest:
    """What one look brought, while it is being stored."""

    shop: Connection
    actor: Actor
    at: datetime
    new: int = 0
    changed: int = 0
    flaws: dict[str, tuple[Flaw, datetime | None]] = field(default_factory=dict)


@transaction.atomic
def store_pull(
    *, connection_id: int, window: Window, site_orders: Sequence[SiteOrder], actor: Actor, at: datetime
) -> Pull:
    """
    Keep the orders of one window, and with them that the window was read: both or neither (R01).

    The same orders again change nothing. More lines of a waiting order are added to it; when it no longer waits they
    become an order of their own (cart/2). What cannot be placed is kept as a stranger with its reason and stops nobody.
    """
    shop: Connection = Connection.objects.filter(pk=connection_id).lock().get()
    carts = _merged(site_orders)
    known = _by_cart(shops.lines_of_carts(shop.seller_id, shop.code, carts))

    harvest = _Harvest(shop, actor, at)
    for order in site_orders:
        if any(line.state is SiteState.UNKNOWN for line in order.lines):
            harvest.flaws[order.external_id] = (Flaw("state", "unknown"), order.paid_at)
    fresh = {cart: order for cart, order in carts.items() if cart not in known}
    grown = {cart: _missing(order, known[cart]) for cart, order in carts.items() if cart in known}

    _place(harvest, _tied(shop, [_draft(shop, order, cart, order.lines) for cart, order in fresh.items()]))
    _grow(harvest, {cart: replace(carts[cart], lines=lines) for cart, lines in grown.items() if lines}, known)
    strangers = _keep_strangers(harvest, carts, window)
    pull = _write_pull(harvest, window, len(carts))

    if harvest.new or harvest.changed or strangers:
        pulled = OrdersPulled(
            seller_id=shop.seller_id,
            subject=shop.code,
            new=harvest.new,
            changed=harvest.changed,
            refused=strangers,
        )
        events.record(pulled, actor=actor, at=at)
    return pull


def _merged(site_orders: Iterable[SiteOrder]) -> dict[str, SiteOrder]:
    """One order per cart, one line per number: a page may show a cart or a line twice."""
    carts: dict[str, SiteOrder] = {}
    for order in site_orders:
        before = carts.get(order.external_id)
        lines = {line.external_id: line for line in (*(before.lines if before else ()), *order.lines)}
        payable = tuple(line for line in lines.values() if line.state in PAYABLE)
        if payable:
            carts[order.external_id] = replace(before or order, lines=payable)
    return carts


def _by_cart(lines: Iterable[KnownLine]) -> dict[str, list[KnownLine]]:
    found: dict[str, list[KnownLine]] = {}
    for line in lines:
        found.setdefault(line.cart, []).append(line)
    return found


def _missing(order: SiteOrder, known: Iterable[KnownLine]) -> tuple[SiteLine, ...]:
    held = {line.external_id for line in known}
    return tuple(line for line in order.lines if line.external_id not in held)


def _draft(shop: Connection, order: SiteOrder, external_id: str, lines: Sequence[SiteLine]) -> OrderDraft:
    return rules.draft_of(shop.channel, shop.code, order, external_id, lines)


def _tied(shop: Connection, drafts: Sequence[OrderDraft]) -> list[OrderDraft]:
    """The drafts with what the shop's links say of their lines; one statement for the set."""
    found = ties.ties_of(shop.seller_id, shop.code, [line for draft in drafts for line in draft.lines])
    if not found:
        return list(drafts)
    places = count()
    return [
        replace(draft, lines=tuple(replace(line, tie=found.get(next(places))) for line in draft.lines))
        for draft in drafts
    ]


def _place(harvest: _Harvest, drafts: Sequence[OrderDraft]) -> None:
    """Place what can be placed; if the database declines one of the set, each alone."""
    good = []
    for draft in drafts:
        if flaw := rules.why_strange(draft):
            harvest.flaws[draft.external_id] = (flaw, draft.paid_at)
        else:
            good.append(draft)
    try:
        harvest.new += _placed(harvest, good)
    except NOT_STORABLE:
        for draft in good:
            try:
                harvest.new += _placed(harvest, [draft])
            except NOT_STORABLE:
                harvest.flaws[draft.external_id] = (Flaw("order", "not_storable"), draft.paid_at)


def _placed(harvest: _Harvest, drafts: Sequence[OrderDraft]) -> int:
    if not drafts:
        return 0
    with transaction.atomic():
        placed = place_orders(seller_id=harvest.shop.seller_id, drafts=drafts, actor=harvest.actor, at=harvest.at)
    return len(placed.codes)


def _grow(harvest: _Harvest, grown: Mapping[str, SiteOrder], known: Mapping[str, list[KnownLine]]) -> None:
    """Carts that gained lines: to the order while it waits, else as a further order of the same cart."""
    if not grown:
        return
    shop = harvest.shop
    names = {f"{cart}/{number}": cart for cart in grown for number in range(2, MOST_PARTS + 1)}
    parts: dict[str, list[KnownLine]] = {}
    for line in shops.lines_of_carts(shop.seller_id, shop.code, names):
        parts.setdefault(names[line.cart], []).append(line)
    for cart, order in sorted(grown.items(), key=lambda pair: known[pair[0]][0].order_id):
        lines = _missing(order, parts.get(cart, ()))
        if lines:
            _add(harvest, known[cart][0].order_id, replace(order, lines=lines), parts.get(cart, ()))


def _add(harvest: _Harvest, order_id: int, order: SiteOrder, parts: Sequence[KnownLine]) -> None:
    taken = {part.cart for part in parts}
    free = [f"{order.external_id}/{number}" for number in range(2, MOST_PARTS + 1)]
    name = next((name for name in free if name not in taken), "")
    worth = sum(line.quantity * line.unit_price_minor for line in order.lines)
    draft = _draft(harvest.shop, replace(order, total_minor=worth), name or order.external_id, order.lines)
    if flaw := rules.why_strange(draft):
        harvest.flaws[order.external_id] = (flaw, order.paid_at)
        return
    draft = _tied(harvest.shop, [draft])[0]
    try:
        add_lines(order_id=order_id, lines=draft.lines, actor=harvest.actor, at=harvest.at)
        _confirm_again(order_id, harvest.at)
        harvest.changed += 1
    except OrderAlreadyPromised:
        if not name:
            harvest.flaws[order.external_id] = (Flaw("lines", "too_many_parts"), order.paid_at)
            return
        _place(harvest, [draft])


def _confirm_again(order_id: int, at: datetime) -> None:
    """The site must hear of the new lines too; a call under way knows nothing of them, so its answer is void."""
    Confirmation.objects.filter(order_id=order_id).update(
        status=Wish.Status.WAITING,
        attempt=F("attempt") + 1,
        failures=0,
        due_since=at,
        next_try_at=at,
        settled_at=None,
    )


def _keep_strangers(harvest: _Harvest, carts: Mapping[str, SiteOrder], window: Window) -> int:
    """
    Remember who could not be placed, and settle those who were placed now or are offered no more.

    Returns how many are new.
    """
    new = 0
    shop, at = harvest.shop, harvest.at
    for external_id, (flaw, paid_at) in sorted(harvest.flaws.items()):
        seen = {"field": flaw.field, "problem": flaw.problem, "paid_at": paid_at, "seen_at": at, "settled_at": None}
        _, is_new = Stranger.objects.update_or_create(
            connection=shop,
            external_id=rules.printable(external_id)[:300],
            defaults=seen,
            create_defaults={**seen, "seller_id": shop.seller_id, "first_seen_at": at},
        )
        new += is_new
    waiting = Stranger.objects.filter(connection=shop, settled_at=None).exclude(seen_at=at)
    for stranger in waiting:
        is_covered = stranger.paid_at is not None and window.since <= stranger.paid_at <= window.until
        if stranger.external_id in carts or is_covered:
            stranger.settled_at = at
            stranger.save(update_fields=["settled_at"])
    return new


def _write_pull(harvest: _Harvest, window: Window, seen: int) -> Pull:
    shop, at = harvest.shop, harvest.at
    shop.pulled_until = max(shop.pulled_until, window.until) if shop.pulled_until else window.until
    shop.pulled_at = at
    shop.save(update_fields=["pulled_until", "pulled_at"])
    return Pull.objects.create(
        seller_id=shop.seller_id,
        connection=shop,
        window_from=window.since,
        window_until=window.until,
        started_at=at,
        orders_seen=seen,
        orders_new=harvest.new,
        orders_changed=harvest.changed,
        orders_refused=len(harvest.flaws),
    )
