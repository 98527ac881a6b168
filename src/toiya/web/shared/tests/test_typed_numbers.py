"""Numbers and amounts are read as people of four languages type them; nonsense is refused with what, where and how."""

from __future__ import annotations

import pytest

from toiya.web.shared.amounts import NotAnAmount, money_typed, typed_minor
from toiya.web.shared.whole_numbers import NotAWholeNumber, WholeField, number_typed, signed_number, whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *(("80", 80), (" 80 ", 80), ("８０", 80), ("1,200", 1200), ("１，２００", 1200), ("1 234 567", 1234567)),
        *(("", None), ("-1", None), ("1.5", None), ("1,5", None), ("12,00", None), ("8e1", None), ("八", None)),
        ("1234567890", None),
    ],
)
def test_a_whole_number_is_read_in_any_width_and_nothing_else_is(typed: str, number: int | None) -> None:
    assert whole_number(typed) == number


def test_a_sign_is_read_where_one_may_stand() -> None:
    assert [signed_number(typed) for typed in ("+3", "-1,200", "－３", "\N{MINUS SIGN}4", "--5", "")] == [
        *(3, -1200, -3, -4, None, None)
    ]
    assert WholeField(min_value=-5).clean("１,200") == 1200


def test_a_field_with_nonsense_is_refused_by_its_name_with_an_example() -> None:
    assert number_typed("", "Pieces", nothing=0) == 0
    with pytest.raises(NotAWholeNumber) as refused:
        number_typed("ten", "Pieces")
    assert str(refused.value) == "Pieces: “ten” is not a whole number. Enter digits, such as 80."


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        *(("1,200", "JPY", 1200), ("￥１，２００", "JPY", 1200), ("1200円", "JPY", 1200), ("jpy 1,200", "JPY", 1200)),
        *(("12.50", "USD", 1250), ("$12.5", "USD", 1250), ("₩5,000", "KRW", 5000), ("S$3", "SGD", 300)),
        *(("12.50", "JPY", None), ("12.505", "USD", None), ("1,5", "USD", None), ("€12", "USD", None)),
        *(("", "JPY", 0), ("-5", "JPY", None), ("¥¥5", "JPY", None), ("1e5", "JPY", None)),
    ],
)
def test_an_amount_is_read_with_the_mark_of_its_currency_and_no_other(
    typed: str, currency: str, minor: int | None
) -> None:
    assert typed_minor(typed, currency) == minor


def test_no_amount_is_refused_by_the_fields_name_with_an_example_of_the_currency() -> None:
    with pytest.raises(NotAnAmount) as refused:
        money_typed("much", "USD", "Amount")
    assert str(refused.value) == ("Amount: “much” is not an amount. Enter one such as USD\N{NO-BREAK SPACE}1,200.50.")
    assert money_typed("", "USD", "Amount", nothing=0).minor == 0
