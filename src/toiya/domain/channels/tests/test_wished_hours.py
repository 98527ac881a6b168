"""The hours a site's buyer asks for, as carriers know them."""

from __future__ import annotations

from datetime import time

import pytest

from toiya.domain.channels.port import DesiredDelivery
from toiya.domain.channels.rules import slot_of


@pytest.mark.parametrize(
    ("starts", "ends", "slot"),
    [
        (time(8), time(12), "AM"),
        (time(9), time(11, 30), "AM"),
        (time(14), time(16), "14-16"),
        (time(18), time(21), "18-21"),
        (time(14, 30), time(16), ""),
        (time(20), time(23, 59), ""),
        (None, None, ""),
    ],
)
def test_the_hours_of_a_site_are_those_of_a_carrier_or_none(starts: time | None, ends: time | None, slot: str) -> None:
    assert slot_of(DesiredDelivery(None, starts, ends)) == slot
    assert slot_of(None) == ""
