"""Making a text fit its box: smaller first, then over several lines; cut only where a caller says so, with a mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from toiya.core.documents.fonts import width as printed_width

LEADING = 1.18
_STEP = 0.5
# Marks that Japanese typesetting keeps with the character before them (JIS X 4051).
_NOT_AT_THE_START = frozenset("、。，．,.）)」』】〉》〕・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〃゛゜！？!?")
CUT = "…"
_KEPT_TOGETHER = frozenset("-‐‑−－/.:")


class TextDoesNotFit(Exception):
    """A text has no room in its box even at the smallest size allowed; `rest` is what is left over."""

    def __init__(self, text: str, rest: str) -> None:
        super().__init__(f"{text!r} does not fit: {rest!r} is left over")
        self.text = text
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines to be set at `size` points, and the text they are of."""

    lines: tuple[str, ...]
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Room:
    """The room for a text in points, the sizes allowed, and how wide a text is in the font that sets it."""

    width: float
    height: float
    largest: float
    smallest: float
    measure: Callable[[str, float], float] = printed_width


def fit(text: str, room: Room) -> Fitted:
    """The largest setting of the text that fits. :raises TextDoesNotFit: not even the smallest does"""
    size = room.largest
    while True:
        lines_allowed = max(1, int((room.height + size * (LEADING - 1)) / (size * LEADING)))
        lines = list(_broken(text, room, size))
        if len(lines) <= lines_allowed and size <= room.height:
            return Fitted(tuple(lines), size, text)
        if size <= room.smallest:
            raise TextDoesNotFit(text, _behind(text, lines[:lines_allowed]))
        size = max(room.smallest, size - _STEP)


def fit_or_cut(text: str, room: Room) -> Fitted:
    """
    The same, and where not even the smallest size has room: its beginning in that size, ending in …

    :raises TextDoesNotFit: there is no room for a single character
    """
    try:
        return fit(text, room)
    except TextDoesNotFit as long:
        kept = text.removesuffix(long.rest).rstrip()
        while kept:
            try:
                return fit(kept + CUT, replace(room, largest=room.smallest))
            except TextDoesNotFit:
                kept = kept[:-1].rstrip()
        raise


def _behind(text: str, lines: list[str]) -> str:
    """What of the text comes behind these lines; all of it when even the height is too small."""
    end = 0
    for line in lines:
        end = text.index(line, end) + len(line)
    return text[end:].lstrip() or text


def _broken(text: str, room: Room, size: float) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, room, size):
        if line and room.measure(line + piece.rstrip(), size) > room.width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield line.rstrip()


def _pieces(text: str, room: Room, size: float) -> Iterator[str]:
    """What may not be broken: numbers, Latin, katakana and Korean words, a character with the marks behind it."""
    piece = ""
    for kind, group in groupby(text, _run):
        run = "".join(group)
        units = [run] if kind and room.measure(run, size) <= room.width else list(run)
        for unit in units:
            if piece and (unit[0] not in _NOT_AT_THE_START or room.measure(piece + unit, size) > room.width):
                yield piece
                piece = unit
            else:
                piece += unit
    if piece:
        yield piece


def _run(character: str) -> str:
    """The kind of word a character belongs to, or '' when a line may break on both sides of it."""
    if (character.isalnum() and (character.isascii() or "０" <= character <= "ｚ")) or character in _KEPT_TOGETHER:
        return "latin"
    if "가" <= character <= "힣":
        return "hangul"
    return "katakana" if "ァ" <= character <= "ー" else ""
