"""At the door: which delivery it is, whether it is taken, and deliveries nobody announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for, folded
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound.events import BundleArrived, CartonArrived, DeliveryTurnedAway, UnannouncedBegun
from toiya.domain.inbound.models import CargoBundle, Carton
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import ReceivingRules, Warehouse
from toiya.domain.warehouses.queries import calendar_of

Status = CargoBundle.Status


class NoDelivery(Refusal):
    """The scan belongs to no delivery for this building."""

    code = "no_delivery"
    message = gettext_lazy(
        "%(scan)s is no carton, delivery or tracking number for this building. Scan another code on the box, "
        'or touch "Not announced".'
    )


class SeveralDeliveries(Refusal):
    """Two deliveries travel under one tracking number."""

    code = "several_deliveries"
    message = gettext_lazy("%(scan)s stands for several deliveries: %(codes)s. Scan the code of one of them.")


class DeliveryNotConfirmed(Refusal):
    """It came before the warehouse said yes, or after it said no."""

    code = "delivery_not_confirmed"
    message = gettext_lazy('%(bundle)s is "%(status)s", so it is not taken in. Set it aside and ask the office.')


class DeliveryCompleted(Refusal):
    """It is counted and closed."""

    code = "delivery_completed"
    message = gettext_lazy("%(bundle)s is counted and completed. Set what came later aside and ask the office.")


class FreightCollect(Refusal):
    """The driver wants money (A139)."""

    code = "freight_collect"
    message = gettext_lazy(
        "%(bundle)s comes freight collect, which this building does not pay. Turn it away at the door."
    )


class TooLargeUnannounced(Refusal):
    """More cartons than are taken without a word (A139)."""

    code = "too_large_unannounced"
    message = gettext_lazy(
        "Deliveries that nobody announced are taken up to %(most)s cartons; these are %(cartons)s. "
        "Turn them away at the door."
    )


class TurnedAway(StrEnum):
    """Why a delivery was refused at the door (A139)."""

    FREIGHT_COLLECT = "freight_collect"
    UNANNOUNCED = "unannounced"
    UNIDENTIFIED = "unidentified"


@dataclass(frozen=True, slots=True)
class AtDoor:
    """The delivery that was scanned, and its carton when a carton's code was."""

    bundle: CargoBundle
    carton: Carton | None
    is_new: bool


@transaction.atomic
def arrive(*, warehouse_id: int, scan: str, actor: Actor, at: datetime) -> AtDoor:
    """
    A carton's code, a delivery's code or a carrier's tracking number was scanned: it is here. Twice is once.

    :raises NoDelivery: :raises SeveralDeliveries: the code is unknown here, or stands for several
    :raises DeliveryNotConfirmed: :raises DeliveryCompleted: :raises FreightCollect: it is not taken in
    """
    bundle, carton = _find(warehouse_id, folded(scan), scan)
    _check(bundle, warehouse_id)

    told: list[events.Event] = []
    is_new = bundle.status != Status.ARRIVED
    if is_new:
        bundle.move_to(Status.ARRIVED)
        bundle.arrived_at = at
        bundle.save(update_fields=["status", "arrived_at"])
        told.append(
            BundleArrived(
                seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk, warehouse_id=warehouse_id
            )
        )
    if carton is not None and carton.arrived_at is None:
        carton.arrived_at = at
        carton.save(update_fields=["arrived_at"])
        told.append(
            CartonArrived(seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk, number=carton.number)
        )

    events.record_all(told, actor=actor, at=at)
    return AtDoor(bundle, carton, is_new)


def _find(warehouse_id: int, code: str, scan: str) -> tuple[CargoBundle, Carton | None]:
    """The delivery under lock, and its carton."""
    here = CargoBundle.objects.filter(warehouse_id=warehouse_id)
    carton: Carton | None = (
        Carton.objects.filter(code=code, bundle__warehouse_id=warehouse_id).first() if code else None
    )
    if carton is not None:
        bundle = here.lock().get(pk=carton.bundle_id)
        return bundle, Carton.objects.lock().get(pk=carton.pk)
    found = list(here.filter(code=code).lock()) if code else []
    if not found and code:
        under_way = [Status.CONFIRMED, Status.SHIPPED, Status.ARRIVED]
        bare = scan.strip()
        found = list(here.filter(tracking_number__in={code, bare, bare.replace("-", "")}, status__in=under_way).lock())
    if not found:
        raise NoDelivery(scan=scan[:40] or "–")
    if len(found) > 1:
        raise SeveralDeliveries(scan=scan[:40], codes=", ".join(each.code for each in found[:5]))
    return found[0], None


