"""What screens and jobs ask about telling: what still waits, which shops show our numbers, what differed at night."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, Min, Q

from toiya.core.actor import Actor
from toiya.core.jobs import WakeUp
from toiya.domain.allocation.queries import local_day
from toiya.domain.channels.models import (
    Confirmation,
    Connection,
    ListingRules,
    Reconciliation,
    ShopRules,
    StockPush,
    Wish,
    WriteBack,
)
from toiya.domain.channels.models.shops import Listing
from toiya.domain.channels.number_rules import NIGHT_BEGINS, PLAIN, NumberRule
from toiya.domain.channels.plugs import all_channels
from toiya.domain.channels.rules import WITH_ANOTHER_PARCEL
from toiya.domain.orders.models import ShopWay
from toiya.domain.orders.ways import Way

ENDED = (Wish.Status.REJECTED, Wish.Status.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class WaitingWish:
    """Something a site still has to be told: what, about which order or listing, and how often it was tried."""

    kind: str
    wish_id: int
    subject: str
    said: str
    due_since: datetime
    attempt: int
    next_try_at: datetime
    problem: str
    site_message: str


def waiting(connection_id: int, limit: int = 100) -> list[WaitingWish]:
    """What waits to be told to a shop, the oldest first; three statements."""
    found = [
        *_waiting("confirmation", Confirmation.objects.select_related("order"), connection_id, limit),
        *_waiting("write_back", WriteBack.objects.select_related("order", "parcel__label"), connection_id, limit),
        *_waiting("stock", StockPush.objects.select_related("listing"), connection_id, limit),
    ]
    return sorted(found, key=lambda wish: (wish.due_since, wish.kind, wish.wish_id))[:limit]


def _waiting(kind: str, rows: Any, connection_id: int, limit: int) -> Iterator[WaitingWish]:
    due = rows.filter(connection_id=connection_id, status=Wish.Status.WAITING).order_by("due_since", "pk")
    for wish in due[:limit]:
        yield WaitingWish(
            kind=kind,
            wish_id=wish.pk,
            subject=f"{wish.listing.title} {wish.listing.option}".strip() if kind == "stock" else wish.order.code,
            said=_said(kind, wish),
            due_since=wish.due_since,
            attempt=wish.attempt,
            next_try_at=wish.next_try_at,
            problem=wish.problem,
            site_message=wish.site_message,
        )


def _said(kind: str, wish: Any) -> str:
    if kind == "stock":
        return str(wish.quantity)
    return wish.parcel.label.tracking_number if kind == "write_back" and wish.parcel.label else ""


def waiting_since(connection_ids: Iterable[int]) -> dict[int, datetime]:
    """Since when the oldest thing waits to be told, by shop; shops that know everything are left out."""
    oldest: dict[int, datetime] = {}
    for table in (Confirmation, WriteBack, StockPush):
        rows: Any = table.objects.filter(connection_id__in=list(connection_ids), status=Wish.Status.WAITING)
        for shop_id, since in rows.order_by().values_list("connection_id").annotate(Min("due_since")):
            oldest[shop_id] = min(since, oldest.get(shop_id, since))
    return oldest


def last_reconciliations(connection_ids: Iterable[int]) -> dict[int, Reconciliation]:
    """The last night's comparison of each of these shops, in one statement."""
    made = Reconciliation.objects.filter(connection_id__in=list(connection_ids))
    newest = made.order_by("connection_id", "-night").distinct("connection_id")
    return {each.connection_id: each for each in newest}


def shops_showing_stock(shops: Iterable[Connection]) -> list[Connection]:
    """Those of the shops (with their sellers) to which we tell stock numbers: the ones the warehouse packs for."""
    channels = {name for name, plug in all_channels().items() if plug.abilities.has_stock}
    asked = [shop for shop in shops if shop.is_pushing_stock and shop.channel in channels]
    own = ShopWay.objects.filter(shop_code__in=[shop.code for shop in asked], way=Way.SMART_DELIVERY)
    packed_by_sellers = set(own.values_list("shop_code", flat=True)) if asked else set()
    return [shop for shop in asked if shop.seller.uses_fulfilment and shop.code not in packed_by_sellers]


def last_night(at: datetime) -> date:
    """The last night that has begun."""
    return local_day(at - NIGHT_BEGINS)


def comparisons_due(at: datetime, queue: str) -> list[WakeUp]:
    """The shops whose numbers were not compared in the last night; those connected since then wait for the next."""
    awake = Q(retry_at=None) | Q(retry_at__lte=at)
    shops = shops_showing_stock(Connection.objects.filter(awake).select_related("seller").order_by("pk"))
    done = Reconciliation.objects.filter(connection__in=shops).order_by().values_list("connection_id")
    nights: dict[int, date] = dict(done.annotate(Max("night")))
    night = last_night(at)
    return [
        WakeUp("channels.compare_stock", "connection_id", shop.pk, queue)
        for shop in shops
        if nights.get(shop.pk, last_night(shop.connected_at)) < night
    ]


def rule_of_shop(connection_id: int) -> NumberRule:
    """What counts for the shop's listings without a rule of their own."""
    found: ShopRules | None = ShopRules.objects.filter(connection_id=connection_id).first()
    return found.rule if found else PLAIN


def rules_of(listings: Iterable[Listing]) -> Mapping[int, NumberRule]:
    """The rule that counts for each of these listings, in two statements."""
    rows = list(listings)
    own = {each.listing_id: each.rule for each in ListingRules.objects.filter(listing__in=rows)}
    shops = {row.connection_id for row in rows}
    of_shop = {each.connection_id: each.rule for each in ShopRules.objects.filter(connection_id__in=shops)}
    return {row.pk: own.get(row.pk) or of_shop.get(row.connection_id, PLAIN) for row in rows}


def own_rules(actor: Actor, connection_id: int) -> int:
    """How many listings of the shop follow a rule of their own."""
    own = ListingRules.objects.visible_to(actor).filter(listing__connection_id=connection_id)
    return int(own.aggregate(count=Count("pk"))["count"])


class NumberWord(StrEnum):
    """What a sales site knows of a parcel's tracking number."""

    TOLD = "told"
    NOT_TOLD = "not_told"  # the site takes one number a line, and was told that of another parcel
    WAITING = "waiting"
    ENDED = "ended"  # declined, or given up


def number_words(parcel_ids: Iterable[int]) -> dict[int, NumberWord]:
    """What the sites know of these parcels' numbers; a parcel that no site is to be told of is left out."""
    rows = WriteBack.objects.filter(parcel_id__in=list(parcel_ids)).values_list("parcel_id", "status", "problem")
    return {parcel_id: _number_word(status, problem) for parcel_id, status, problem in rows}


def _number_word(status: str, problem: str) -> NumberWord:
    if status == Wish.Status.ACCEPTED:
        return NumberWord.NOT_TOLD if problem == WITH_ANOTHER_PARCEL else NumberWord.TOLD
    return NumberWord.WAITING if status == Wish.Status.WAITING else NumberWord.ENDED
