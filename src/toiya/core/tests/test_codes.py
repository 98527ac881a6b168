"""Codes: no two rows share one, and no single slip of a finger makes another valid one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.core.codes import ALPHABET, check_character, code_for, folded, is_code, item_code, scatter, sku_code

BASE = len(ALPHABET)
NUMBERS = st.integers(min_value=0, max_value=BASE**7)
PREFIXES = st.sampled_from(["ORD", "PCL", "CB", "SLR", "WAV"])
BODIES = st.text(ALPHABET, min_size=6, max_size=8)


def number_of(prefix: str, code: str) -> int:
    """The way back from a code to its row."""
    body = code.split("-")[1]
    scattered = sum(ALPHABET.index(letter) * BASE**place for place, letter in enumerate(body))
    factor, offset, room = scatter(prefix, len(body))
    return (scattered - offset) * pow(factor, -1, room) % room


@given(PREFIXES, NUMBERS)
def test_every_code_leads_back_to_its_number_so_no_two_numbers_share_one(prefix: str, number: int) -> None:
    code = code_for(prefix, number)
    assert number_of(prefix, code) == number
    assert is_code(prefix, code)


def test_the_first_ten_thousand_codes_differ_and_neighbours_do_not_look_alike() -> None:
    made = [code_for("ORD", number) for number in range(10_000)]
    assert len(set(made)) == 10_000
    for one, next_one in pairwise(made):
        same = sum(a == b for a, b in zip(one[4:10], next_one[4:10], strict=True))
        assert same <= 3, (one, next_one)


def test_a_code_grows_when_six_letters_are_used_up() -> None:
    assert len(code_for("ORD", BASE**6 - 1)) == len("ORD-......-.")
    assert len(code_for("ORD", BASE**6)) == len("ORD-........-.")


def test_kinds_differ_in_their_letters_too() -> None:
    assert code_for("ORD", 1)[3:] != code_for("PCL", 1)[3:]


@given(PREFIXES, NUMBERS, st.data())
def test_every_single_wrong_letter_is_found(prefix: str, number: int, data: st.DataObject) -> None:
    code = code_for(prefix, number)
    places = [place for place in range(len(prefix) + 1, len(code)) if code[place] != "-"]
    place = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != code[place]]))
    assert not is_code(prefix, code[:place] + wrong + code[place + 1 :])


@given(BODIES)
def test_every_swap_of_neighbours_is_found_the_check_character_included(body: str) -> None:
    whole = body + check_character(body)
    for place in range(len(whole) - 1):
        if whole[place] == whole[place + 1]:
            continue
        swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
        assert not is_code("ORD", f"ORD-{swapped[:-1]}-{swapped[-1]}")


@pytest.mark.parametrize("look_alike", "01ILO")
def test_letters_that_look_alike_are_not_used(look_alike: str) -> None:
    assert look_alike not in ALPHABET


@pytest.mark.parametrize(
    "text", ["", "ORD", "ORD-", "ORD--", "ORD-7K2M4Q", "ORD-7K2M4Q-99", "ORD-7K2M4O-9", "PCL-7K2M4Q-9"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    assert not is_code("ORD", text)


def test_small_letters_and_full_width_ones_are_folded_before_comparing() -> None:
    code = code_for("ORD", 1)
    assert folded(f"  {code.lower()} ") == code
    assert folded("ＯＲＤ－７Ｋ２Ｍ") == "ORD-7K2M"


@pytest.mark.seed("A082")
def test_item_codes_have_twelve_digits_from_300000000001_on() -> None:
    assert [item_code(number) for number in (1, 2, 12_345)] == ["300000000001", "300000000002", "300000012345"]


@pytest.mark.seed("A083")
def test_a_sku_code_is_its_item_a_dash_and_five_digits() -> None:
    assert sku_code(item_code(7), 3) == "300000000007-00003"


def test_the_scatter_can_be_undone_for_every_width_in_use() -> None:
    for width in range(6, 10):
        factor, _, room = scatter("ORD", width)
        assert factor * pow(factor, -1, room) % room == 1
