"""The end of a count: differences, finished requests, the fee of what was counted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor, ActorKind
from toiya.domain.inbound import receiving_rules as rules
from toiya.domain.inbound.actions.counting import check_is_here, lock_delivery
from toiya.domain.inbound.actions.fees import charge_counted
from toiya.domain.inbound.events import BundleCompleted
from toiya.domain.inbound.models import CargoBundle, Carton, Difference, InboundRequest, Receipt
from toiya.domain.inbound.receiving_rules import Counted, Found


@transaction.atomic
def complete_delivery(*, bundle_id: int, actor: Actor, at: datetime) -> list[Difference]:
    """
    Everything that came is counted. What differs from what was told becomes differences; cartons that never came are
    in them as missing pieces. Its requests are completed with it, and it is charged for what was counted; too little
    money holds nothing back.

    :raises NotFound: not at this building :raises DeliveryNotHere: not being counted
    """
    bundle = lock_delivery(bundle_id, actor)
    check_is_here(bundle)
    lines = [Counted(line.sku_id, line.told, line.received, line.damaged) for line in bundle.lines.order_by("pk")]
    found = rules.differences(lines, _unknown(bundle))

    made = [_difference(bundle, each, at) for each in found]
    Difference.objects.bulk_create(made)
    bundle.move_to(CargoBundle.Status.COMPLETED)
    bundle.ended_at = at
    _finish_requests(bundle, at)
    Carton.objects.filter(bundle=bundle, arrived_at__isnull=False, counted_at=None).update(counted_at=at)
    charged = charge_counted(bundle=bundle, actor=actor, at=at)
    bundle.save(update_fields=["status", "ended_at", "currency", "fee_minor", "fee_source", "fee_taken_at"])

    completed = BundleCompleted(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        bundle_id=bundle.pk,
        pieces=sum(line.received + line.damaged for line in lines),
        differences=len(made),
        counted_by=int(actor.id) if actor.kind is ActorKind.PERSON else 0,
    )
    events.record_all([completed, *charged], actor=actor, at=at)
    return made


def _difference(bundle: CargoBundle, found: Found, at: datetime) -> Difference:
    return Difference(
        seller_id=bundle.seller_id,
        bundle=bundle,
        sku_id=found.sku_id,
        kind=found.kind,
        pieces=found.pieces,
        scanned=found.scanned,
        found_at=at,
    )


def _unknown(bundle: CargoBundle) -> dict[str, int]:
    """Unknown things by what they bear."""
    found: Counter[str] = Counter()
    unknown = Receipt.objects.filter(bundle=bundle, sku=None, taken_back=None)
    for scanned, quantity in unknown.values_list("scanned", "quantity"):
        found[scanned] += quantity
    return dict(found)


def _finish_requests(bundle: CargoBundle, at: datetime) -> None:
    requests = list(InboundRequest.objects.filter(bundle=bundle, status=InboundRequest.Status.BUNDLED).lock())
    for request in requests:
        request.move_to(InboundRequest.Status.COMPLETED)
        request.ended_at = at
    InboundRequest.objects.bulk_update(requests, ["status", "ended_at"])