def _check(bundle: CargoBundle, warehouse_id: int) -> None:
    if bundle.status == Status.COMPLETED:
        raise DeliveryCompleted(bundle=bundle.code)
    if bundle.status in (Status.REQUESTED, Status.REJECTED, Status.DELETED):
        raise DeliveryNotConfirmed(bundle=bundle.code, status=bundle.get_status_display())
    if bundle.is_freight_collect and not rules_of(warehouse_id).takes_freight_collect:
        raise FreightCollect(bundle=bundle.code)


def rules_of(warehouse_id: int) -> ReceivingRules:
    """What the building takes in; the defaults where nobody wrote any."""
    found: ReceivingRules | None = ReceivingRules.objects.filter(pk=warehouse_id).first()
    return found or ReceivingRules(warehouse_id=warehouse_id)


@transaction.atomic
def begin_unannounced(*, warehouse_id: int, seller_code: str, cartons: int, actor: Actor, at: datetime) -> CargoBundle:
    """
    Goods of a known seller stand at the door without a word: a delivery is made for them, so they can be counted.

    One that was begun and is not completed goes on.

    :raises NotFound: no such seller
    :raises TooLargeUnannounced: more cartons than the building takes without a word
    """
    seller = Seller.objects.select_for_update(no_key=True).filter(code=folded(seller_code)).first()
    if seller is None:
        raise NotFound(kind=gettext_lazy("seller"), code=seller_code[:40])
    most = rules_of(warehouse_id).most_unannounced_cartons
    if cartons > most:
        raise TooLargeUnannounced(most=most, cartons=cartons)
    begun: CargoBundle | None = CargoBundle.objects.filter(
        seller=seller, warehouse_id=warehouse_id, is_announced=False, status=Status.ARRIVED
    ).first()
    if begun is not None:
        return begun

    bundle = _unannounced(seller, warehouse_id, cartons, at)

    begun_event = UnannouncedBegun(
        seller_id=seller.pk, subject=bundle.code, bundle_id=bundle.pk, warehouse_id=warehouse_id, cartons=cartons
    )
    events.record(begun_event, actor=actor, at=at)
    return bundle


def _unannounced(seller: Seller, warehouse_id: int, cartons: int, at: datetime) -> CargoBundle:
    number = next_ids("inbound_cargobundle_id_seq", 1)[0]
    today = at.astimezone(calendar_of(Warehouse.objects.get(pk=warehouse_id)).zone).date()
    made: CargoBundle = CargoBundle.objects.create(
        pk=number,
        seller=seller,
        code=code_for("CB", number),
        warehouse_id=warehouse_id,
        status=Status.ARRIVED,
        estimated_on=today,
        cartons_told=cartons,
        is_announced=False,
        currency=seller.currency,
        created_at=at,
        arrived_at=at,
    )
    return made


@transaction.atomic
def turn_away(*, warehouse_id: int, reason: TurnedAway, seller_code: str, actor: Actor, at: datetime) -> None:
    """
    A delivery was refused at the door; written down so that seller and office know (A139).

    :raises NotFound: a seller's code was given and there is no such seller
    """
    seller = Seller.objects.filter(code=folded(seller_code)).first() if seller_code.strip() else None
    if seller_code.strip() and seller is None:
        raise NotFound(kind=gettext_lazy("seller"), code=seller_code[:40])
    warehouse = Warehouse.objects.get(pk=warehouse_id)

    turned = DeliveryTurnedAway(
        seller_id=seller.pk if seller else None, subject=seller.code if seller else warehouse.code, reason=str(reason)
    )
    events.record(turned, actor=actor, at=at)
