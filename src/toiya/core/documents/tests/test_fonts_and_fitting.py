"""What can be printed, and how a text is made to fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.core.documents.fitting import LEADING, Room, TextDoesNotFit, fit
from toiya.core.documents.fonts import MISSING, Replaced, printable, width


def test_japanese_names_and_circled_numbers_are_printed_as_they_are() -> None:
    assert printable("髙橋 﨑子 ①㈱ 東京都渋谷区") == ("髙橋 﨑子 ①㈱ 東京都渋谷区", ())


def test_a_character_without_a_glyph_becomes_the_geta_mark_and_is_reported() -> None:
    assert printable("김 山田😀") == (
        f"{MISSING} 山田{MISSING}",
        (Replaced("김", MISSING), Replaced("😀", MISSING)),
    )


def test_a_known_other_form_is_printed_in_its_plain_form_and_reported() -> None:
    assert printable("𠮷野家™") == ("吉野家TM", (Replaced("𠮷", "吉"), Replaced("™", "TM")))


def test_marks_without_a_form_of_their_own_are_dropped() -> None:
    assert printable("葛\U000e0100城\u200b\ufeff") == ("葛城", ())


def test_white_space_and_line_breaks_become_single_spaces() -> None:
    assert printable(" 一\r\n二　 三\t") == ("一 二 三", ())


def test_accents_given_as_two_characters_are_put_together() -> None:
    assert printable("Cafe\u0301") == ("Café", ())


def test_a_short_text_keeps_the_size_wished_for() -> None:
    assert fit("山田", Room(width=100, height=20, largest=20, smallest=6)).size == 20


def test_a_long_text_shrinks_before_it_wraps() -> None:
    fitted = fit("あ" * 10, Room(width=100, height=12, largest=12, smallest=6))
    assert (fitted.lines, fitted.size) == (("あ" * 10,), 10)


def test_a_text_wraps_where_the_box_has_room_for_two_lines() -> None:
    fitted = fit("あ" * 15, Room(width=100, height=24, largest=10, smallest=6))
    assert (fitted.lines, fitted.size) == (("あ" * 10, "あ" * 5), 10)


def test_numbers_and_katakana_words_stay_whole() -> None:
    fitted = fit("神宮前1-23-456マンション", Room(width=90, height=40, largest=10, smallest=10))
    assert fitted.lines == ("神宮前1-23-456", "マンション")


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert fit("ああああ、い", Room(width=40, height=40, largest=10, smallest=10)).lines == (
        "あああ",
        "あ、い",
    )


def test_a_text_without_room_is_refused_with_what_is_left_over() -> None:
    with pytest.raises(TextDoesNotFit) as refused:
        fit("あ" * 12 + "終わり", Room(width=72, height=6, largest=12, smallest=6))
    assert refused.value.rest == "終わり"


@given(
    st.text(alphabet="東京都港区1234-ABCマンションー、。 ", max_size=80),
    st.floats(20, 300),
    st.floats(6, 100),
)
def test_no_character_is_ever_lost_and_no_line_is_too_wide(text: str, wide: float, high: float) -> None:
    words, _ = printable(text)
    try:
        fitted = fit(words, Room(width=wide, height=high, largest=14, smallest=6))
    except TextDoesNotFit:
        return
    assert "".join(fitted.lines).replace(" ", "") == words.replace(" ", "")
    assert all(width(line, fitted.size) <= max(wide, fitted.size) + 0.001 for line in fitted.lines)
    assert fitted.size * (1 + LEADING * (len(fitted.lines) - 1)) <= high + 0.001
