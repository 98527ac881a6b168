"""Which money pays what, and how an amount is split between purses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.wallet.rules import ALLOWED, ORDER, MoneyKind, Use, plan_payment, purses_for, what_fits

AMOUNTS = st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 500))


@pytest.mark.seed("A172")
def test_money_of_top_ups_and_settlements_pays_every_fee_and_advertising_credit_no_storage() -> None:
    assert ALLOWED[MoneyKind.PREPAID] == set(Use)
    assert Use.STORAGE not in ALLOWED[MoneyKind.ADVERTISING]
    assert Use.STATEMENT not in ALLOWED[MoneyKind.ADVERTISING]
    assert set(ORDER) == set(ALLOWED) == set(MoneyKind)
    assert purses_for(Use.PROMOTION) == [MoneyKind.ADVERTISING, MoneyKind.PREPAID]
    assert purses_for(Use.STORAGE) == [MoneyKind.PREPAID]


def test_a_cause_may_be_split_between_two_purses() -> None:
    plan = plan_payment({"A": 30, "B": 40}, Use.PROMOTION, {MoneyKind.ADVERTISING: 50, MoneyKind.PREPAID: 100})
    assert plan.parts == {MoneyKind.ADVERTISING: {"A": 30, "B": 20}, MoneyKind.PREPAID: {"B": 20}}
    assert plan.missing == 0


@given(AMOUNTS, st.sampled_from(list(Use)), st.integers(-50, 800), st.integers(0, 800))
def test_no_yen_is_made_or_lost(amounts: dict[str, int], use: Use, free: int, credit: int) -> None:
    plan = plan_payment(amounts, use, {MoneyKind.PREPAID: free, MoneyKind.ADVERTISING: credit})
    paid = {kind: sum(parts.values()) for kind, parts in plan.parts.items()}
    assert sum(paid.values()) + plan.missing == sum(amounts.values())
    assert paid.get(MoneyKind.PREPAID, 0) <= max(free, 0)
    assert paid.get(MoneyKind.ADVERTISING, 0) <= (credit if use in ALLOWED[MoneyKind.ADVERTISING] else 0)
    assert all(amount > 0 for parts in plan.parts.values() for amount in parts.values())


def test_the_oldest_that_fit_are_paid() -> None:
    assert what_fits({"A": 50, "B": 60, "C": 40}, 100) == {"A": 50, "C": 40}
    assert what_fits({"A": 50}, -10) == {}
