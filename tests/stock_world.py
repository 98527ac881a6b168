"""Goods on the shelf: set aside, counted, looked back at."""

from __future__ import annotations

from itertools import count

from tests.world import NOON, WORLD
from toiya.core.actor import Actor, ActorKind
from toiya.domain.catalog.models import Sku
from toiya.domain.outbound.actions.on_the_shelf import count_pieces
from toiya.domain.stock.actions.counting import Sheet, ask_counts, newest_movement
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.actions.setting_aside import set_aside
from toiya.domain.stock.actions.spots import Spot
from toiya.domain.stock.models import CountTask
from toiya.domain.stock.rules import Outcome
from toiya.domain.warehouses.models import Bin, Warehouse

_scans = count(1)


def spot_of(sku: Sku, warehouse: Warehouse, code: str = "A01-01-1", lot: str = "") -> Spot:
    """Where a SKU lies."""
    return Spot(sku, warehouse.bins.get(code=code), lot)


def put_aside(spot: Spot, quantity: int, reason: str = "damaged", note: str = "wet corner") -> Spot:
    """Pieces in the damaged goods, and where they lie now."""
    code = set_aside(spot=spot, kind=Bin.Kind.DAMAGED, quantity=quantity, why=Why(reason, note), actor=WORLD, at=NOON)
    return Spot(spot.sku, Bin.objects.get(warehouse_id=spot.place.warehouse_id, code=code), spot.lot)


def somebody(number: int = 1) -> Actor:
    """A person of the floor."""
    return Actor(kind=ActorKind.PERSON, id=f"9{number}", name=f"Counter {number}")


def to_count(spot: Spot, cause: str = "asked") -> CountTask:
    """A count that was asked for."""
    return ask_counts(spots=[spot], cause=cause, actor=WORLD, at=NOON)[0]


def counted(task: CountTask, pieces: int, person: int = 1, scan_id: str = "") -> Outcome:
    """That person counted so many, beginning now."""
    sheet = Sheet(pieces, newest_movement(task.sku_id), scan_id or f"scan-{next(_scans):08d}")
    return count_pieces(task_code=task.code, sheet=sheet, actor=somebody(person), at=NOON)
