"""Collecting pieces for another warehouse while pickers walk: none that an open pick counts on goes away under it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from toiya.core.actor import Actor
from toiya.domain.outbound.models import PickTask
from toiya.domain.stock import sql
from toiya.domain.transfers.actions import sending
from toiya.domain.transfers.actions.asking import locked_transfer
from toiya.domain.transfers.actions.sending import Confirmed
from toiya.domain.transfers.models import Transfer


@transaction.atomic
def collect_pieces(*, code: str, confirmed: Confirmed, actor: Actor, at: datetime) -> Transfer:
    """Take pieces from the chosen bin. :raises Refusal: those of `sending.collect_pieces`"""
    transfer = locked_transfer(code, actor)
    sql.lock_balances(transfer.seller_id, [transfer.from_warehouse_id], [transfer.sku_id])
    kept = kept_by_picks(transfer.seller_id, transfer.sku_id)
    return sending.collect_pieces(code=code, confirmed=confirmed, kept=kept, actor=actor, at=at)


def kept_by_picks(seller_id: int, sku_id: int) -> dict[tuple[int, str], int]:
    """What open picks want of a SKU, by bin and lot; with the balance locked, no new pick comes."""
    wanted = PickTask.objects.filter(seller_id=seller_id, sku_id=sku_id, status=PickTask.Status.OPEN)
    sums = wanted.values_list("bin_id", "lot").annotate(sum=Sum(F("quantity") - F("picked"))).order_by()
    return {(bin_id, lot): pieces for bin_id, lot, pieces in sums}
