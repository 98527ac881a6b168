"""Plain text: trimmed, limited, without what nobody sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.core.errors import Refusal
from toiya.core.texts import NothingWritten, TextTooLong, UnseenCharacters, plain


def test_a_text_is_trimmed_and_its_lines_end_alike() -> None:
    assert plain("  one\r\ntwo\rthree\n ", most=50) == "one\ntwo\nthree"


def test_tags_are_text_like_any_other() -> None:
    assert plain("<script>alert(1)</script>", most=50) == "<script>alert(1)</script>"


@pytest.mark.parametrize("text", ["", "   ", "\r\n\t"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(NothingWritten):
        plain(text, most=50)


def test_the_limit_counts_what_is_kept() -> None:
    assert plain(" 12345 ", most=5) == "12345"
    with pytest.raises(TextTooLong) as refused:
        plain("123456", most=5)
    assert refused.value.details == {"length": 6, "most": 5}


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800"])
def test_characters_nobody_sees_are_refused(character: str) -> None:
    with pytest.raises(UnseenCharacters):
        plain(f"a{character}b", most=50)


def test_a_line_break_is_refused_where_one_line_is_meant() -> None:
    with pytest.raises(UnseenCharacters):
        plain("a\nb", most=50, may_have_lines=False)


@given(st.text(max_size=80))
def test_what_was_kept_is_kept_again(text: str) -> None:
    try:
        kept = plain(text, most=60)
    except Refusal:
        return
    assert plain(kept, most=60) == kept
