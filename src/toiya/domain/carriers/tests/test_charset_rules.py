"""Which characters and lengths a carrier's file carries, and what becomes of the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.carriers.charset_rules import TooLong, Unprintable, too_long, unprintable, width, written
from toiya.domain.carriers.port import Party


@pytest.mark.parametrize(
    ("text", "carried", "changes"),
    [
        ("髙橋 﨑子㈱①～", "髙橋 﨑子㈱①～", []),
        ("𠮷野", "吉野", [("𠮷", "吉")]),
        ("김영희", "김영희", [("김", ""), ("영", ""), ("희", "")]),
        ("花😀", "花😀", [("😀", "")]),
        ("Łódź", "Lodz", [("Ł", "L"), ("ó", "o"), ("ź", "z")]),
        ("か\u3099", "が", []),
        ("葛\U000e0100城", "葛城", []),
        ("1〜2−3", "1～2－3", []),
        ("ソ—ニー™", "ソ―ニーTM", [("—", "―"), ("™", "TM")]),
        ("一\n二", "一 二", []),
    ],
)
def test_what_a_file_carries(text: str, carried: str, changes: list[tuple[str, str]]) -> None:
    found, told = written(text)
    assert found == carried
    assert [(change.character, change.proposal) for change in told] == changes


def test_each_field_names_its_characters_before_anything_is_promised() -> None:
    party = Party("김 𠮷", "150-0001", "東京都渋谷区é", "", "")
    assert unprintable(party, "yamato") == (
        Unprintable("name", "김", ""),
        Unprintable("name", "𠮷", "吉"),
        Unprintable("first_line", "é", "e"),
    )
    assert unprintable(party, "test_carrier") == ()


def test_each_field_has_the_room_of_its_carrier() -> None:
    party = Party("あ" * 17, "", "い" * 33, "う" * 17, "090-1234-5678-9")
    assert too_long(party, "yamato") == (
        TooLong("name", 32, "あ"),
        TooLong("first_line", 64, "い"),
        TooLong("second_line", 32, "う"),
    )
    assert too_long(party, "sagawa") == (TooLong("phone", 14, "9"), TooLong("first_line", 96, "うう"))
    assert too_long(party, "test_carrier") == ()
    assert (width("ｱｲ1"), width("アイ１"), width("😀")) == (3, 6, 2)


@given(st.text(max_size=30))
def test_nothing_is_ever_written_as_a_question_mark_that_was_none(text: str) -> None:
    carried, told = written(text)
    left = {change.character for change in told if not change.proposal}
    clean = "".join(mark for mark in carried if mark not in left)
    assert clean.encode("cp932").decode("cp932") == clean
    assert clean.count("?") <= text.count("?")
