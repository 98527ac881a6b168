"""Every status of every kind of row is reached along the arrows, and every arrow leads between statuses there are."""

from __future__ import annotations

import pytest
from django.apps import apps

from toiya.core.states import WithStates

KINDS = sorted((model for model in apps.get_models() if issubclass(model, WithStates)), key=lambda kind: kind.__name__)


def test_there_are_rows_with_statuses() -> None:
    assert {"Order", "Parcel", "PickList", "PickTask"} <= {kind.__name__ for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind._meta.label)
def test_every_status_is_reached_from_the_first_one(kind: type[WithStates]) -> None:
    field = kind._meta.get_field("status")
    statuses = {value for value, _ in field.choices}
    assert set(kind.ARROWS) == statuses, "each status says where it leads, if only nowhere"
    reached, new = {field.default}, {field.default}
    while new:
        new = {after for status in new for after in kind.ARROWS[status]} - reached
        reached |= new
    assert reached == statuses
    assert all(status not in after for status, after in kind.ARROWS.items()), "standing still is no step"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind._meta.label)
def test_the_column_is_long_enough_for_every_status(kind: type[WithStates]) -> None:
    field = kind._meta.get_field("status")
    assert all(len(value) <= field.max_length for value, _ in field.choices)
