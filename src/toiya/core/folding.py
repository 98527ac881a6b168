"""Text as it is searched: half-width, small letters, one kind of kana, without accents that some keyboards lack."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_HIRAGANA_OF = {letter: letter - 0x60 for letter in range(0x30A1, 0x30F7)}
_DROPPED = str.maketrans("", "", "\x00\u200b\u200c\u200d\ufeff")


def folded_for_search(text: str) -> str:
    """Two spellings that a person takes for the same word become one: ＡＢＣ and abc, ﾄｰﾄ and トート and とーと."""
    one_width = unicodedata.normalize("NFKC", text.translate(_DROPPED)).casefold()
    plain = "".join(letter for letter in unicodedata.normalize("NFD", one_width) if not _is_accent(letter))
    return " ".join(unicodedata.normalize("NFC", plain).translate(_HIRAGANA_OF).split())


def folded_together(texts: Iterable[str]) -> str:
    """Several texts as one to be searched; a word never runs over from one into the next."""
    return "\n".join(dict.fromkeys(folded for text in texts if (folded := folded_for_search(text))))


def _is_accent(letter: str) -> bool:
    """Marks over Latin letters only: those of kana and Hangul tell words apart."""
    return "\u0300" <= letter <= "\u036f"
