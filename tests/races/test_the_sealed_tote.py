"""A tote is scanned while its parcel is being sealed: no second box of that order, but of the next one in a batch."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from tests.floor_world import a_coded_sku, a_person, a_service, acting_as, walked
from tests.races.together import together
from tests.waves_world import a_wave
from tests.world import NOON, a_seller, a_warehouse, money_in, stock_of
from toiya.domain.outbound.actions.packing import EmptyTote, open_tote, pack_piece, packing_of
from toiya.domain.outbound.actions.sealing import Weighing, seal_parcel
from toiya.domain.outbound.models import Parcel

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 10


@pytest.mark.parametrize("orders", [1, 4], ids=["alone", "in_a_batch"])
def test_a_tote_scanned_while_its_parcel_is_sealed_opens_no_second_one(transactional_db: None, orders: int) -> None:
    seller, house = a_seller(), a_warehouse()
    money_in(seller, 10_000)
    staff, service = a_person(house), a_service()
    stock_of(a_coded_sku(seller, "A"), house, orders)
    walked(a_wave(seller, house, *[{"A": 1}] * orders).pick_lists[0].code, staff)
    actor, began = acting_as(staff), Event()
    parcel = open_tote(warehouse_id=house.pk, scan="T-001", actor=actor, at=NOON)
    packing = packing_of(parcel_code=parcel.code, actor=actor, at=NOON)
    for line in packing.lines:
        for _ in range(line.missing):
            packing = pack_piece(parcel_code=parcel.code, scan=line.sku_code, actor=actor, at=NOON)

    def seal() -> object:
        with transaction.atomic():
            weighing = Weighing(packing.expected_g + 20, service.code)
            sealed = seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=actor, at=NOON)
            began.set()
            _until_somebody_waits()
            return sealed

    def scan() -> object:
        began.wait(PATIENCE_S)
        return open_tote(warehouse_id=house.pk, scan="T-001", actor=actor, at=NOON)

    acts: list[Callable[[], object]] = [seal, scan]
    ends = together(acts)
    assert (ends.troubles, [type(refusal) for refusal in ends.refusals]) == ([], [EmptyTote] if orders == 1 else [])
    boxes = list(Parcel.objects.order_by("pk"))
    assert [box.status for box in boxes] == ["sealed", "open"][:orders]
    assert len({box.order_id for box in boxes}) == len(boxes)


def _until_somebody_waits() -> None:
    """Until another session of this database stands at a lock."""
    end = monotonic() + PATIENCE_S
    while monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    raise AssertionError("nobody waited for the order")
