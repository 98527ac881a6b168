"""What screens and jobs ask about shops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from toiya.core.actor import Actor, Permission
from toiya.core.jobs import WakeUp
from toiya.core.models import EventRow
from toiya.domain.channels import rules
from toiya.domain.channels.models import (
    Confirmation,
    Connection,
    ConsoleLink,
    Listing,
    Notice,
    PendingJoin,
    Pull,
    StockPush,
    Stranger,
    Wish,
    WriteBack,
)
from toiya.domain.channels.models.joins import hash_of
from toiya.domain.members.events import AccountMergedAway
from toiya.domain.members.models import Membership, User
from toiya.domain.members.rules import SELLER_ROLES

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


LINKING_ROLES = frozenset(role for role, may in SELLER_ROLES.items() if Permission.EDIT_CONNECTIONS in may)


def links(actor: Actor) -> list[ConsoleLink]:
    """Which shops at their sites open the door for which person, in one statement."""
    return list(
        ConsoleLink.objects.visible_to(actor).select_related("user", "connection").order_by("connection__name", "pk")
    )


def living_link(channel: str, shop_id: str) -> ConsoleLink | None:
    """The shop's link, as long as its person may sign in and still works for its seller."""
    found = ConsoleLink.objects.filter(channel=channel, shop_id=shop_id, user__is_active=True)
    link: ConsoleLink | None = found.select_related("user", "seller", "connection").first()
    if link is None or not Membership.objects.filter(user=link.user, seller=link.seller).exists():
        return None
    return link


def pending_join(secret: str, at: datetime) -> PendingJoin | None:
    """The join that this secret of a session stands for; None when it is over."""
    found: PendingJoin | None = PendingJoin.objects.filter(secret_hash=hash_of(secret), expires_at__gt=at).first()
    return found if secret else None


def accounts_with_email(email: str) -> list[User]:
    """
    The accounts of sellers' people that share this address, with their roles, the oldest first (A039).

    Only for whoever has proven the address; it is no proof of the accounts themselves.
    """
    found = User.objects.filter(email=email.strip().lower(), is_active=True, erased_at=None, staff=None)
    return list(found.order_by("pk").prefetch_related("memberships__seller")) if email else []


def login_typed(text: str) -> str:
    """The log-in id somebody means who typed it, or the address of the one account that has it (A038)."""
    typed = text.strip().lower()
    if not typed or User.objects.filter(login=typed).exists():
        return typed
    logins = list(User.objects.filter(email=typed, is_active=True).values_list("login", flat=True)[:2])
    return logins[0] if len(logins) == 1 else typed


def free_login(pending: PendingJoin) -> str:
    """The log-in id of a new account: the address (A033), or one made of the shop's when that is taken (A037)."""
    if not User.objects.filter(login=pending.email).exists():
        return pending.email
    stem = f"{pending.channel}-{pending.shop_id}".lower()
    taken = set(User.objects.filter(login__startswith=stem).values_list("login", flat=True))
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def sellers_to_link(user: User) -> list[Membership]:
    """The user's roles that may connect a shop, the owner's first."""
    roles = [each for each in user.memberships.select_related("seller").order_by("pk") if each.role in LINKING_ROLES]
    return sorted(roles, key=lambda each: each.role != "owner")


def connected_seller(channel: str, shop_id: str) -> int | None:
    """Whose the shop's connection is, if there is one. Never for a screen."""
    found = Connection.objects.filter(channel=channel, shop_id=shop_id).values_list("seller_id", flat=True).first()
    return None if found is None else int(found)


def merged_into(user_id: int) -> int | None:
    """Which account the user's was merged into; None when it was not."""
    told = EventRow.objects.filter(name=AccountMergedAway.NAME, subject=str(user_id)).order_by("-pk").first()
    return None if told is None else int(told.data["into_user_id"])
