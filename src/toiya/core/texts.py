"""What people write to people: plain text, with an end, and without characters nobody sees."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal

# Orders to turn the direction of what follows: a text could show itself as something else.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINES = frozenset("\n\t")


class NothingWritten(Refusal):
    """The text is empty."""

    code = "nothing_written"
    message = gettext_lazy("There is no text yet. Write at least one word.")


class TextTooLong(Refusal):
    """The text is longer than what is kept."""

    code = "text_too_long"
    message = gettext_lazy("The text has %(length)s characters, at most %(most)s fit. Shorten it.")


class UnseenCharacters(Refusal):
    """Control characters, or orders to turn the direction of writing."""

    code = "unseen_characters"
    message = gettext_lazy("The text holds a character that cannot be shown (%(character)s). Type that place again.")


def plain(text: str, *, most: int, may_have_lines: bool = True) -> str:
    """
    The text as it is kept: trimmed, line ends of one kind. It is text and nothing else; pages escape it.

    :raises NothingWritten: nothing but spaces
    :raises TextTooLong: more than `most` characters
    :raises UnseenCharacters: a control character, or one that turns the direction of writing
    """
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    allowed = _LINES if may_have_lines else frozenset()
    if not kept:
        raise NothingWritten()
    if len(kept) > most:
        raise TextTooLong(length=len(kept), most=most)
    for letter in kept:
        if letter not in allowed and (unicodedata.category(letter) in {"Cc", "Cs"} or letter in _TURNS):
            raise UnseenCharacters(character=f"U+{ord(letter):04X}")
    return kept
