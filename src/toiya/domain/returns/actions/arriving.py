"""The returns door: a parcel is scanned in, refused because it comes freight collect, or nobody knows whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.returns import queries, rules
from toiya.domain.returns.actions.announcing import Opened, open_return
from toiya.domain.returns.actions.locking import locked_door_parcel
from toiya.domain.returns.events import DoorParcelNoted, DoorParcelPlaced, ReturnArrived, ReturnRefused
from toiya.domain.returns.models import DoorParcel, Return
from toiya.domain.warehouses.models import Warehouse

Status = Return.Status


class ReturnUnknown(Refusal):
    """Nothing that left, and nothing announced, bears what was scanned."""

    code = "return_unknown"
    message = gettext_lazy("Nobody announced %(scan)s, and no parcel that left has it. Note it as unknown.")


class DoorParcelSettled(Refusal):
    """Somebody dealt with the parcel already."""

    code = "door_parcel_settled"
    message = gettext_lazy("%(code)s is dealt with: %(status)s. Reload the list and choose another one.")


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """What was scanned at the door, with its id; a note and a photo that was stored before."""

    scan: str
    scan_id: str
    note: str = ""
    photo_key: str = ""


@transaction.atomic
def arrive_return(*, warehouse_id: int, scan: str, actor: Actor, at: datetime) -> Return:
    """
    A parcel came back: the return that was announced, or a new one of the order that it left with (L27).

    Scanned again it is the same return; one that was announced for another building arrives here all the same.

    :raises ReturnUnknown: nothing announced, and nothing that left and can still come back
    """
    known = queries.return_scanned(warehouse_id, scan)
    order = known.order if known else queries.order_scanned(scan)
    if order is not None:
        Order.objects.filter(pk=order.pk).lock().get()  # two people at two doors open one return
    found = _open_one(known, order, warehouse_id, at)
    if found is None:
        raise ReturnUnknown(scan=scan.strip()[:40] or "–")
    if found.status in (Status.ARRIVED, Status.DONE):
        return found

    _stand(found, warehouse_id, at)

    events.record(_arrived(found), actor=actor, at=at)
    return found


def _open_one(known: Return | None, order: Order | None, warehouse_id: int, at: datetime) -> Return | None:
    """The return this is, locked; a new one where pieces of the order can still come back."""
    rows = Return.objects.exclude(status=Status.CANCELLED)
    if known is not None:
        found: Return | None = rows.filter(pk=known.pk).lock().select_related("order", "warehouse").first()
        return found
    if order is None:
        return None
    same = rows.filter(order=order, status__in=queries.OPEN).lock().select_related("order", "warehouse").first()
    if same is not None:
        return same  # type: ignore[no-any-return]
    if not rules.returnable(queries.shipped_of(order), queries.returned_of(order)):
        return rows.filter(order=order).order_by("-pk").first()
    return open_return(Opened(order.seller_id, warehouse_id, order, is_announced=False), at)


def _stand(found: Return, warehouse_id: int, at: datetime) -> None:
    found.move_to(Status.ARRIVED)
    found.warehouse = Warehouse.objects.get(pk=warehouse_id)
    found.arrived_at = at
    found.save(update_fields=["status", "warehouse", "arrived_at"])


def _arrived(found: Return) -> ReturnArrived:
    return ReturnArrived(
        seller_id=found.seller_id,
        subject=found.code,
        return_id=found.pk,
        order=found.order.code if found.order else "",
        warehouse_id=found.warehouse_id,
        is_announced=found.is_announced,
    )


@transaction.atomic
def note_unknown(*, warehouse_id: int, came: AtTheDoor, actor: Actor, at: datetime) -> DoorParcel:
    """Keep a parcel that nobody can place, until a person finds out whose it is. The same scan twice is one."""
    noted, is_new = _noted(warehouse_id, came, DoorParcel.Status.UNKNOWN, actor, at)
    if not is_new:
        return noted

    events.record(_told(noted), actor=actor, at=at)
    return noted


@transaction.atomic
def refuse_collect(*, warehouse_id: int, came: AtTheDoor, actor: Actor, at: datetime) -> DoorParcel:
    """
    A parcel comes freight collect: the driver takes it back, it is written down, and its seller sees it where the
    scan tells whose it is (A193). The same scan twice is one.
    """
    known = queries.return_scanned(warehouse_id, came.scan)
    order = known.order if known else queries.order_scanned(came.scan)
    found: Return | None = None
    if known is not None:
        found = Return.objects.filter(pk=known.pk).lock().first()
    noted, is_new = _noted(warehouse_id, came, DoorParcel.Status.REFUSED, actor, at)
    if not is_new:
        return noted

    noted.ended_at = at
    noted.parent = found
    noted.seller_id = found.seller_id if found else order.seller_id if order else None
    noted.save(update_fields=["ended_at", "parent", "seller"])
    told: list[DoorParcelNoted | ReturnRefused] = [_told(noted)]
    if found is not None and found.status == Status.ANNOUNCED:
        found.move_to(Status.REFUSED)
        found.save(update_fields=["status"])
        told.append(ReturnRefused(seller_id=found.seller_id, subject=found.code, door_parcel=noted.code))

    events.record_all(told, actor=actor, at=at)
    return noted


def _noted(
    warehouse_id: int, came: AtTheDoor, status: DoorParcel.Status, actor: Actor, at: datetime
) -> tuple[DoorParcel, bool]:
    (number,) = next_ids("returns_doorparcel_id_seq", 1)
    written = {
        "pk": number,
        "code": code_for("DPC", number),
        "warehouse_id": warehouse_id,
        "status": status,
        "scanned": came.scan.strip()[:100],
        "note": came.note.strip()[:200],
        "photo_key": came.photo_key,
        "at": at,
        "actor": actor.name,
    }
    noted, is_new = DoorParcel.objects.get_or_create(scan_id=came.scan_id, defaults=written)
    return noted, is_new


def _told(noted: DoorParcel) -> DoorParcelNoted:
    return DoorParcelNoted(
        seller_id=noted.seller_id,
        subject=noted.code,
        warehouse_id=noted.warehouse_id,
        is_refused=noted.status == DoorParcel.Status.REFUSED,
    )


@transaction.atomic
def place_parcel(*, code: str, order_code: str, seller_code: str, actor: Actor, at: datetime) -> Return:
    """
    A person found out whose parcel it is: it is a return of that order, or of that seller without an order.

    :raises NotFound: no such parcel, order that left, or seller :raises DoorParcelSettled: somebody was faster
    """
    noted = locked_door_parcel(code, actor)
    order = queries.order_scanned(order_code) if order_code.strip() else None
    seller = order.seller if order else Seller.objects.filter(code=seller_code.strip()[:20]).first()

    if noted.status != DoorParcel.Status.UNKNOWN:
        raise DoorParcelSettled(code=noted.code, status=noted.get_status_display())
    if order_code.strip() and order is None:
        raise NotFound(kind=gettext_lazy("order that left"), code=order_code[:20])
    if seller is None:
        raise NotFound(kind=gettext_lazy("seller"), code=seller_code[:20] or "–")
    if order is not None:
        Order.objects.filter(pk=order.pk).lock().get()

    opened = Opened(seller.pk, noted.warehouse_id, order, is_announced=False, note=noted.note)
    made = open_return(opened, at)
    _stand(made, noted.warehouse_id, at)
    noted.move_to(DoorParcel.Status.PLACED)
    noted.parent, noted.seller, noted.ended_at = made, seller, at
    noted.save(update_fields=["status", "parent", "seller", "ended_at"])

    placed = DoorParcelPlaced(
        seller_id=seller.pk, subject=made.code, door_parcel=noted.code, warehouse_id=noted.warehouse_id
    )
    events.record_all([placed, _arrived(made)], actor=actor, at=at)
    return made
