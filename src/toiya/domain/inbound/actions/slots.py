"""Times at the dock: the office opens them, large deliveries book them (L15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound import queries, rules
from toiya.domain.inbound.actions.bundles import BundleUnderWay
from toiya.domain.inbound.events import DockSlotBooked, DockSlotReleased, DockSlotRemoved, DockSlotsMade
from toiya.domain.inbound.models import CargoBundle, DockSlot
from toiya.domain.inbound.steps import confirm_if_allowed, locked_bundle
from toiya.domain.warehouses.models import Warehouse

Status = CargoBundle.Status
_OPEN = frozenset({Status.REQUESTED, Status.CONFIRMED, Status.SHIPPED})
MOST_SLOTS = 48


class SlotTaken(Refusal):
    """Somebody booked it first, it is over, or it is not for this delivery."""

    code = "slot_taken"
    message = gettext_lazy("This time at the dock cannot be booked any more. Choose another one from the list.")


class SlotInUse(Refusal):
    """A delivery has booked it."""

    code = "slot_in_use"
    message = gettext_lazy("%(bundle)s has booked this time. Agree on another one with the seller first.")


class SlotsDoNotFit(Refusal):
    """Numbers that make no slots."""

    code = "slots_do_not_fit"
    message = gettext_lazy("These times make no slots. Enter 1 to 48 slots of 15 to 720 minutes, from now on.")


@dataclass(frozen=True, slots=True)
class Opening:
    """Slots to open one after the other at a dock, in the warehouse's time."""

    day: date
    first: time
    minutes: int
    slots: int
    dock: str
    size: str = DockSlot.Size.LARGE


@transaction.atomic
def make_slots(*, warehouse_id: int, opening: Opening, actor: Actor, at: datetime) -> int:
    """
    Open times at a dock; those that are there already stay as they are. Returns how many are new.

    :raises NotFound: :raises SlotsDoNotFit: :raises NothingWritten: the dock has no name
    """
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(warehouse_id))
    dock = texts.plain(opening.dock, most=20, may_have_lines=False)
    starts = datetime.combine(opening.day, opening.first, ZoneInfo(warehouse.time_zone))
    fits = 1 <= opening.slots <= MOST_SLOTS and 15 <= opening.minutes <= 720 and opening.size in DockSlot.Size.values
    if not fits or starts < at:
        raise SlotsDoNotFit()

    span = timedelta(minutes=opening.minutes)
    present = DockSlot.objects.filter(warehouse=warehouse)
    before = present.count()
    DockSlot.objects.bulk_create(
        [
            DockSlot(
                warehouse=warehouse,
                starts_at=starts + place * span,
                ends_at=starts + (place + 1) * span,
                dock=dock,
                size=opening.size,
            )
            for place in range(opening.slots)
        ],
        ignore_conflicts=True,
    )
    made = present.count() - before

    events.record(DockSlotsMade(seller_id=None, subject=warehouse.code, slots=made, dock=dock), actor=actor, at=at)
    return made


@transaction.atomic
def remove_slot(*, slot_id: int, actor: Actor, at: datetime) -> None:
    """Close a free time. :raises NotFound: :raises SlotInUse:"""
    slot = DockSlot.objects.filter(pk=slot_id).lock().select_related("warehouse").first()
    if slot is None:
        raise NotFound(kind=gettext_lazy("time at the dock"), code=str(slot_id))
    if slot.bundle_id is not None:
        raise SlotInUse(bundle=CargoBundle.objects.get(pk=slot.bundle_id).code)

    slot.delete()

    removed = DockSlotRemoved(seller_id=None, subject=slot.warehouse.code, dock=slot.dock)
    events.record(removed, actor=actor, at=at)


@transaction.atomic
def book_slot(*, bundle_code: str, slot_id: int, actor: Actor, at: datetime) -> DockSlot:
    """
    Give the delivery that time, instead of the one it had; it is due on that day then.

    Where only the slot was lacking and approval is not needed, the delivery is confirmed.

    :raises NotFound: no such bundle for this actor
    :raises BundleUnderWay: :raises SlotTaken: taken meanwhile, over, or not for a delivery of this kind
    """
    bundle = locked_bundle(bundle_code, actor)
    if bundle.status not in _OPEN:
        raise BundleUnderWay(code=bundle.code, status=bundle.get_status_display())
    slot: DockSlot | None = DockSlot.objects.filter(pk=slot_id, warehouse_id=bundle.warehouse_id).lock().first()
    is_large = rules.is_large(queries.limits_of(bundle.warehouse_id), queries.delivery_of(bundle))
    if slot is None or slot.starts_at <= at or (slot.size == DockSlot.Size.LARGE and not is_large):
        raise SlotTaken()
    if slot.bundle_id not in {None, bundle.pk}:
        raise SlotTaken()

    DockSlot.objects.filter(bundle=bundle).exclude(pk=slot.pk).update(bundle=None)
    slot.bundle = bundle
    slot.save(update_fields=["bundle"])
    bundle.estimated_on = slot.starts_at.astimezone(ZoneInfo(bundle.warehouse.time_zone)).date()
    bundle.save(update_fields=["estimated_on"])

    booked = DockSlotBooked(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        bundle_id=bundle.pk,
        dock=slot.dock,
        starts_at=slot.starts_at.isoformat(),
    )
    events.record_all([booked, *confirm_if_allowed(bundle, at)], actor=actor, at=at)
    return slot


@transaction.atomic
def release_slot(*, bundle_code: str, actor: Actor, at: datetime) -> None:
    """Give the time back; nothing happens where none is booked. :raises NotFound: :raises BundleUnderWay:"""
    bundle = locked_bundle(bundle_code, actor)
    if bundle.status not in _OPEN:
        raise BundleUnderWay(code=bundle.code, status=bundle.get_status_display())
    slot = DockSlot.objects.filter(bundle=bundle).lock().first()
    if slot is None:
        return

    slot.bundle = None
    slot.save(update_fields=["bundle"])

    released = DockSlotReleased(seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk, dock=slot.dock)
    events.record(released, actor=actor, at=at)
