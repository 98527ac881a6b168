"""Background doors of the floor: labels wanted and answered, held parcels freed by a top-up, parcels on their way."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef
from procrastinate.contrib.django import app

from toiya.core import clock, jobs
from toiya.core.actor import system_actor
from toiya.core.errors import Refusal
from toiya.domain.allocation.jobs import allocate_waiting
from toiya.domain.carriers.actions.journeys import suspect_loss
from toiya.domain.carriers.models import Contract, Label
from toiya.domain.orders.actions.abroad import HOLD as ABROAD_HOLD
from toiya.domain.orders.models import Hold, OpenOrder
from toiya.domain.outbound.actions.following import follow_parcel
from toiya.domain.outbound.actions.forgetting import forget_buyer
from toiya.domain.outbound.actions.labelling import CARRIER_HOLD, WALLET_HOLD, finish_label, want_parcel_label
from toiya.domain.outbound.actions.leaving import judge_abroad
from toiya.domain.outbound.actions.promises import move_missed
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.actions.splitting import send_what_is_there
from toiya.domain.outbound.delivery_wishes import WISH_HOLD
from toiya.domain.outbound.forgetting import to_forget
from toiya.domain.outbound.journeys import delivered_labels, unseen_labels
from toiya.domain.outbound.models import ManifestParcel, Parcel
from toiya.domain.outbound.promises import missed_orders
from toiya.domain.outbound.togethers import splitting_sellers, waiting_to_be_split
from toiya.domain.warehouses.models import Warehouse

ACTOR = system_actor("labelling")
FOLLOWER = system_actor("carriers")
TRUCK = system_actor("truck")
CLOCK = system_actor("clock")
_MOST_AT_ONCE = 500
CUSTOMS = system_actor("customs")
PRIVACY = system_actor("privacy")
MOST_FORGOTTEN = 20_000  # in one night
SPLITTER = system_actor("splitting")


@app.task(name="outbound.want_label", queue="carriers")
def want_label(parcel_id: int) -> None:
    """Set the fee aside and ask for the label of a sealed parcel."""
    want_parcel_label(parcel_id=parcel_id, actor=ACTOR, at=clock.now())


@app.task(name="outbound.finish_label", queue="carriers")
def finish(label_id: int) -> None:
    """Take the carrier's answer."""
    finish_label(label_id=label_id, actor=ACTOR, at=clock.now())


@app.task(name="outbound.retry_wallet_holds", queue="carriers")
def retry_wallet_holds(seller_id: int) -> None:
    """After a top-up: ask once more for the labels that waited for money, oldest first."""
    held = Parcel.objects.filter(
        seller_id=seller_id,
        status=Parcel.Status.SEALED,
        order_id__in=OpenOrder.objects.filter(seller_id=seller_id).values("order_id"),
        order__holds__code=WALLET_HOLD,
        order__holds__lifted_at=None,
    )
    for parcel_id in held.order_by("pk").values_list("pk", flat=True):
        want_parcel_label(parcel_id=parcel_id, actor=ACTOR, at=clock.now())


@app.task(name="outbound.follow_label", queue="carriers")
def follow_label(label_id: int) -> None:
    """A label's parcel is with its receiver."""
    for parcel_id in Parcel.objects.filter(label_id=label_id).values_list("pk", flat=True):
        follow_parcel(parcel_id=parcel_id, actor=FOLLOWER, at=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="outbound.watch_journeys", queue="carriers")
def watch_journeys(timestamp: int) -> None:
    """Wake what was delivered before it left by our book, and say which parcels may be lost."""
    at = clock.now()
    for label_id in delivered_labels():
        jobs.wake("outbound.follow_label", "label_id", label_id)
    for contract in Contract.objects.filter(lost_after_days__gt=0).order_by("pk"):
        for label_id in unseen_labels(contract, at):
            suspect_loss(label_id=label_id, days=contract.lost_after_days, actor=FOLLOWER, at=at)


