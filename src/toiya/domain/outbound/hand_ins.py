"""What the screens ask about Smart Delivery: orders to label, parcels on their way to us, what came in today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from toiya.core.actor import Actor
from toiya.domain.carriers.models import Label
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import OpenOrder, Order
from toiya.domain.outbound.models import HandIn, HandInList, Parcel

_Status = Parcel.Status


def orders_to_label(actor: Actor) -> QuerySet[Order]:
    """Orders the seller packs itself that have no label yet, the oldest first."""
    ours = OpenOrder.objects.visible_to(actor).values("order_id")
    waiting: QuerySet[Order] = Order.objects.visible_to(actor).filter(status=Order.Status.TO_HAND_IN, pk__in=ours)
    labelled = HandIn.objects.visible_to(actor).filter(is_cancelled=False).values("order_id")
    return waiting.exclude(pk__in=labelled).order_by("pk")


def on_their_way(actor: Actor) -> QuerySet[HandIn]:
    """Announced parcels that are not with us yet, the oldest first, without the labels' documents."""
    coming: QuerySet[HandIn] = HandIn.objects.visible_to(actor).filter(is_cancelled=False, handed_in_at=None)
    return _whole(coming.order_by("pk"))


def with_us(actor: Actor) -> QuerySet[HandIn]:
    """Parcels that were handed in, the newest first."""
    came: QuerySet[HandIn] = HandIn.objects.visible_to(actor).exclude(handed_in_at=None)
    return _whole(came.order_by("-handed_in_at", "-pk"))


def _whole(rows: QuerySet[HandIn]) -> QuerySet[HandIn]:
    known = rows.select_related("parcel__service", "parcel__label", "parcel__warehouse", "order__address", "list")
    return known.defer("parcel__label__document", "parcel__label__shipment")


def lists_of(actor: Actor, most: int = 20) -> list[HandInList]:
    """The latest lists, each with `parcels` on it and how many of them `came`."""
    lists = HandInList.objects.visible_to(actor).select_related("warehouse").order_by("-pk")
    still = Q(hand_ins__is_cancelled=False)
    came = Q(hand_ins__handed_in_at__isnull=False)
    return list(lists.annotate(parcels=Count("hand_ins", filter=still), came=Count("hand_ins", filter=came))[:most])


def parcels_on(bundle: HandInList) -> list[HandIn]:
    """What stands on a list, in the order of its labels; given-up labels are left out."""
    return list(_whole(HandIn.objects.filter(list=bundle, is_cancelled=False).order_by("pk")))


def documents_of(actor: Actor, parcel_codes: Sequence[str]) -> dict[str, bytes]:
    """The made labels of these parcels of Smart Delivery, by parcel: the same bytes at every print."""
    ours = HandIn.objects.visible_to(actor).filter(parcel__code__in=parcel_codes, is_cancelled=False)
    made = ours.filter(parcel__label__status=Label.Status.BOUGHT).order_by("pk")
    return {code: bytes(paper) for code, paper in made.values_list("parcel__code", "parcel__label__document")}


@dataclass(frozen=True, slots=True)
class AtCounter:
    """One seller at the counter today: parcels still awaited, and those that came."""

    seller: Seller
    awaited: int
    came: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.awaited + self.came


def counter_of(warehouse_id: int, since: datetime) -> list[AtCounter]:
    """Sellers with parcels awaited, or received since an instant; most awaited first (two queries)."""
    rows = HandIn.objects.filter(parcel__warehouse_id=warehouse_id).order_by()
    awaited = Count("pk", filter=Q(parcel__status=_Status.AWAITED))
    came = Count("pk", filter=Q(handed_in_at__gte=since))
    counted = rows.filter(Q(parcel__status=_Status.AWAITED) | Q(handed_in_at__gte=since)).values("seller_id")
    found = {row["seller_id"]: row for row in counted.annotate(awaited=awaited, came=came)}
    sellers = Seller.objects.in_bulk(found)
    told = [AtCounter(sellers[key], row["awaited"], row["came"]) for key, row in found.items()]
    return sorted(told, key=lambda each: (-each.awaited, each.seller.name))


def awaited_at(warehouse_id: int) -> int:
    """How many parcels with a label sellers still have to bring."""
    return HandIn.objects.filter(parcel__warehouse_id=warehouse_id, parcel__status=_Status.AWAITED).count()


@dataclass(frozen=True, slots=True)
class HandInDay:
    """One channel's parcels of Smart Delivery today: to be brought, waiting for the truck, gone."""

    channel: str
    awaited: int
    here: int
    gone: int


def day_of(warehouse_id: int, since: datetime) -> list[HandInDay]:
    """Today's parcels of Smart Delivery by channel (one query)."""
    live = HandIn.objects.filter(parcel__warehouse_id=warehouse_id, is_cancelled=False)
    today = live.filter(~Q(parcel__status=_Status.SHIPPED) | Q(parcel__shipped_at__gte=since)).order_by()
    rows = today.values(channel=F("order__channel")).annotate(
        awaited=Count("pk", filter=Q(parcel__status__in=[_Status.SEALED, _Status.AWAITED])),
        here=Count("pk", filter=Q(parcel__status=_Status.LABELLED)),
        gone=Count("pk", filter=Q(parcel__status=_Status.SHIPPED)),
    )
    return [HandInDay(**row) for row in rows.order_by("channel")]
