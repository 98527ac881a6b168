"""The floor of the other warehouse: into which bin, so many pieces put away, and what is missing or too many."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.transfers.actions.asking import check_pieces, locked_transfer
from toiya.domain.transfers.actions.sending import Confirmed, NoBinScanned, check_place, note_scan
from toiya.domain.transfers.events import TransferArrived, TransferPutAway
from toiya.domain.transfers.models import Transfer, TransferLot, TransferScan
from toiya.domain.warehouses.models import Bin

Status = Transfer.Status
Step = TransferScan.Step


class NotUnderWay(Refusal):
    """The transfer is not at the stage where pieces are put away."""

    code = "not_under_way"
    message = gettext_lazy("%(code)s is not on its way: %(status)s. Choose another one of the list.")


class MoreThanSent(Refusal):
    """More pieces came than left the other warehouse."""

    code = "more_than_sent"
    message = gettext_lazy(
        "%(left)s pieces of %(code)s are still on the way, not %(quantity)s. Put those away first; then note each "
        "piece that is too many."
    )


@transaction.atomic
def choose_target(*, code: str, place: Bin, actor: Actor, at: datetime) -> Transfer:
    """The bin that pieces go into; chosen again, the newest holds. :raises NotFound: :raises NotUnderWay:
    :raises BinElsewhere: :raises BinSetAside: :raises BinOfOrders:"""
    transfer = locked_transfer(code, actor)

    _check_coming(transfer)
    check_place(place, transfer.to_warehouse_id)

    if transfer.status == Status.ON_THE_WAY:
        transfer.move_to(Status.ARRIVING)
    transfer.to_bin = place
    transfer.save(update_fields=["status", "to_bin"])
    return transfer


@transaction.atomic
def put_away_pieces(*, code: str, lot_id: int, confirmed: Confirmed, actor: Actor, at: datetime) -> Transfer:
    """
    So many pieces of one lot of the transfer are in the chosen bin, and may be sold.

    :raises NotFound: :raises NotUnderWay: :raises NoBinScanned: :raises MoreThanSent: :raises TransferPiecesOff:
    """
    transfer, place = _lock(code, actor)
    lot = TransferLot.objects.filter(transfer=transfer, pk=lot_id).first()
    if TransferScan.objects.filter(scan_id=confirmed.scan_id).exists():
        return transfer

    _check_coming(transfer)
    if place is None:
        raise NoBinScanned(code=transfer.code)
    check_place(place, transfer.to_warehouse_id)
    left = lot.left if lot else 0
    if lot is None or confirmed.quantity > left:
        raise MoreThanSent(left=left, code=transfer.code, quantity=confirmed.quantity)
    check_pieces(confirmed.quantity, left)

    post = Post(
        transfer.sku_id,
        confirmed.quantity,
        transfer.code,
        to_bin_id=place.pk,
        lot=lot.lot,
        expires_on=lot.expires_on,
    )
    ledger.transfer_in(Book(transfer.seller_id, transfer.to_warehouse_id, actor.name, at), [post])
    lot.received += confirmed.quantity
    lot.save(update_fields=["received"])
    transfer.received += confirmed.quantity
    transfer.save(update_fields=["received"])
    note_scan(transfer, Step.PUT_AWAY, confirmed, actor=actor, at=at)

    events.record(_put_away(transfer, place, confirmed), actor=actor, at=at)
    return transfer


@transaction.atomic
def put_extra_away(*, code: str, confirmed: Confirmed, actor: Actor, at: datetime) -> Transfer:
    """
    Pieces that nobody had sent are in the chosen bin too, of the newest lot: counted as found.

    :raises NotFound: :raises NotUnderWay: :raises NoBinScanned: :raises MoreThanSent: some that were sent are missing
    :raises TransferPiecesOff:
    """
    transfer, place = _lock(code, actor)
    lot = transfer.lots.order_by("-pk").first()
    if TransferScan.objects.filter(scan_id=confirmed.scan_id).exists():
        return transfer

    _check_coming(transfer)
    if place is None or lot is None:
        raise NoBinScanned(code=transfer.code)
    check_place(place, transfer.to_warehouse_id)
    if transfer.under_way:
        raise MoreThanSent(left=transfer.under_way, code=transfer.code, quantity=confirmed.quantity)
    check_pieces(confirmed.quantity, 1000)

    post = Post(
        transfer.sku_id,
        confirmed.quantity,
        transfer.code,
        to_bin_id=place.pk,
        lot=lot.lot,
        expires_on=lot.expires_on,
    )
    ledger.found(Book(transfer.seller_id, transfer.to_warehouse_id, actor.name, at), [post])
    transfer.extra += confirmed.quantity
    transfer.save(update_fields=["extra"])
    note_scan(transfer, Step.EXTRA, confirmed, actor=actor, at=at)

    events.record(_put_away(transfer, place, confirmed), actor=actor, at=at)
    return transfer


@transaction.atomic
def close_transfer(*, code: str, actor: Actor, at: datetime) -> Transfer:
    """
    Nothing more comes: what is missing is told to the office. Closed already, it stays so.

    :raises NotFound: :raises NotUnderWay:
    """
    transfer = locked_transfer(code, actor)
    if transfer.status == Status.ARRIVED:
        return transfer

    _check_coming(transfer)
    transfer.move_to(Status.ARRIVED)
    transfer.ended_at = at
    transfer.save(update_fields=["status", "ended_at"])

    arrived = TransferArrived(
        seller_id=transfer.seller_id,
        subject=transfer.sku.code,
        transfer=transfer.code,
        warehouse_id=transfer.to_warehouse_id,
        quantity=transfer.received + transfer.extra,
        missing=transfer.under_way,
        extra=transfer.extra,
    )
    events.record(arrived, actor=actor, at=at)
    return transfer


def _lock(code: str, actor: Actor) -> tuple[Transfer, Bin | None]:
    transfer = locked_transfer(code, actor)
    sql.ensure_balances(transfer.seller_id, transfer.to_warehouse_id, [transfer.sku_id])
    sql.lock_balances(transfer.seller_id, [transfer.to_warehouse_id], [transfer.sku_id])
    return transfer, transfer.to_bin


def _check_coming(transfer: Transfer) -> None:
    if transfer.status not in (Status.ON_THE_WAY, Status.ARRIVING):
        raise NotUnderWay(code=transfer.code, status=transfer.get_status_display())


def _put_away(transfer: Transfer, place: Bin, confirmed: Confirmed) -> TransferPutAway:
    return TransferPutAway(
        seller_id=transfer.seller_id,
        subject=transfer.sku.code,
        transfer=transfer.code,
        warehouse_id=transfer.to_warehouse_id,
        to_bin=place.code,
        quantity=confirmed.quantity,
    )
