"""Putting requests together to one delivery, sending it, noting something, giving it up (A122-A131)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound import judging, queries, rules
from toiya.domain.inbound.actions import fees
from toiya.domain.inbound.charging import quote_of
from toiya.domain.inbound.events import (
    BundleDeleted,
    BundleNoted,
    BundleRequested,
    BundleSent,
    SendingChanged,
)
from toiya.domain.inbound.models import BundleLine, CargoBundle, InboundRequest
from toiya.domain.inbound.rules import Asked, Delivery, Size
from toiya.domain.inbound.steps import check_cartons, check_day, check_service, confirm, let_go, locked_bundle
from toiya.domain.members.models import Seller
from toiya.domain.pricing.actions.charging import Quote
from toiya.domain.warehouses.actions.centres import check_centre
from toiya.domain.warehouses.models import Warehouse

Status = CargoBundle.Status
BEFORE_SENDING = frozenset({Status.REQUESTED, Status.CONFIRMED})


class NothingChosen(Refusal):
    """No request to put into the bundle."""

    code = "no_requests_chosen"
    message = gettext_lazy("No request is chosen. Tick the requests that come in one delivery.")


class NotToBundle(Refusal):
    """A request that is in a bundle already, is over, or asks to take out."""

    code = "not_to_bundle"
    message = gettext_lazy(
        "%(code)s cannot come in this cargo bundle: %(status)s. Tick only requests to bring in that are still open."
    )


class WarehousesDiffer(Refusal):
    """One delivery goes to one door."""

    code = "warehouses_differ"
    message = gettext_lazy("The chosen requests go to different warehouses. Make one cargo bundle for each.")


class NotConfirmed(Refusal):
    """Goods travel only after the warehouse said yes (A135)."""

    code = "bundle_not_confirmed"
    message = gettext_lazy("%(code)s is %(status)s. Send the goods only when the warehouse has confirmed it.")


class BundleUnderWay(Refusal):
    """The goods travel, have come, or the bundle is over."""

    code = "bundle_under_way"
    message = gettext_lazy("%(code)s is %(status)s, so this cannot be changed any more. Ask the warehouse about it.")


@dataclass(frozen=True, slots=True)
class Announcement:
    """How the delivery comes: the day in the warehouse's calendar, the boxes, and what was ordered beside counting."""

    estimated_on: date
    cartons: int | None = None
    remark: str = ""
    is_express: bool = False
    wants_quality_check: bool = False
    wants_sku_labels: bool = False
    is_freight_collect: bool = False
    source_key: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """The send form (A130)."""

    carrier_name: str
    tracking_number: str
    cartons: int
    estimated_on: date


@transaction.atomic
def create_bundle(
    *, seller_id: int, request_codes: Sequence[str], plan: Announcement, actor: Actor, at: datetime
) -> CargoBundle:
    """
    Put open requests to bring in together to one delivery and set its fee aside.

    Where the warehouse's rules allow it and approval is not needed, it is confirmed at once (L15).
    A program's call that came before gives the bundle it made then.

    :raises NothingChosen: :raises NotFound: :raises NotToBundle: :raises WarehousesDiffer: :raises DayOutOfRange:
    :raises CartonsOutOfRange: :raises BundleTooLarge: :raises FreightCollectNotTaken: the warehouse's rules
    :raises WalletTooLow: the fee is not covered; nothing was made :raises ServiceStopped: :raises CentreNotAppliedFor:
    """
    seller = Seller.objects.lock().get(pk=seller_id)
    same = CargoBundle.objects.filter(seller_id=seller_id, source_key=plan.source_key).exclude(source_key="")
    if (before := same.first()) is not None:
        return before  # type: ignore[no-any-return]
    check_service(seller_id)
    requests = _requests(seller_id, request_codes)
    warehouse = requests[0].warehouse

    check_centre(seller_id=seller_id, warehouse=warehouse)
    _check_plan(plan, warehouse, at)
    limits, delivery = queries.limits_of(warehouse.pk), _delivery(requests, plan)
    judging.refuse(rules.judge_delivery(limits, delivery), warehouse)

    bundle, quote = _made(seller, warehouse, delivery, plan, at)
    BundleLine.objects.bulk_create(
        [BundleLine(seller_id=seller_id, bundle=bundle, sku_id=sku, told=told) for sku, told in delivery.told.items()]
    )
    _put_into(bundle, requests)
    fees.reserve_fees(bundle=bundle, quote=quote, actor=actor, at=at)
    told: list[events.Event] = [_requested(bundle, delivery)]
    if rules.is_confirmed_at_once(limits, delivery):
        told.append(confirm(bundle, at))

    events.record_all(told, actor=actor, at=at)
    return bundle


def _requests(seller_id: int, codes: Sequence[str]) -> list[InboundRequest]:
    rows = InboundRequest.objects.filter(seller_id=seller_id, code__in=codes).lock()
    requests = list(rows.select_related("sku", "warehouse"))
    if not codes:
        raise NothingChosen()
    if missing := sorted(set(codes) - {request.code for request in requests}):
        raise NotFound(kind=gettext_lazy("request"), code=missing[0][:20])
    for request in requests:
        if request.status != InboundRequest.Status.REQUESTED or request.kind != InboundRequest.Kind.IN:
            raise NotToBundle(code=request.code, status=request.get_status_display())
    if len({request.warehouse_id for request in requests}) > 1:
        raise WarehousesDiffer()
    return requests


def _check_plan(plan: Announcement, warehouse: Warehouse, at: datetime) -> None:
    check_day(plan.estimated_on, warehouse, at)
    if plan.cartons is not None:
        check_cartons(plan.cartons)
    if plan.remark:
        texts.plain(plan.remark, most=300)


