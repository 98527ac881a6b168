"""What follows from counts, by example."""

from __future__ import annotations

import pytest

from toiya.domain.stock.rules import Limits, Outcome, judge_counts

LIMITS = Limits(recount_pieces=3, recount_minor=None, lead_pieces=10)


@pytest.mark.parametrize(
    ("differences", "outcome"),
    [
        ([0], Outcome.AGREES),
        ([2], Outcome.ADJUST),
        ([-2], Outcome.ADJUST),
        ([3], Outcome.RECOUNT),
        ([-12], Outcome.RECOUNT),
        ([-3, -3], Outcome.ADJUST),
        ([-3, -2], Outcome.ASK_LEAD),
        ([-3, 0], Outcome.AGREES),
        ([-10, -10], Outcome.ASK_LEAD),
        ([9, 9], Outcome.ADJUST),
    ],
)
def test_the_outcome_of_counts(differences: list[int], outcome: Outcome) -> None:
    assert judge_counts(differences, LIMITS) is outcome


def test_dear_goods_are_counted_again_from_the_first_piece() -> None:
    dear = Limits(recount_pieces=100, recount_minor=10_000)
    assert judge_counts([-1], dear, price_minor=12_000) is Outcome.RECOUNT
    assert judge_counts([-1], dear, price_minor=9_999) is Outcome.ADJUST
