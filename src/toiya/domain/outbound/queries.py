"""What the floor's actions and the screens ask about work in the building."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Sum, Value, When

from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.models import PackagingBox, Parcel, PickFace, PickList, PickTask, Slot
from toiya.domain.outbound.rules import BinOffer
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin


def bin_offers(
    seller_id: int | None, warehouse_id: int, sku_ids: Iterable[int], first_good: date | None = None
) -> list[BinOffer]:
    """
    Pieces in bins or at the dock that no open pick task counts on. Decide on it only with the balances locked.

    Without a seller those of the SKUs of all sellers, to estimate by. What is usable no longer than `first_good` is
    marked as short-dated.
    """
    wanted = list(sku_ids)
    owner = {} if seller_id is None else {"seller_id": seller_id}
    stock = BinStock.objects.filter(
        **owner,
        warehouse_id=warehouse_id,
        sku_id__in=wanted,
        quantity__gt=0,
        bin__kind__in=[Bin.Kind.STORAGE, Bin.Kind.DOCK],
    ).select_related("bin")
    faces = PickFace.objects.filter(warehouse_id=warehouse_id, sku_id=OuterRef("sku_id"))
    stock = stock.annotate(has_face=Exists(faces), is_face=Exists(faces.filter(bin_id=OuterRef("bin_id"))))
    counted_on = _counted_on(wanted, owner)
    offers = [
        BinOffer(
            bin_id=row.bin_id,
            sku_id=row.sku_id,
            lot=row.lot,
            expires_on=row.expires_on,
            walk_order=row.bin.walk_order,
            free=row.quantity - counted_on.get((row.bin_id, row.sku_id, row.lot), 0),
            is_dock=row.bin.kind == Bin.Kind.DOCK,
            is_reserve=row.bin.is_reserve or (row.has_face and not row.is_face),
            is_short_dated=bool(first_good and row.expires_on and row.expires_on < first_good),
        )
        for row in stock.order_by("pk")
    ]
    return [offer for offer in offers if offer.free > 0]


def _counted_on(sku_ids: list[int], owner: dict[str, int]) -> dict[tuple[int, int, str], int]:
    """Pieces that open picks still take, per bin, SKU and lot."""
    tasks = PickTask.objects.filter(**owner, sku_id__in=sku_ids, status=PickTask.Status.OPEN)
    rows = tasks.values_list("bin_id", "sku_id", "lot").annotate(open=Sum(F("quantity") - F("picked")))
    return {(bin_id, sku_id, lot): pieces for bin_id, sku_id, lot, pieces in rows}


def slot_in_totes(totes: Iterable[Bin]) -> Slot | None:
    """
    The order whose pieces lie in one of these totes (what a scan may mean).

    Of a batch, whose orders share a tote, one that is picked; the one that holds the tote for the others comes last.
    """
    slots = Slot.objects.filter(tote__in=list(totes), is_closed=False)
    turn = Case(When(order__status=Order.Status.PACKING, then=Value(0)), default=Value(1))
    return slots.select_related("order", "seller", "pick_list").order_by(turn, "-shares_tote", "pk").first()


def open_parcel(order_id: int) -> Parcel | None:
    """The box that an order is being packed into."""
    parcels = Parcel.objects.filter(order_id=order_id, status=Parcel.Status.OPEN)
    parcel: Parcel | None = parcels.order_by("pk").first()
    return parcel


@dataclass(frozen=True, slots=True)
class WalkToDo:
    """A pick list for the list of jobs; `placed` is the oldest order's instant per channel."""

    code: str
    is_mine: bool
    stops: int
    pieces: int
    orders: int
    placed: dict[str, datetime]


