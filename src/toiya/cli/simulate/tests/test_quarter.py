"""A quarter of fees by sellers of every manner: each promise of the agreement holds."""

from __future__ import annotations

import pytest

from toiya.cli.simulate.quarter import MANNERS, play
from toiya.domain.dues.models import PaymentRequest
from toiya.domain.members.models import Standstill

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A071", "A176", "L22")
def test_a_quarter_of_sellers_who_pay_at_once_late_in_parts_by_themselves_and_never() -> None:
    quarter = play(seed=1)

    assert quarter.broken == []
    assert quarter.suspended == {"late 1", "never 1"}
    assert quarter.reinstated == {"late": 3}
    assert {request.status for request in PaymentRequest.objects.exclude(seller__name="never 1")} == {"paid"}
    assert [row.stage for row in Standstill.objects.all()] == ["service"]
    assert (quarter.steps["suspension"], quarter.steps["stop"], quarter.steps["return"]) == (6, 2, 2)
    assert set(quarter.letters) == {f"dues_{step}" for step in quarter.steps}
    assert quarter.released["never"] < quarter.released["at_once"]
    assert set(quarter.released) == set(MANNERS)
