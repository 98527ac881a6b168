"""A warehouse is opened with its bins and the usual cut-offs; its calendar is read back from there."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from tests.world import NOON, a_warehouse
from toiya.domain.warehouses.models import Bin, ClosedDay
from toiya.domain.warehouses.queries import calendar_of, next_cut_off, staging_bin

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A055", "A170")
def test_a_new_warehouse_has_the_usual_cut_offs() -> None:
    calendar = calendar_of(a_warehouse())
    assert (calendar.zone.key, calendar.cut_offs) == ("Asia/Tokyo", {"qoo10": time(16, 0), "": time(13, 0)})


def test_closed_days_and_own_times_count() -> None:
    warehouse = a_warehouse()
    assert next_cut_off(warehouse, "qoo10", NOON).isoformat() == "2026-11-20T07:00:00+00:00"
    ClosedDay.objects.create(warehouse=warehouse, day=date(2026, 11, 20), name="Stock-taking")
    warehouse.cut_offs.filter(channel="qoo10").update(local_time=time(15, 0))
    assert next_cut_off(warehouse, "qoo10", NOON).isoformat() == "2026-11-21T06:00:00+00:00"


def test_packed_parcels_have_their_place() -> None:
    warehouse = a_warehouse()
    a_warehouse("KWG", "Kawaguchi")
    place = staging_bin(warehouse.pk)
    assert (place.code, place.kind, place.warehouse_id) == ("OUT-1", "staging", warehouse.pk)


def test_a_bin_is_printed_once_per_warehouse() -> None:
    warehouse = a_warehouse()
    with pytest.raises(IntegrityError, match="one_bin_per_code"), transaction.atomic():
        Bin.objects.create(warehouse=warehouse, code="A01-01-1")
    Bin.objects.create(warehouse=a_warehouse("KWG", "Kawaguchi"), code="B01-01-1")