def walks_to_do(warehouse_id: int, user_id: int) -> list[WalkToDo]:
    """Pick lists that wait for a picker, and the ones this person has begun (one query)."""
    open_tasks = PickTask.objects.filter(
        Q(pick_list__status=PickList.Status.WAITING)
        | Q(pick_list__status=PickList.Status.PICKING, pick_list__picker_id=user_id),
        pick_list__warehouse_id=warehouse_id,
        status=PickTask.Status.OPEN,
    )
    rows = open_tasks.values_list("pick_list__code", "pick_list__picker_id", "order__channel").annotate(
        stops=Count("pk"),
        pieces=Sum(F("quantity") - F("picked")),
        orders=Count("order_id", distinct=True),
        placed=Min("order__placed_at"),
    )
    found: dict[str, WalkToDo] = {}
    for code, picker_id, channel, stops, pieces, orders, placed in rows.order_by("pick_list__code", "order__channel"):
        before = found.get(code, WalkToDo(code, picker_id == user_id, 0, 0, 0, {}))
        found[code] = WalkToDo(
            code,
            before.is_mine,
            before.stops + stops,
            before.pieces + pieces,
            before.orders + orders,
            before.placed | {channel: placed},
        )
    return list(found.values())


def totes_to_pack(warehouse_id: int) -> dict[str, tuple[int, datetime]]:
    """Picked orders that wait for packing: how many and the oldest, per channel."""
    slots = Slot.objects.filter(
        pick_list__warehouse_id=warehouse_id, is_closed=False, order__status=Order.Status.PACKING
    )
    rows = slots.values_list("order__channel").annotate(orders=Count("pk"), placed=Min("order__placed_at"))
    return {channel: (orders, placed) for channel, orders, placed in rows.order_by("order__channel")}


def parcels_for_truck(warehouse_id: int) -> dict[str, int]:
    """Labelled parcels that wait for the truck, per carrier; parcels of held orders are left out."""
    held = Hold.objects.filter(order=OuterRef("order"), lifted_at=None)
    waiting = Parcel.objects.filter(~Exists(held), warehouse_id=warehouse_id, status=Parcel.Status.LABELLED)
    rows = waiting.values_list("label__carrier").annotate(parcels=Count("pk"))
    return dict(rows.order_by("label__carrier"))


def parcels_loaded(warehouse_id: int, since: datetime) -> dict[str, int]:
    """Parcels that left since an instant, per carrier."""
    gone = Parcel.objects.filter(warehouse_id=warehouse_id, status=Parcel.Status.SHIPPED, shipped_at__gte=since)
    return dict(gone.values_list("label__carrier").annotate(parcels=Count("pk")).order_by("label__carrier"))


def parcel_to_pack(warehouse_id: int, code: str) -> Parcel | None:
    """A parcel of this warehouse with all that its screen shows, without the label's document."""
    parcels = Parcel.objects.filter(warehouse_id=warehouse_id, code=code)
    known = parcels.select_related(
        "seller", "order__wish", "order__address", "warehouse", "service", "label", "boxed__box"
    )
    return known.defer("label__document").first()


def boxes_of(warehouse_id: int) -> list[PackagingBox]:
    """The boxes in use there, the smallest first."""
    return list(PackagingBox.objects.filter(warehouse_id=warehouse_id, is_active=True).order_by("length_mm", "code"))


def tote_left(order_id: int) -> str:
    """The tote in which pieces of the order still lie while it is packed into several boxes; else empty."""
    left = Slot.objects.filter(order_id=order_id, is_closed=False, order__status=Order.Status.PACKING)
    return left.values_list("tote__code", flat=True).first() or ""


def reasons_to_hold(order_id: int) -> list[Hold]:
    """Why an order must wait, oldest first."""
    return list(Hold.objects.filter(order_id=order_id, lifted_at=None).order_by("placed_at", "pk"))


@dataclass(frozen=True, slots=True)
class StopAhead:
    """A stop that comes later on a walk, for a picker whose device has no connection for a while."""

    bin_code: str
    sku_name: str
    option: str
    missing: int
    slot_number: int


def stops_ahead(pick_list_id: int, most: int) -> list[StopAhead]:
    """The stops after the one in hand (one query)."""
    tasks = PickTask.objects.filter(pick_list_id=pick_list_id, status=PickTask.Status.OPEN).order_by("sequence")
    rows = tasks.annotate(missing=F("quantity") - F("picked")).values_list(
        "bin__code", "sku__name", "sku__option", "missing", "slot__number"
    )
    return [StopAhead(*row) for row in rows[1 : most + 1]]
