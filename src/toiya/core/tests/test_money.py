"""Money: whole minor units, one currency, rounded in one place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.core.errors import Refusal
from toiya.core.money import Money, minor_digits

AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)


@given(AMOUNTS, AMOUNTS)
def test_adding_and_taking_away_are_exact(one: int, other: int) -> None:
    assert Money(one, "JPY") + Money(other, "JPY") == Money(one + other, "JPY")
    assert Money(one, "JPY") - Money(other, "JPY") == Money(one, "JPY") + -Money(other, "JPY")


def test_two_currencies_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="JPY and USD do not add up"):
        Money(1, "JPY") + Money(1, "USD")
    with pytest.raises(ValueError, match="USD and JPY do not add up"):
        Money(1, "USD") - Money(1, "JPY")


def test_the_same_number_in_another_currency_is_another_amount() -> None:
    assert Money(1, "JPY") != Money(1, "USD")


def test_as_text_an_amount_is_what_people_read() -> None:
    assert str(Money(9_950, "USD")) == "USD\N{NO-BREAK SPACE}99.50"
    assert str(Money(-1_234_567, "JPY")) == "\N{MINUS SIGN}JPY\N{NO-BREAK SPACE}1,234,567"
    assert Money(-5, "USD").plain == "-USD 0.05"


def test_a_refusal_tells_people_the_amount_and_programs_its_minor_units_and_currency() -> None:
    class TooDear(Refusal):
        message = "%(sku)s costs %(price)s."

    refusal = TooDear(sku="MUG", price=Money(9_950, "USD"))
    assert str(refusal) == "MUG costs USD\N{NO-BREAK SPACE}99.50."
    assert refusal.facts == {"sku": "MUG", "price": 9_950, "currency": "USD"}


@pytest.mark.parametrize(("currency", "digits"), [("JPY", 0), ("KRW", 0), ("USD", 2), ("SGD", 2)])
def test_yen_and_won_have_no_decimals_the_others_two(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("major", "currency", "minor"),
    [
        ("385", "JPY", 385),
        ("385.5", "JPY", 386),
        ("385.49", "JPY", 385),
        ("-385.5", "JPY", -386),
        ("12.345", "USD", 1235),
        ("12.344", "USD", 1234),
        ("0.1", "USD", 10),
    ],
)
def test_rounding_is_half_up_to_the_minor_unit(major: str, currency: str, minor: int) -> None:
    assert Money.rounded(Decimal(major), currency) == Money(minor, currency)


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4))
def test_rounding_moves_an_amount_by_at_most_half_a_minor_unit(major: Decimal) -> None:
    assert abs(Decimal(Money.rounded(major, "USD").minor) / 100 - major) <= Decimal("0.005")
