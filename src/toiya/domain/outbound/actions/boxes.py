"""Boxes a warehouse packs in, and which box and service a parcel takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.queries import service as service_of
from toiya.domain.outbound import rules
from toiya.domain.outbound.actions.packing import ParcelClosed, locked_parcel
from toiya.domain.outbound.events import BoxChanged
from toiya.domain.outbound.models import PackagingBox, Parcel, ParcelBox
from toiya.domain.warehouses.models import Warehouse

LONGEST_SIDE_MM = 3000


class BoxTooLarge(Refusal):
    """The carrier's service does not take that box."""

    code = "box_too_large"
    message = gettext_lazy("%(box)s is larger than the %(limit)s cm of %(service)s. Choose a bigger service.")


class BoxDoesNotFit(Refusal):
    """Numbers that make no box."""

    code = "box_does_not_fit"
    message = gettext_lazy("These numbers make no box. Enter sides from 1 to 3,000 mm, and 0 or more for the rest.")


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """What is known of a kind of box: sides inside in mm, wall in mm, empty weight in g, price in smallest units."""

    code: str
    name: str
    sides: tuple[int, int, int]
    wall_mm: int = 3
    empty_g: int = 0
    price_minor: int = 0
    is_active: bool = True


@transaction.atomic
def put_box(*, warehouse_id: int, facts: BoxFacts, actor: Actor, at: datetime) -> PackagingBox:
    """
    Enter a box of a warehouse, or change the one of that code; parcels packed before keep their price.

    :raises NotFound: no such warehouse
    :raises BoxDoesNotFit: :raises NothingWritten: it has no code or no name
    """
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(warehouse_id))
    code = folded(texts.plain(facts.code, most=20, may_have_lines=False))
    name = texts.plain(facts.name, most=60, may_have_lines=False)
    numbers = (facts.wall_mm, facts.empty_g, facts.price_minor)
    if not all(1 <= side <= LONGEST_SIDE_MM for side in facts.sides) or min(numbers) < 0:
        raise BoxDoesNotFit()

    length, width, height = facts.sides
    box, _ = PackagingBox.objects.update_or_create(
        warehouse=warehouse,
        code=code,
        defaults={
            "name": name,
            "length_mm": length,
            "width_mm": width,
            "height_mm": height,
            "wall_mm": facts.wall_mm,
            "empty_g": facts.empty_g,
            "price_minor": facts.price_minor,
            "is_active": facts.is_active,
        },
    )

    changed = BoxChanged(seller_id=None, subject=code, warehouse_id=warehouse.pk, is_active=facts.is_active)
    events.record(changed, actor=actor, at=at)
    return box


@transaction.atomic
def choose_service(*, parcel_code: str, service_code: str, actor: Actor, at: datetime, box_code: str = "") -> None:
    """
    The packer takes another service, or another box, for a parcel that is not sealed; an empty box is none of ours.

    :raises NotFound: no such parcel here, or no such service or box
    :raises ParcelClosed: it is sealed
    :raises BoxTooLarge: the service does not take that box
    """
    parcel = locked_parcel(parcel_code, actor)
    service = service_of(service_code)
    box = box_named(parcel.warehouse_id, box_code) if box_code else None

    if parcel.status != Parcel.Status.OPEN:
        raise ParcelClosed(parcel=parcel.code)
    if box is not None and not rules.fitting_size(box.size.outer_cm, service.max_size_cm):
        raise BoxTooLarge(box=box.name, service=service.name, limit=service.max_size_cm)

    row = Parcel.objects.get(pk=parcel.parcel_id)
    row.service = service
    row.save(update_fields=["service"])
    if box is None:
        ParcelBox.objects.filter(parcel=row).delete()
    else:
        note_box(row, box)


def box_named(warehouse_id: int, code: str) -> PackagingBox:
    """The box of that code in use there. :raises NotFound:"""
    box: PackagingBox | None = PackagingBox.objects.filter(
        warehouse_id=warehouse_id, code=folded(code), is_active=True
    ).first()
    if box is None:
        raise NotFound(kind=gettext_lazy("box"), code=code)
    return box


def note_box(parcel: Parcel, box: PackagingBox) -> None:
    """A step for higher actions: the parcel, locked, goes in this box at today's price."""
    ParcelBox.objects.update_or_create(
        parcel=parcel, defaults={"seller_id": parcel.seller_id, "box": box, "price_minor": box.price_minor}
    )
