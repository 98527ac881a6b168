"""What screens and jobs ask about shops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from toiya.core.actor import Actor
from toiya.core.jobs import WakeUp
from toiya.domain.channels import rules
from toiya.domain.channels.models import (
    Confirmation,
    Connection,
    Listing,
    Notice,
    Pull,
    StockPush,
    Stranger,
    Wish,
    WriteBack,
)

ENDED = (Wish.Status.REJECTED, Wish.Status.GIVEN_UP)
KEY_WARNING = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Health:
    """A connection as a screen shows it: what waits, what ended, and whether its key ends soon."""

    connection: Connection
    waiting: int
    ended: int
    strangers: int
    untied_listings: int
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class EndedWish:
    """A wish that ended without success, for the list with its button (`try_again(kind=, wish_id=)`)."""

    kind: str
    wish_id: int
    connection_code: str
    connection_name: str
    subject: str
    status: str
    problem: str
    site_message: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class SiteWord:
    """What the site knows of an order: confirmation and write-backs, as far as there are any."""

    confirmation: Confirmation | None
    write_backs: list[WriteBack]
    notices: list[Notice]


def connections(actor: Actor, at: datetime) -> list[Health]:
    """The actor's connections with their health, in seven statements whatever their number."""
    shops = list(Connection.objects.visible_to(actor).order_by("pk"))
    ids = [shop.pk for shop in shops]
    waiting, ended = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0)
    for table in (Confirmation, WriteBack, StockPush):
        counted = table.objects.filter(connection_id__in=ids).values_list("connection_id").order_by()
        for shop_id, still, over in counted.annotate(
            still=Count("pk", filter=Q(status=Wish.Status.WAITING)), over=Count("pk", filter=Q(status__in=ENDED))
        ):
            waiting[shop_id] += still
            ended[shop_id] += over
    strangers = _counts(Stranger.objects.filter(connection_id__in=ids, settled_at=None))
    untied = _counts(Listing.objects.filter(connection_id__in=ids, sku=None, is_gone=False))
    return [
        Health(
            connection=shop,
            waiting=waiting[shop.pk],
            ended=ended[shop.pk],
            strangers=strangers.get(shop.pk, 0),
            untied_listings=untied.get(shop.pk, 0),
            ends_soon=shop.key_expires_at is not None and shop.key_expires_at < at + KEY_WARNING,
        )
        for shop in shops
    ]


def _counts(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.values_list("connection_id").order_by().annotate(count=Count("pk")))


def ended_wishes(actor: Actor, limit: int = 100) -> list[EndedWish]:
    """What the sites declined and what we gave up, newest first."""
    found = [
        *_ended("confirmation", Confirmation.objects.select_related("order"), actor, limit),
        *_ended("write_back", WriteBack.objects.select_related("order"), actor, limit),
        *_ended("stock", StockPush.objects.select_related("listing"), actor, limit),
    ]
    return sorted(found, key=lambda wish: str(wish.settled_at), reverse=True)[:limit]


def _ended(kind: str, rows: Any, actor: Actor, limit: int) -> Iterator[EndedWish]:
    ended = rows.visible_to(actor).filter(status__in=ENDED).select_related("connection").order_by("-settled_at")
    for wish in ended[:limit]:
        yield EndedWish(
            kind=kind,
            wish_id=wish.pk,
            connection_code=wish.connection.code,
            connection_name=wish.connection.name,
            subject=wish.listing.title if kind == "stock" else wish.order.code,
            status=wish.status,
            problem=wish.problem,
            site_message=wish.site_message,
            settled_at=wish.settled_at,
        )


def site_word_on(order_id: int) -> SiteWord:
    """What the order's site was told and told us."""
    return SiteWord(
        confirmation=Confirmation.objects.filter(order_id=order_id).first(),
        write_backs=list(WriteBack.objects.filter(order_id=order_id).select_related("parcel").order_by("pk")),
        notices=list(Notice.objects.filter(order_id=order_id).order_by("pk")),
    )


def strangers(actor: Actor, limit: int = 100) -> list[Stranger]:
    """Orders the sites gave us that could not be placed, newest first."""
    waiting = Stranger.objects.visible_to(actor).filter(settled_at=None)
    return list(waiting.select_related("connection").order_by("-seen_at", "pk")[:limit])


def recent_pulls(connection_id: int, limit: int = 20) -> list[Pull]:
    """The last looks at a shop, newest first."""
    return list(Pull.objects.filter(connection_id=connection_id).order_by("-pk")[:limit])


def due_jobs(at: datetime, queue: str) -> list[WakeUp]:
    """The jobs that have something to do at `at`. Shops that rest are left out until their time has come."""
    awake = Q(retry_at=None) | Q(retry_at__lte=at)
    shops = list(Connection.objects.filter(awake).order_by("pk"))
    by_id = {shop.pk: shop for shop in shops}
    due = [wake_up for shop in shops for wake_up in _reads_due(shop, at, queue)]
    due += _tells_due("channels.confirm", Confirmation, _ids(shops, "is_confirming"), at, queue)
    due += _tells_due("channels.write_back", WriteBack, _ids(shops, "is_writing_back"), at, queue)
    due += _tells_due("channels.push_stock", StockPush, _ids(shops, "is_pushing_stock"), at, queue)
    sellers = {shop.seller_id for shop in by_id.values() if _is_due(shop.wanted_at, rules.WANT_EVERY, at)}
    return due + [WakeUp("channels.want", "seller_id", seller, queue) for seller in sorted(sellers)]


def _is_due(last: datetime | None, every: timedelta, at: datetime) -> bool:
    return last is None or last + every <= at


def _reads_due(shop: Connection, at: datetime, queue: str) -> Iterator[WakeUp]:
    if shop.is_pulling and _is_due(shop.pulled_at, rules.PULL_EVERY, at):
        yield WakeUp("channels.pull", "connection_id", shop.pk, queue)
    if shop.is_pulling and _is_due(shop.reconciled_at or shop.connected_at, rules.RECONCILE_EVERY, at):
        yield WakeUp("channels.reconcile", "connection_id", shop.pk, queue)
    if _is_due(shop.listings_read_at, rules.LISTINGS_EVERY, at):
        yield WakeUp("channels.refresh_listings", "connection_id", shop.pk, queue)


def _ids(shops: Iterable[Connection], switch: str) -> list[int]:
    return [shop.pk for shop in shops if getattr(shop, switch)]


def _tells_due(task: str, table: type[Wish], shops: Sequence[int], at: datetime, queue: str) -> list[WakeUp]:
    rows: Any = table.objects.filter(status=Wish.Status.WAITING, next_try_at__lte=at)
    waiting = (
        rows.filter(connection_id__in=shops)
        .order_by("connection_id")
        .values_list("connection_id", flat=True)
        .distinct()
    )
    return [WakeUp(task, "connection_id", shop, queue) for shop in waiting.order_by("connection_id").distinct()]