@app.task(name="outbound.ship_manifest", queue="carriers")
def ship_manifest(manifest_id: int) -> None:
    """The truck has left: each seller's parcels on the manifest ship, in a transaction of their own."""
    waiting = ManifestParcel.objects.filter(manifest_id=manifest_id, parcel__status=Parcel.Status.LABELLED)
    by_seller: dict[int, list[str]] = {}
    for seller_id, code in waiting.order_by("parcel_id").values_list("seller_id", "parcel__code"):
        by_seller.setdefault(seller_id, []).append(code)
    refused: Refusal | None = None
    for seller_id, codes in by_seller.items():
        try:
            ship_parcels(seller_id=seller_id, parcel_codes=codes, actor=TRUCK, at=clock.now())
        except Refusal as refusal:  # the other sellers' parcels have left all the same
            refused = refusal
    if refused is not None:
        raise refused


@app.periodic(cron="2-59/5 * * * *")
@app.task(name="outbound.move_missed", queue="allocation")
def move_missed_promises(timestamp: int) -> None:
    """Every order that did not leave on its day: the next truck, and the one cause; each seller by itself."""
    at = clock.now()
    house = Warehouse.objects.order_by("pk").first()
    if house is None:
        return
    zone = ZoneInfo(house.time_zone)
    by_seller: dict[int, list[int]] = {}
    for seller_id, order_id in missed_orders(datetime.combine(at.astimezone(zone).date(), time(), zone)):
        by_seller.setdefault(seller_id, []).append(order_id)
    for seller_id, order_ids in by_seller.items():
        for start in range(0, len(order_ids), _MOST_AT_ONCE):
            part = order_ids[start : start + _MOST_AT_ONCE]
            move_missed(seller_id=seller_id, order_ids=part, actor=CLOCK, at=at)


@app.periodic(cron="*/2 * * * *")
@app.task(name="outbound.free_abroad", queue="carriers")
def free_abroad(timestamp: int) -> None:
    """Judge each order that is held for its country: its SKUs may be complete now, or a service goes there."""
    open_orders = OpenOrder.objects.values("order_id")
    held = Hold.objects.filter(code=ABROAD_HOLD, lifted_at=None, order_id__in=open_orders).order_by("order_id")
    for order_id in held.values_list("order_id", flat=True):
        judge_abroad(order_id=order_id, actor=CUSTOMS, at=clock.now())


@app.periodic(cron="41 3 * * *")
@app.task(name="outbound.forget_buyers", queue="carriers")
def forget_buyers(timestamp: int) -> None:
    """Forget the buyers whose time is over."""
    at, days = clock.now(), settings.BUYER_KEPT_DAYS
    for order_id in list(to_forget(at, days).values_list("pk", flat=True)[:MOST_FORGOTTEN]):
        forget_buyer(order_id=order_id, days=days, actor=PRIVACY, at=at)


@app.periodic(cron="* * * * *")
@app.task(name="outbound.sweep", queue="carriers")
def sweep(timestamp: int) -> None:
    """Wake what is due and not yet done: sealed parcels without a wish, answered labels nobody took."""
    stops = [WALLET_HOLD, CARRIER_HOLD, WISH_HOLD]
    held = Hold.objects.filter(order=OuterRef("order"), code__in=stops, lifted_at=None)
    open_orders = OpenOrder.objects.values("order_id")
    sealed = Parcel.objects.filter(~Exists(held), status=Parcel.Status.SEALED, order_id__in=open_orders).order_by("pk")
    for parcel_id in sealed.filter(label=None).values_list("pk", flat=True):
        jobs.wake("outbound.want_label", "parcel_id", parcel_id)
    answered = sealed.exclude(label=None).exclude(label__status=Label.Status.WANTED)
    for label_id in answered.values_list("label_id", flat=True):
        jobs.wake("outbound.finish_label", "label_id", label_id)


@app.task(name="outbound.send_what_is_there", queue="default")
def split_waiting(seller_id: int) -> None:
    """Divide what lacks pieces, in its turn, if the seller's rule is so; who can go whole is served before (L30)."""
    if seller_id in splitting_sellers() and waiting_to_be_split(seller_id):
        allocate_waiting(seller_id)
        for order_id in waiting_to_be_split(seller_id):
            send_what_is_there(order_id=order_id, actor=SPLITTER, at=clock.now())


@app.periodic(cron="3-59/10 * * * *")
@app.task(name="outbound.sweep_splits", queue="default")
def sweep_splits(timestamp: int) -> None:
    """Wake the sellers that send what is there. The net under the wake-ups, not the way (F01)."""
    for seller_id in splitting_sellers():
        jobs.wake("outbound.send_what_is_there", "seller_id", seller_id)
