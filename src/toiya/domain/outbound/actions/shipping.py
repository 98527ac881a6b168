"""Parcels leave on the truck: stock settled, fees taken, for a set of one seller's parcels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import Event, EventSet
from toiya.domain.orders.models import Order
from toiya.domain.outbound.charging import cover_inserts
from toiya.domain.outbound.events import OrderShipped, ParcelShipped
from toiya.domain.outbound.models import Parcel, Scan
from toiya.domain.outbound.sql import shipping as sql
from toiya.domain.outbound.sql.shipping import LockedParcel, Piece
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger as stock
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.wallet.actions import ledger as wallet
from toiya.domain.wallet.sql import Purse


class ParcelNotReady(Refusal):
    """A parcel without its label does not go on the truck."""

    code = "parcel_not_ready"
    message = gettext_lazy("%(parcel)s is not ready: %(status)s. Bring it to the packing station.")


class NotHandedIn(Refusal):
    """A seller's parcel goes on the truck only after it was scanned in."""

    code = "not_handed_in"
    message = gettext_lazy("%(parcel)s was not handed in yet. Scan it at the job Hand-in first, then load it.")


class UnknownParcel(Refusal):
    """What was scanned is on no parcel of this warehouse."""

    code = "unknown_parcel"
    message = gettext_lazy("%(scan)s is no parcel of this warehouse. Scan the barcode of its label.")


class OrderHeld(Refusal):
    """The order must wait; its parcel stays."""

    code = "order_held"
    message = gettext_lazy("%(parcel)s must wait: its order %(order)s is on hold (%(hold)s). Put it aside.")


class PapersNotPrinted(Refusal):
    """A parcel abroad has no invoice and no customs declaration."""

    code = "papers_not_printed"
    message = gettext_lazy(
        "%(parcel)s goes abroad and has no papers for customs. Print them at the packing station, then load it."
    )


class OnManifest(Refusal):
    """The parcel leaves with its manifest, all together."""

    code = "on_manifest"
    message = gettext_lazy("%(parcel)s is on manifest %(manifest)s. Hand the manifest over, or take the parcel off it.")


@dataclass(frozen=True, slots=True)
class Shipped:
    """Which parcels left now, and which had left before."""

    parcels: tuple[str, ...]
    already: tuple[str, ...]


@transaction.atomic
def ship_parcels(*, seller_id: int, parcel_codes: Sequence[str], actor: Actor, at: datetime) -> Shipped:
    """
    Hand parcels of one seller to the carrier: promised stock leaves the building, the fees set aside are taken.

    Parcels that left already are left alone, so the same hand-over twice is one. All or none of the rest.

    :raises NotFound: one of the codes is no parcel of this seller
    :raises ParcelNotReady: one has no label yet
    :raises NotHandedIn: a seller's parcel was not scanned in yet
    :raises OrderHeld: one of the orders is on hold
    :raises PapersNotPrinted: one goes abroad, and nobody printed what customs want
    :raises ReservationEnded: a fee is no longer set aside
    """
    locked = sql.lock_parcels(seller_id, parcel_codes)
    going = [parcel for parcel in locked if parcel.status != Parcel.Status.SHIPPED]
    pieces = sql.contents([parcel.parcel_id for parcel in going])
    warehouses = sorted({parcel.warehouse_id for parcel in going})
    stock_sql.lock_balances(seller_id, warehouses, sorted({piece.sku_id for piece in pieces}))

    _check(locked, going, parcel_codes)

    for warehouse in warehouses:
        here = {parcel.parcel_id: parcel.code for parcel in going if parcel.warehouse_id == warehouse}
        stock.ship(Book(seller_id, warehouse, actor.name, at), _posts(here, pieces))
    for currency in sorted({parcel.currency for parcel in going if parcel.currency}):
        sources = [parcel.code for parcel in going if parcel.currency == currency]
        purse = Purse(seller_id, currency, actor.name, at)
        if wallet.capture(purse, sources):
            cover_inserts(purse, sources)
    last, others = _last_boxes(going)
    if going:
        sql.mark_shipped(seller_id, going, [parcel.order_id for parcel in last], at)

    # In code order: entries that lie side by side in the events' index cost half.
    told = [_shipped(OrderShipped, seller_id, sorted(last, key=attrgetter("order_code")))]
    if others:
        told.insert(0, _shipped(ParcelShipped, seller_id, others))
    events.record_sets(told, actor=actor, at=at)
    done = {parcel.code for parcel in going}
    return Shipped(tuple(sorted(done)), tuple(parcel.code for parcel in locked if parcel.code not in done))


