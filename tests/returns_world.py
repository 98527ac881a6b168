"""Returns and removals of the test world."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import NOON, WORLD, an_order, judged
from toiya.core import papers
from toiya.core.actor import Actor
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.models import Parcel
from toiya.domain.returns.actions.announcing import Announcement, announce_return
from toiya.domain.returns.actions.arriving import arrive_return
from toiya.domain.returns.actions.counting_out import ThrownAway, throw_away
from toiya.domain.returns.actions.grading import Judged, grade_pieces
from toiya.domain.returns.actions.ordering import Receiver, Wanted, order_removal
from toiya.domain.returns.models import Grading, Removal, Return
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Bin, Warehouse

HOME = Receiver("Hanataba K.K.", "03-1234-5678", "150-0001", "Tokyo, Shibuya-ku 1-2-3")
TYPED = {"name": "Hanataba K.K.", "phone": "03-1234-5678", "postal_code": "150-0001", "first_line": "Tokyo 1-2-3"}
_scans = count(1)


def a_scan() -> str:
    """The id of one scan."""
    return f"back-{next(_scans):08d}"


def a_shipped_order(
    seller: Seller, warehouse: Warehouse, wants: Mapping[str, int], *, picker: Staff | None = None
) -> Order:
    """An order that left; its stock and its fee must be there."""
    (order,) = judged(an_order(seller, wants))
    return sent_out(order, picker or a_person(warehouse), warehouse)


def sent_out(order: Order, picker: Staff, warehouse: Warehouse) -> Order:
    """An order with its stock promised, over the whole floor and onto the truck."""
    walked(released(warehouse, order).pick_lists[0].code, picker)
    parcel = labelled(packed("T-001", picker, _service()))
    ship_parcels(seller_id=order.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    order.refresh_from_db()
    return order


def _service() -> Service:
    """The service that takes most, of those there are; opened when there is none."""
    return Service.objects.order_by("-max_weight_g").first() or a_service("road", 20_000)


def announced(order: Order, pieces: Mapping[str, int], *, actor: Actor = WORLD, **more: Any) -> Return:
    """Pieces of an order by SKU code that are to come back."""
    told = Announcement(order.code, pieces, **more)
    return announce_return(told=told, actor=actor, at=NOON)


def at_desk(scan: str, warehouse: Warehouse) -> Return:
    """What was scanned at the returns door stands at the desk."""
    return arrive_return(warehouse_id=warehouse.pk, scan=scan, actor=WORLD, at=NOON)


def graded(
    found: Return, sku: Sku, grade: str, quantity: int = 1, *, bin_code: str = "A01-02-1", scan_id: str = ""
) -> Grading:
    """Pieces judged; damage with a photo, sellable ones into that bin."""
    judged_so = Judged(
        sku.pk,
        grade,
        quantity,
        scan_id or a_scan(),
        place=Bin.objects.get(warehouse_id=found.warehouse_id, code=bin_code),
        photo_key=a_picture() if grade in "CD" else "",
    )
    return grade_pieces(code=found.code, judged=judged_so, actor=WORLD, at=NOON)


def a_picture() -> str:
    """The key of a photo in the cupboard."""
    return papers.keep(papers.Paper("photo.png", papers.PNG, b"\x89PNG\r\n\x1a\n"), at=NOON).storage_key


def removal_of(seller: Seller, warehouse: Warehouse, pieces: Mapping[str, int], **more: Any) -> Removal:
    """Pieces by SKU code that the seller takes home."""
    actor = more.pop("actor", WORLD)
    wanted = Wanted(warehouse.code, pieces, receiver=more.pop("receiver", HOME), **more)
    return order_removal(seller_id=seller.pk, wanted=wanted, actor=actor, at=NOON)


def disposal_of(seller: Seller, warehouse: Warehouse, pieces: Mapping[str, int], **more: Any) -> Removal:
    """Pieces by SKU code that the seller has thrown away."""
    more = {"kind": "dispose", "reason": "Out of season", "consents": True} | more
    return removal_of(seller, warehouse, pieces, **more)


def thrown_away(removal: Removal, quantity: int, *, bin_code: str = "A01-01-1", scan_id: str = "") -> Removal:
    """So many pieces of its first open line out of a bin."""
    line = next(line for line in removal.lines.order_by("pk") if line.left)
    place = removal.warehouse.bins.get(code=bin_code)
    gone = ThrownAway(line.pk, place, quantity, scan_id or a_scan())
    return throw_away(code=removal.code, gone=gone, actor=WORLD, at=NOON)


def parcel_of(order: Order) -> Parcel:
    """The only parcel of an order."""
    return Parcel.objects.select_related("label").get(order=order)


def trio(sku: Sku) -> tuple[int, int, int]:
    """On hand, blocked, available."""
    balance = Balance.objects.get(sku=sku)
    return balance.on_hand, balance.blocked, balance.available
