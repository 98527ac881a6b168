"""References, names as banks write them, and whose a deposit is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.wallet.transfer_rules import (
    Awaited,
    Match,
    folded_name,
    is_reference,
    match,
    reference_for,
    references_in,
)
from toiya.domain.wallet.zengin_rules import BankLine, NotZengin, day_of

DAY = date(2026, 11, 26)
ONE, TWO = reference_for(1), reference_for(2)


def line(name: str, amount: int = 20_000, message: str = "", *, is_reversal: bool = False) -> BankLine:
    return BankLine("0005-001-1234567", DAY, amount, name, message, is_reversal=is_reversal)


@given(st.integers(1, 9_999_999), st.integers(1, 9_999_999))
def test_references_are_eight_digits_and_each_ones_own(one: int, other: int) -> None:
    assert is_reference(reference_for(one))
    assert (reference_for(one) == reference_for(other)) == (one == other)


@given(st.integers(1, 9_999_999), st.integers(0, 7), st.integers(1, 9))
def test_a_digit_typed_wrong_is_no_reference(number: int, place: int, shift: int) -> None:
    right = reference_for(number)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not is_reference(wrong)


def test_a_reference_is_found_wherever_it_was_typed() -> None:
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in ONE)
    assert references_in(f"{ONE} ｶ)ﾊﾅﾀﾊﾞ") == references_in(f"ハナタバ{full_width}") == [ONE]
    assert references_in(f"9{ONE} 12345678901") == []


@pytest.mark.parametrize(
    "typed",
    [
        "カ）ハナタバ",
        "ｶ)ﾊﾅﾀﾊﾞ",
        "ハナタバ（カ",
        "株式会社はなたば"[4:],
        "ﾊﾅﾀﾊﾞ(ｶ)",
        "ハナタバ　カブシキガイシャ",
        "12345678ハナタバ",
    ],
)
def test_a_name_is_the_same_however_it_is_written(typed: str) -> None:
    assert folded_name(typed) == "ハナタバ"


def test_names_of_other_lands_are_kept_without_their_forms_of_firms() -> None:
    assert folded_name("주식회사 꽃다발") == folded_name("(주)꽃다발") == "꽃다발"
    assert folded_name("上海花束有限公司") == "上海花束"
    assert folded_name("㈱ハナタバ") == "ハナタバ"


def test_small_letters_and_marks_do_not_part_names() -> None:
    assert folded_name("ショップ・キョウト") == folded_name("ｼﾖﾂﾌﾟ ｷﾖｳﾄ") == "シヨツプキヨウト"


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (line(f"{ONE} ﾀﾞﾚｶ"), Match(ONE, 100, "reference")),
        (line("ﾀﾞﾚｶ", 19_000, ONE), Match(ONE, 95, "reference")),
        (line("ｶ)ﾊﾅﾀﾊﾞ"), Match(ONE, 90, "name")),
        (line("ｶ)ﾊﾅﾀﾊﾞ", 19_000), Match(ONE, 50, "name")),
        (line("ﾊﾅﾀﾊﾞｼﾖｳｶｲ"), Match(ONE, 70, "name")),
        (line("ﾀﾞﾚｶ"), None),
        (line(f"{ONE} ﾊﾅﾀﾊﾞ", is_reversal=True), None),
    ],
)
def test_whose_a_deposit_is_and_how_sure_that_is(told: BankLine, wanted: Match | None) -> None:
    assert match(told, [Awaited(ONE, 20_000, "カ）ハナタバ"), Awaited(TWO, 500, "カエデ")]) == wanted


def test_a_deposit_that_fits_two_alike_is_nobodys() -> None:
    same = [Awaited(ONE, 20_000, "カ）ハナタバ"), Awaited(TWO, 20_000, "ハナタバ")]
    assert match(line("ｶ)ﾊﾅﾀﾊﾞ"), same) is None
    assert match(line(f"{TWO} ｶ)ﾊﾅﾀﾊﾞ"), same) == Match(TWO, 100, "reference")


@pytest.mark.parametrize(("told", "day"), [("081126", DAY), ("261126", DAY), ("080401", date(2026, 4, 1))])
def test_days_are_read_in_the_emperors_or_the_western_year(told: str, day: date) -> None:
    assert day_of(told, DAY) == day


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(NotZengin, match="day"):
        day_of("081340", DAY)