def _check(locked: Sequence[LockedParcel], going: Sequence[LockedParcel], codes: Sequence[str]) -> None:
    unknown = set(codes) - {parcel.code for parcel in locked}
    if unknown:
        raise NotFound(kind="parcel", code=", ".join(sorted(unknown)))
    for parcel in going:
        if parcel.status == Parcel.Status.AWAITED:
            raise NotHandedIn(parcel=parcel.code)
        if parcel.status != Parcel.Status.LABELLED or not parcel.tracking_number or not _is_paid(parcel):
            raise ParcelNotReady(parcel=parcel.code, status=Parcel.Status(parcel.status).label)
    for parcel in going:
        if parcel.hold:
            raise OrderHeld(parcel=parcel.code, order=parcel.order_code, hold=parcel.hold)
        if parcel.lacks_papers:
            raise PapersNotPrinted(parcel=parcel.code)


def _is_paid(parcel: LockedParcel) -> bool:
    """Whether its fee is set aside, or there is none."""
    return bool(parcel.currency) or parcel.is_free


def _last_boxes(going: Sequence[LockedParcel]) -> tuple[Sequence[LockedParcel], Sequence[LockedParcel]]:
    """One parcel for each order that has left wholly with these, and the rest: other boxes, or orders still packed."""
    if all(not parcel.siblings and parcel.order_status != Order.Status.PACKING for parcel in going):
        return going, []
    leaving = {parcel.parcel_id for parcel in going}
    last: dict[int, LockedParcel] = {}
    for parcel in going:
        if parcel.order_status != Order.Status.PACKING and leaving.issuperset(parcel.siblings):
            last[parcel.order_id] = parcel
    kept = {parcel.parcel_id for parcel in last.values()}
    return list(last.values()), [parcel for parcel in going if parcel.parcel_id not in kept]


def _posts(parcels: dict[int, str], pieces: Sequence[Piece]) -> list[Post]:
    return [
        Post(sku, quantity, parcels[parcel], bin_id, None, lot)
        for parcel, sku, bin_id, lot, quantity in pieces
        if parcel in parcels
    ]


def _shipped(kind: type[Event], seller_id: int, parcels: Sequence[LockedParcel]) -> EventSet:
    fields = {
        "parcel": [parcel.code for parcel in parcels],
        "carrier": [parcel.carrier or "" for parcel in parcels],
        "tracking_number": [parcel.tracking_number or "" for parcel in parcels],
    }
    return EventSet(kind, seller_id, [parcel.order_code for parcel in parcels], fields)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A parcel that was scanned onto the truck; `was_before` when it had been loaded by an earlier scan."""

    parcel: str
    tracking_number: str
    carrier: str
    was_before: bool


@transaction.atomic
def load_parcel(*, warehouse_id: int, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> Loaded:
    """
    Scan one parcel of this warehouse onto the truck, by its code or its tracking number. The same
    `scan_id` twice is one scan.

    :raises UnknownParcel: no parcel here bears what was scanned
    :raises OnManifest: it goes when its manifest is handed over
    :raises ParcelNotReady: :raises NotHandedIn: :raises OrderHeld: :raises PapersNotPrinted: :raises ReservationEnded:
    """
    text = folded(scan)
    numbers = [text, text.replace("-", ""), text.strip("AD")]  # codabar scanners may send its start and stop letters
    found = (
        Parcel.objects.filter(Q(code=text) | Q(label__tracking_number__in=numbers), warehouse_id=warehouse_id)
        .values_list(
            "code",
            "seller_id",
            "label__tracking_number",
            "label__carrier",
            "status",
            "on_manifest__manifest__code",
        )
        .first()
    )
    if found is None:
        raise UnknownParcel(scan=scan)
    code, seller_id, number, carrier, status, manifest = found
    if manifest and status != Parcel.Status.SHIPPED:
        raise OnManifest(parcel=code, manifest=manifest)

    shipped = ship_parcels(seller_id=seller_id, parcel_codes=[code], actor=actor, at=at)
    is_repeat = bool(scan_id) and not Scan.objects.get_or_create(scan_id=scan_id, defaults={"at": at})[1]
    return Loaded(code, number or "", carrier or "", bool(shipped.already) and not is_repeat)
