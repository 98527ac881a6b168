"""The warehouse says yes or no to a delivery (A127)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.inbound import queries
from toiya.domain.inbound.actions import fees
from toiya.domain.inbound.events import BundleConfirmed, BundleRejected
from toiya.domain.inbound.judging import SlotMissing
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.inbound.rules import Step
from toiya.domain.inbound.steps import let_go, locked_bundle

Status = CargoBundle.Status


class BundleDecided(Refusal):
    """Somebody decided meanwhile, or the goods are here."""

    code = "bundle_already_decided"
    message = gettext_lazy("%(code)s is %(status)s already. Reload the page to see what was decided.")


@transaction.atomic
def approve_bundle(*, bundle_code: str, actor: Actor, at: datetime) -> CargoBundle:
    """
    Say yes: the goods may be sent.

    :raises NotFound: :raises BundleDecided:
    :raises SlotMissing: a large or oversize delivery without a time at the dock
    """
    bundle = locked_bundle(bundle_code, actor)
    if bundle.status != Status.REQUESTED:
        raise BundleDecided(code=bundle.code, status=bundle.get_status_display())
    if Step.DOCK_SLOT in queries.missing_steps(bundle):
        raise SlotMissing(code=bundle.code)

    bundle.move_to(Status.CONFIRMED)
    bundle.confirmed_at = at
    bundle.save(update_fields=["status", "confirmed_at"])

    confirmed = BundleConfirmed(seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk)
    events.record(confirmed, actor=actor, at=at)
    return bundle


@transaction.atomic
def reject_bundle(*, bundle_code: str, reason: str, actor: Actor, at: datetime) -> CargoBundle:
    """
    Say no, with a reason the seller reads; its requests are open again and its fee is free.

    :raises NotFound: :raises BundleDecided: :raises NothingWritten: the reason is empty
    """
    bundle = locked_bundle(bundle_code, actor)
    if bundle.status not in {Status.REQUESTED, Status.CONFIRMED, Status.SHIPPED}:
        raise BundleDecided(code=bundle.code, status=bundle.get_status_display())
    bundle.reason = texts.plain(reason, most=300)

    let_go(bundle, Status.REJECTED, at)
    fees.void_fees(bundle=bundle, actor=actor, at=at)

    rejected = BundleRejected(
        seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk, reason=bundle.reason
    )
    events.record(rejected, actor=actor, at=at)
    return bundle
