"""Peak days, and an order that missed the day it was promised for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.world import NOON, WORLD
from toiya.domain.outbound.actions.promises import move_missed
from toiya.domain.warehouses.models import PeakDay, Warehouse

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def a_peak(warehouse: Warehouse) -> None:
    """A day on which a delay is announced."""
    PeakDay.objects.create(warehouse=warehouse, day=date(2026, 12, 10), extra_days=2, words_en="Many orders.")


def missed_its_day(side: Side) -> None:
    """An order that waits for pieces since yesterday."""
    order = side.orders["waiting"]
    moved = move_missed(seller_id=side.seller.pk, order_ids=[order.pk], actor=WORLD, at=NOON + timedelta(days=1))
    assert moved == 1
    order.refresh_from_db()
