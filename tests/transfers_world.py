"""Transfers of the test world."""

from __future__ import annotations

from itertools import count

from tests.centres_world import applied
from tests.world import NOON, WORLD
from toiya.core.actor import Actor
from toiya.domain.catalog.models import Sku
from toiya.domain.outbound.actions.on_the_road import collect_pieces
from toiya.domain.transfers.actions.arriving import choose_target, close_transfer, put_away_pieces
from toiya.domain.transfers.actions.asking import Wish, accept_transfer, ask_transfer
from toiya.domain.transfers.actions.sending import Confirmed, choose_source, send_transfer
from toiya.domain.transfers.models import Transfer
from toiya.domain.warehouses.models import Warehouse

_scans = count(1)


def asked(sku: Sku, source: Warehouse, target: Warehouse, quantity: int, *, actor: Actor = WORLD) -> Transfer:
    """Asked for by the office, unless told otherwise."""
    if actor.seller_id is not None:
        applied(sku.seller, target)
    wish = Wish(sku.code, source.code, target.code, quantity)
    return ask_transfer(wish=wish, actor=actor, at=NOON)


def collected(transfer: Transfer, quantity: int, *, bin_code: str = "A01-01-1", scan_id: str = "") -> Transfer:
    """So many pieces taken from a bin."""
    if transfer.status == Transfer.Status.REQUESTED:
        accept_transfer(code=transfer.code, actor=WORLD, at=NOON)
    place = transfer.from_warehouse.bins.get(code=bin_code)
    choose_source(code=transfer.code, place=place, actor=WORLD, at=NOON)
    return collect_pieces(code=transfer.code, confirmed=confirmed(quantity, scan_id), actor=WORLD, at=NOON)


def on_the_way(transfer: Transfer, quantity: int) -> Transfer:
    """So many pieces collected, and gone."""
    collected(transfer, quantity)
    return send_transfer(code=transfer.code, actor=WORLD, at=NOON)


def put_away(transfer: Transfer, quantity: int, *, bin_code: str = "A01-02-1", scan_id: str = "") -> Transfer:
    """So many pieces of the first lot that is not all there yet, into a bin of the other warehouse."""
    place = transfer.to_warehouse.bins.get(code=bin_code)
    choose_target(code=transfer.code, place=place, actor=WORLD, at=NOON)
    lot = next((row for row in transfer.lots.order_by("pk") if row.left), None) or transfer.lots.order_by("pk")[0]
    return put_away_pieces(
        code=transfer.code, lot_id=lot.pk, confirmed=confirmed(quantity, scan_id), actor=WORLD, at=NOON
    )


def arrived(transfer: Transfer) -> Transfer:
    """Nothing more comes."""
    return close_transfer(code=transfer.code, actor=WORLD, at=NOON)


def confirmed(quantity: int, scan_id: str = "") -> Confirmed:
    """One confirmation with an id of its own."""
    return Confirmed(quantity, scan_id or f"carry-{next(_scans):08d}")
