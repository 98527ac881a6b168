"""What screens and actions ask about returns and removals."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Content, Parcel
from toiya.domain.returns.models import Aside, DoorParcel, Removal, Return, ReturnLine
from toiya.domain.stock.models import Balance, BinStock
from toiya.domain.warehouses.models import Bin, Warehouse

OPEN = (Return.Status.ANNOUNCED, Return.Status.ARRIVED, Return.Status.REFUSED)
_ENDED = (Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.CANCELLED)


def left_from(order: Order) -> Warehouse | None:
    """The warehouse that an order's parcel left from; None when none has left."""
    gone = Parcel.objects.filter(order=order, status=Parcel.Status.SHIPPED).select_related("warehouse")
    parcel = gone.order_by("pk").first()
    return parcel.warehouse if parcel else None


def shipped_of(order: Order) -> dict[int, int]:
    """Pieces by SKU that left with an order's parcels."""
    rows = Content.objects.filter(parcel__order=order, parcel__status=Parcel.Status.SHIPPED)
    return {row["sku_id"]: row["sum"] for row in rows.order_by().values("sku_id").annotate(sum=Sum("quantity"))}


def came_back(order: Order) -> dict[int, int]:
    """Pieces by SKU of an order that were judged at a desk."""
    rows = ReturnLine.objects.filter(parent__order=order)
    return {row["sku_id"]: row["sum"] for row in rows.order_by().values("sku_id").annotate(sum=Sum("came"))}


def returned_of(order: Order) -> dict[int, int]:
    """Pieces by SKU of an order that came back, or are announced and still to come."""
    found: dict[int, int] = {}
    lines = ReturnLine.objects.filter(parent__order=order).exclude(parent__status=Return.Status.CANCELLED)
    for line in lines.select_related("parent"):
        is_open = line.parent.status in OPEN
        found[line.sku_id] = found.get(line.sku_id, 0) + (max(line.announced, line.came) if is_open else line.came)
    return found


def plain_number(text: str) -> str:
    """A tracking number without the signs that people write into it."""
    return folded(text).replace("-", "").replace(" ", "")[:40]


def return_scanned(warehouse_id: int, scan: str) -> Return | None:
    """The open return whose own code or tracking number this is; one that comes to another building too."""
    text, number = folded(scan)[:40], plain_number(scan)
    numbers = [number, number.strip("AD")]  # codabar scanners may send its start and stop letters
    rows = Return.objects.filter(Q(code=text[:20]) | Q(tracking_number__in=numbers)).exclude(
        status=Return.Status.CANCELLED
    )
    here = sorted(rows.select_related("order")[:20], key=lambda row: (row.warehouse_id != warehouse_id, row.pk))
    return next((row for row in here if row.status in OPEN), here[0] if here else None)


def order_scanned(scan: str) -> Order | None:
    """The order that left whose code, parcel or tracking number this is."""
    text = folded(scan)[:40]
    numbers = [text, text.replace("-", ""), text.strip("AD")]
    parcels = Parcel.objects.filter(status=Parcel.Status.SHIPPED).filter(
        Q(code=text[:20]) | Q(label__tracking_number__in=numbers) | Q(order__code=text[:20])
    )
    parcel = parcels.select_related("order").order_by("pk").first()
    return parcel.order if parcel else None


def skus_of(found: Return) -> QuerySet[Any]:
    """The SKUs that may come with it: those of its order, or any of its seller."""
    skus: QuerySet[Any] = Sku.objects.filter(seller_id=found.seller_id)
    if found.order is None:
        return skus
    return skus.filter(pk__in=[*shipped_of(found.order), *found.lines.values_list("sku_id", flat=True)])


def sku_scanned(found: Return, scan: str) -> Sku | None:
    """The SKU that may come with this return whose code, barcode or seller's code this is."""
    code = folded(scan)
    rows = skus_of(found).filter(Q(code=code) | Q(barcodes__barcode=scan.strip()) | Q(seller_code__iexact=scan.strip()))
    return rows.order_by("pk").first()


def returns_of(actor: Actor, view: str) -> QuerySet[Any]:
    """Returns this reader may see: open ones, those whose pieces wait for the seller, or all."""
    rows: QuerySet[Any] = Return.objects.visible_to(actor).select_related("order", "warehouse", "seller")
    rows = rows.annotate(announced=Sum("lines__announced"), came=Sum("lines__came"))
    if view == "decide":
        waiting = Aside.objects.visible_to(actor).filter(status=Aside.Status.WAITING)
        return rows.filter(pk__in=waiting.values("grading__parent_id"))
    return rows if view == "all" else rows.filter(status__in=OPEN)


def asides_of(actor: Actor, warehouse_id: int) -> QuerySet[Any]:
    """What sellers decided and is still to be done in a building, the oldest first."""
    rows: QuerySet[Any] = Aside.objects.visible_to(actor).filter(
        status=Aside.Status.DECIDED, grading__parent__warehouse_id=warehouse_id
    )
    return rows.select_related("grading__parent__seller", "grading__sku", "grading__bin")


def door_parcels(warehouse_id: int, status: str) -> QuerySet[Any]:
    """Parcels at a building's returns door."""
    rows: QuerySet[Any] = DoorParcel.objects.filter(warehouse_id=warehouse_id, status=status)
    return rows.select_related("seller", "parent")


def removals_of(actor: Actor, view: str) -> QuerySet[Any]:
    """Removals this reader may see: open ones, or all."""
    rows: QuerySet[Any] = Removal.objects.visible_to(actor).select_related("order", "warehouse", "seller")
    rows = rows.annotate(pieces=Sum("lines__quantity"), skus=Count("lines"))
    if view == "all":
        return rows
    return rows.filter(status__in=(Removal.Status.PREPARED, Removal.Status.ORDERED)).exclude(order__status__in=_ENDED)


def free_pieces(seller: Seller, warehouse_id: int) -> list[Balance]:
    """What a seller may take home from a building: pieces neither promised nor set aside."""
    rows = Balance.objects.filter(seller=seller, warehouse_id=warehouse_id)
    rows = rows.filter(on_hand__gt=F("allocated") + F("blocked")).select_related("sku")
    return list(rows.order_by("sku_id"))


def lying(removal: Removal, most: int) -> list[BinStock]:
    """Where usable pieces of a removal's open lines lie, along the walk."""
    skus = [line.sku_id for line in removal.lines.all() if line.left]
    rows = BinStock.objects.filter(
        seller_id=removal.seller_id, warehouse_id=removal.warehouse_id, sku_id__in=skus, quantity__gt=0
    )
    rows = rows.exclude(bin__kind__in=(*Bin.BLOCKED, Bin.Kind.TOTE, Bin.Kind.STAGING))
    return list(rows.select_related("bin").order_by("bin__walk_order", "bin_id", "sku_id", "lot")[:most])


def on_the_floor(warehouse_id: int, most: int) -> tuple[list[Return], list[Removal]]:
    """What stands at the returns desk, and what is to be thrown away; the oldest first."""
    here = Return.objects.filter(warehouse_id=warehouse_id, status=Return.Status.ARRIVED)
    away = Removal.objects.filter(warehouse_id=warehouse_id, kind=Removal.Kind.DISPOSE, status=Removal.Status.ORDERED)
    return (
        list(here.select_related("seller", "order").order_by("arrived_at", "pk")[:most]),
        list(away.select_related("seller").order_by("pk")[:most]),
    )
