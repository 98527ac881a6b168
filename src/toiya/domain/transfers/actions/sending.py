"""The floor of the first warehouse: from which bin, so many pieces taken, and off they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import BinElsewhere
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.actions.spots import check_usable
from toiya.domain.stock.models import BinStock
from toiya.domain.transfers import rules
from toiya.domain.transfers.actions.asking import check_pieces, free_promised, locked_transfer
from toiya.domain.transfers.events import TransferCollected, TransferSent
from toiya.domain.transfers.models import Transfer, TransferLot, TransferScan
from toiya.domain.transfers.rules import Lying
from toiya.domain.warehouses.models import Bin

Status = Transfer.Status
Step = TransferScan.Step
Kept = Mapping[tuple[int, str], int]  # pieces of a bin and lot that other work counts on


class NotCollected(Refusal):
    """The transfer is not at the stage where pieces are taken from bins."""

    code = "not_collected"
    message = gettext_lazy("%(code)s is not being collected: %(status)s. Choose another one of the list.")


class NoBinScanned(Refusal):
    """Nobody scanned the bin."""

    code = "no_bin_scanned"
    message = gettext_lazy("The bin of %(code)s is not scanned yet. Scan the bin, then the pieces.")


class NotInThatBin(Refusal):
    """The bin holds fewer free pieces than are taken."""

    code = "not_in_that_bin"
    message = gettext_lazy("Bin %(bin)s has not %(wanted)s free pieces of %(sku)s. Take fewer, or scan another bin.")


class NothingCollected(Refusal):
    """Nothing would leave."""

    code = "nothing_collected"
    message = gettext_lazy("No piece of %(code)s is collected yet. Collect some, or ask the office to cancel it.")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """So many pieces, by one scan."""

    quantity: int
    scan_id: str


@transaction.atomic
def choose_source(*, code: str, place: Bin, actor: Actor, at: datetime) -> Transfer:
    """The bin that pieces are taken from; chosen again, the newest holds. :raises NotFound: :raises NotCollected:
    :raises BinElsewhere: :raises BinSetAside: :raises BinOfOrders: :raises NotInThatBin:"""
    transfer = locked_transfer(code, actor)

    _check_under_way(transfer)
    check_place(place, transfer.from_warehouse_id)
    if not BinStock.objects.filter(seller_id=transfer.seller_id, sku=transfer.sku, bin=place, quantity__gt=0).exists():
        raise NotInThatBin(bin=place.code, wanted=1, sku=transfer.sku.code)

    if transfer.status == Status.ACCEPTED:
        transfer.move_to(Status.COLLECTING)
    transfer.from_bin = place
    transfer.save(update_fields=["status", "from_bin"])
    return transfer


@transaction.atomic
def collect_pieces(*, code: str, confirmed: Confirmed, kept: Kept, actor: Actor, at: datetime) -> Transfer:
    """
    So many pieces leave the chosen bin, what expires first first: from now on they are on the way.

    :raises NotFound: :raises NotCollected: :raises NoBinScanned: :raises TransferPiecesOff: more than are left
    :raises NotInThatBin:
    """
    transfer = locked_transfer(code, actor)
    sql.lock_balances(transfer.seller_id, [transfer.from_warehouse_id], [transfer.sku_id])
    if TransferScan.objects.filter(scan_id=confirmed.scan_id).exists():
        return transfer

    _check_under_way(transfer)
    place = transfer.from_bin
    if place is None:
        raise NoBinScanned(code=transfer.code)
    check_place(place, transfer.from_warehouse_id)
    check_pieces(confirmed.quantity, transfer.left)
    posts = _leaving(transfer, place, confirmed.quantity, kept)

    ledger.transfer_out(Book(transfer.seller_id, transfer.from_warehouse_id, actor.name, at), posts)
    _note_lots(transfer, posts)
    transfer.picked += confirmed.quantity
    transfer.save(update_fields=["picked"])
    note_scan(transfer, Step.COLLECTED, confirmed, actor=actor, at=at)

    collected = TransferCollected(
        seller_id=transfer.seller_id,
        subject=transfer.sku.code,
        transfer=transfer.code,
        from_bin=place.code,
        quantity=confirmed.quantity,
    )
    events.record(collected, actor=actor, at=at)
    return transfer


@transaction.atomic
def send_transfer(*, code: str, actor: Actor, at: datetime) -> Transfer:
    """
    What is collected leaves for the other warehouse; the rest is free again. Sent already, it stays so.

    :raises NotFound: :raises NotCollected: :raises NothingCollected:
    """
    transfer = locked_transfer(code, actor)
    if transfer.sent_at is not None:
        return transfer

    _check_under_way(transfer)
    if not transfer.picked:
        raise NothingCollected(code=transfer.code)

    free_promised(transfer, actor, at)
    transfer.move_to(Status.ON_THE_WAY)
    transfer.sent_at, transfer.from_bin = at, None
    transfer.save(update_fields=["status", "sent_at", "from_bin"])

    sent = TransferSent(
        seller_id=transfer.seller_id,
        subject=transfer.sku.code,
        transfer=transfer.code,
        warehouse_id=transfer.to_warehouse_id,
        quantity=transfer.picked,
        missing=transfer.left,
    )
    events.record(sent, actor=actor, at=at)
    return transfer


def check_place(place: Bin, warehouse_id: int) -> None:
    """A step. :raises BinElsewhere: :raises BinSetAside: :raises BinOfOrders:"""
    if place.warehouse_id != warehouse_id:
        raise BinElsewhere(bin=place.code)
    check_usable(place)


def note_scan(transfer: Transfer, step: Step, confirmed: Confirmed, *, actor: Actor, at: datetime) -> None:
    """A step of a higher action: this scan was taken."""
    TransferScan.objects.create(
        seller_id=transfer.seller_id,
        transfer=transfer,
        step=step,
        quantity=confirmed.quantity,
        scan_id=confirmed.scan_id,
        at=at,
        actor=actor.name,
    )


def _check_under_way(transfer: Transfer) -> None:
    if transfer.status not in (Status.ACCEPTED, Status.COLLECTING):
        raise NotCollected(code=transfer.code, status=transfer.get_status_display())


def _leaving(transfer: Transfer, place: Bin, wanted: int, kept: Kept) -> list[Post]:
    rows = BinStock.objects.filter(seller_id=transfer.seller_id, sku=transfer.sku, bin=place, quantity__gt=0)
    last_days: dict[str, date | None] = {}
    lots = []
    for row in rows.order_by(F("expires_on").asc(nulls_last=True), "lot"):
        lots.append(Lying(row.lot, row.quantity, kept.get((place.pk, row.lot), 0)))
        last_days[row.lot] = row.expires_on
    found = rules.taken(wanted, lots)
    if found is None:
        raise NotInThatBin(bin=place.code, wanted=wanted, sku=transfer.sku.code)
    return [
        Post(transfer.sku_id, pieces, transfer.code, from_bin_id=place.pk, lot=lot, expires_on=last_days[lot])
        for lot, pieces in found
    ]


def _note_lots(transfer: Transfer, posts: Sequence[Post]) -> None:
    """Bins may say different last days of one lot: the earliest travels with it."""
    for post in posts:
        row, _is_new = TransferLot.objects.get_or_create(
            seller_id=transfer.seller_id, transfer=transfer, lot=post.lot, defaults={"expires_on": post.expires_on}
        )
        row.picked += post.quantity
        if post.expires_on is not None:
            row.expires_on = min(post.expires_on, row.expires_on or post.expires_on)
        row.save(update_fields=["picked", "expires_on"])
