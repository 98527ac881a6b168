"""Two spellings a person takes for one word are one word to the search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.core.folding import folded_for_search, folded_together


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ＡＢＣ－１", "abc-1"),
        ("ﾄｰﾄﾊﾞｯｸﾞ", "とーとばっぐ"),
        ("トートバッグ", "とーとばっぐ"),
        ("Café  crème", "cafe creme"),
        ("亚麻 手提袋", "亚麻 手提袋"),
        ("린넨 토트백", "린넨 토트백"),
        ("\u200bSTRASSE Straße", "strasse strasse"),
    ],
)
def test_widths_cases_kana_and_accents_fold(typed: str, kept: str) -> None:
    assert folded_for_search(typed) == kept


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded_for_search(text)
    assert folded_for_search(once) == once


def test_words_never_run_over_into_the_next_text() -> None:
    assert folded_together(["AB", "", "cd", "ab"]) == "ab\ncd"
