"""The lot of the pieces at a stop, confirmed by scanning where the SKU is kept by lot (L50)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound
from toiya.domain.inbound.receiving_rules import read_label
from toiya.domain.outbound.actions.picking import BinFirst, Effect, Step, WrongLot, check_picker, step_of
from toiya.domain.outbound.models import PickTask
from toiya.domain.outbound.sql import picking as sql


@transaction.atomic
def confirm_lot(*, task_id: int, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> Step:
    """
    The picker has the lot in hand: its number alone, or in a GS1 code. Scanning it twice is harmless.

    :raises NotFound: :raises WalkTaken: :raises BinFirst: :raises WrongLot:
    """
    stop = sql.lock_bin_stop(task_id, scan_id=scan_id)

    if stop is None:
        raise NotFound(kind=gettext_lazy("pick"), code=str(task_id))
    check_picker(stop, actor)
    if stop.is_repeat or stop.status != PickTask.Status.OPEN or not stop.asks_lot:
        return step_of(stop.pick_list_id, Effect.REPEATED if stop.is_repeat else Effect.OUTDATED)
    if not stop.is_bin_confirmed:
        raise BinFirst(expected=stop.bin_code)
    read = read_label(scan)
    lot = read.lot if read.is_gs1 else scan
    if folded(lot) != folded(stop.lot):
        raise WrongLot(scan=lot or "–", expected=stop.lot)

    sql.confirm_lot(stop, scan_id, at)
    return step_of(stop.pick_list_id)
