"""Who pays and how much, how amounts are split, what a late order is worth."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.claims.rules import (
    CreditTerms,
    Liability,
    Liable,
    Place,
    came_back_damaged,
    credit,
    due_on,
    liability,
    split,
)

OPERATOR, CARRIER, NOBODY = Liable.OPERATOR, Liable.CARRIER, Liable.NOBODY


@pytest.mark.seed("A067", "A187")
@pytest.mark.parametrize(
    ("place", "value", "cap", "expected"),
    [
        # A067: in the house after inspection it is the operator's, whole; before inspection it is not
        (Place.IN_THE_HOUSE, 480_000, None, Liability(OPERATOR, 480_000)),
        (Place.BEFORE_INSPECTION, 5_000, None, Liability(NOBODY, 0)),
        # A187: Nekopos up to 3,000 yen, Sagawa up to 300,000 per parcel, nothing beyond the range
        (Place.IN_DELIVERY, 2_999, 3_000, Liability(CARRIER, 2_999)),
        (Place.IN_DELIVERY, 3_001, 3_000, Liability(CARRIER, 3_000)),
        (Place.IN_DELIVERY, 300_000, 300_000, Liability(CARRIER, 300_000)),
        (Place.IN_DELIVERY, 900_000, 300_000, Liability(CARRIER, 300_000)),
        (Place.IN_DELIVERY, 5_000, 0, Liability(NOBODY, 0)),
        (Place.IN_DELIVERY, 5_000, None, Liability(NOBODY, 0)),
    ],
)
def test_who_pays_and_at_most_how_much(place: Place, value: int, cap: int | None, expected: Liability) -> None:
    assert liability(place, value, cap) == expected
    assert liability(place, value, cap, is_force_majeure=True) == Liability(NOBODY, 0)


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_parts_add_up_to_the_amount_and_none_is_more_than_its_line(amount: int, values: list[int]) -> None:
    parts = split(amount, values)
    assert sum(parts) == amount
    assert len(parts) == len(values)
    if amount <= sum(values):
        assert all(0 <= part <= value for part, value in zip(parts, values, strict=True))


def test_an_amount_is_split_by_value_and_the_rest_goes_to_the_largest_remainder() -> None:
    assert split(3_000, [2_000, 4_000]) == [1_000, 2_000]
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(0, [5, 5]) == [0, 0]


@pytest.mark.seed("L47")
@pytest.mark.parametrize(
    ("terms", "fees", "credited", "expected"),
    [
        (CreditTerms(100), 385, 0, 100),
        (CreditTerms(percent=50), 385, 0, 193),  # 192.5 is rounded half up
        (CreditTerms(100, 10), 385, 0, 139),
        (CreditTerms(100, 0, 250), 0, 200, 50),
        (CreditTerms(100, 0, 250), 0, 250, 0),
        (CreditTerms(100, 0, 250), 0, 900, 0),
        (CreditTerms(), 385, 0, 0),
    ],
)
def test_a_late_order_is_worth_what_the_contract_says(
    terms: CreditTerms, fees: int, credited: int, expected: int
) -> None:
    assert credit(terms, fees, credited) == expected


def test_a_deadline_counts_whole_days_and_a_parcel_nobody_took_is_not_damaged() -> None:
    assert due_on(date(2026, 11, 21), 14) == date(2026, 12, 5)
    assert came_back_damaged(["picked_up", "moving", "returning", "returned"])
    assert not came_back_damaged(["moving", "attempted", "kept", "returned"])