def _delivery(requests: Sequence[InboundRequest], plan: Announcement) -> Delivery:
    told: dict[int, int] = {}
    for request in requests:
        told[request.sku_id] = told.get(request.sku_id, 0) + request.quantity
    skus = {request.sku for request in requests}
    sizes = tuple(Size(sku.length_mm, sku.width_mm, sku.height_mm, sku.weight_g) for sku in skus)
    return Delivery(told=told, sizes=sizes, is_freight_collect=plan.is_freight_collect)


def _made(
    seller: Seller, warehouse: Warehouse, delivery: Delivery, plan: Announcement, at: datetime
) -> tuple[CargoBundle, Quote]:
    number = next_ids("inbound_cargobundle_id_seq", 1)[0]
    code = code_for("CB", number)
    quote = quote_of(seller, warehouse, _asked(delivery.pieces, plan), at, code)
    bundle = CargoBundle.objects.create(
        pk=number,
        seller_id=seller.pk,
        code=code,
        warehouse=warehouse,
        estimated_on=plan.estimated_on,
        cartons_told=plan.cartons,
        remark=plan.remark.strip(),
        is_express=plan.is_express,
        wants_quality_check=plan.wants_quality_check,
        wants_sku_labels=plan.wants_sku_labels,
        is_freight_collect=plan.is_freight_collect,
        source_key=plan.source_key,
        estimate_minor=quote.total_minor,
        currency=quote.currency,
        created_at=at,
    )
    return bundle, quote


def _asked(pieces: int, plan: Announcement) -> Asked:
    """The delivery as its fee depends on it."""
    return Asked(pieces, plan.cartons or 1, plan.wants_quality_check, plan.wants_sku_labels, plan.is_express)


def _put_into(bundle: CargoBundle, requests: Sequence[InboundRequest]) -> None:
    for request in requests:
        request.move_to(InboundRequest.Status.BUNDLED)
        request.bundle = bundle
    InboundRequest.objects.bulk_update(requests, ["status", "bundle"])


def _requested(bundle: CargoBundle, delivery: Delivery) -> BundleRequested:
    return BundleRequested(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        bundle_id=bundle.pk,
        warehouse_id=bundle.warehouse_id,
        pieces=delivery.pieces,
        fee_minor=bundle.estimate_minor,
        currency=bundle.currency,
    )


@transaction.atomic
def send_bundle(*, bundle_code: str, sending: Sending, actor: Actor, at: datetime) -> CargoBundle:
    """
    The goods are on their way; while they are, the same form mends carrier, number, boxes and day (A130, A131).

    :raises NotFound: :raises NotConfirmed: :raises DayOutOfRange: :raises CartonsOutOfRange:
    :raises SlotMissing: :raises CartonsNotListed: what the warehouse's rules want first
    """
    bundle = locked_bundle(bundle_code, actor)
    if bundle.status not in {Status.CONFIRMED, Status.SHIPPED}:
        raise NotConfirmed(code=bundle.code, status=bundle.get_status_display())
    is_new = bundle.status == Status.CONFIRMED
    if is_new or sending.estimated_on != bundle.estimated_on:
        check_day(sending.estimated_on, bundle.warehouse, at)
    check_cartons(sending.cartons)
    carrier = texts.plain(sending.carrier_name, most=60, may_have_lines=False)
    number = texts.plain(sending.tracking_number, most=60, may_have_lines=False) if sending.tracking_number else ""
    if is_new:
        delivery = queries.delivery_of(bundle)
        steps = rules.missing_steps(queries.limits_of(bundle.warehouse_id), delivery)
        judging.refuse_missing(bundle.code, delivery.pieces, steps)
        bundle.move_to(Status.SHIPPED)
        bundle.shipped_at = at

    bundle.carrier_name, bundle.tracking_number = carrier, number
    bundle.cartons_told, bundle.estimated_on = sending.cartons, sending.estimated_on
    bundle.save()

    kind = BundleSent if is_new else SendingChanged
    sent = kind(
        seller_id=bundle.seller_id,
        subject=bundle.code,
        bundle_id=bundle.pk,
        carrier=carrier,
        tracking_number=number,
    )
    events.record(sent, actor=actor, at=at)
    return bundle


@transaction.atomic
def note_bundle(*, bundle_code: str, remark: str, estimated_on: date, actor: Actor, at: datetime) -> CargoBundle:
    """
    Change the remark, and the day it is due, while the goods have not come.

    :raises NotFound: :raises BundleUnderWay: :raises DayOutOfRange:
    """
    bundle = locked_bundle(bundle_code, actor)
    if bundle.status not in BEFORE_SENDING | {Status.SHIPPED}:
        raise BundleUnderWay(code=bundle.code, status=bundle.get_status_display())
    if estimated_on != bundle.estimated_on:
        check_day(estimated_on, bundle.warehouse, at)
    bundle.remark = texts.plain(remark, most=300) if remark.strip() else ""

    bundle.estimated_on = estimated_on
    bundle.save(update_fields=["remark", "estimated_on"])

    events.record(BundleNoted(seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk), actor=actor, at=at)
    return bundle


@transaction.atomic
def delete_bundle(*, bundle_code: str, actor: Actor, at: datetime) -> CargoBundle:
    """
    Give the delivery up before it was sent: its requests are open again, its fee and its time at the dock free.

    :raises NotFound: :raises BundleUnderWay: the goods travel already
    """
    bundle = locked_bundle(bundle_code, actor)
    if bundle.status not in BEFORE_SENDING:
        raise BundleUnderWay(code=bundle.code, status=bundle.get_status_display())

    let_go(bundle, Status.DELETED, at)
    fees.void_fees(bundle=bundle, actor=actor, at=at)

    deleted = BundleDeleted(seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk)
    events.record(deleted, actor=actor, at=at)
    return bundle
