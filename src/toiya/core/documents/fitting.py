"""Making a text fit its box: smaller first, then over several lines, never cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from toiya.core.documents.fonts import width

LEADING = 1.18
_STEP = 0.5
# Marks that Japanese typesetting keeps with the character before them (JIS X 4051).
_NOT_AT_THE_START = frozenset("、。，．,.）)」』】〉》〕・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〃゛゜！？!?")
_KEPT_TOGETHER = frozenset("-‐‑−－/.:")


class TextDoesNotFit(Exception):
    """A text has no room in its box even at the smallest size allowed; `rest` is what is left over."""

    def __init__(self, text: str, rest: str) -> None:
        super().__init__(f"{text!r} does not fit: {rest!r} is left over")
        self.text = text
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines to be set at `size` points."""

    lines: tuple[str, ...]
    size: float


@dataclass(frozen=True, slots=True)
class Room:
    """The room for a text in points, and the sizes allowed."""

    width: float
    height: float
    largest: float
    smallest: float


def fit(text: str, room: Room) -> Fitted:
    """The largest setting of the text that fits. :raises TextDoesNotFit: not even the smallest does"""
    size = room.largest
    while True:
        lines_allowed = max(1, int((room.height + size * (LEADING - 1)) / (size * LEADING)))
        lines = list(_broken(text, room.width, size))
        if len(lines) <= lines_allowed and size <= room.height:
            return Fitted(tuple(lines), size)
        if size <= room.smallest:
            raise TextDoesNotFit(text, _behind(text, lines[:lines_allowed]))
        size = max(room.smallest, size - _STEP)


def _behind(text: str, lines: list[str]) -> str:
    """What of the text comes behind these lines; all of it when even the height is too small."""
    end = 0
    for line in lines:
        end = text.index(line, end) + len(line)
    return text[end:].lstrip() or text


def _broken(text: str, limit: float, size: float) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, limit, size):
        if line and width(line + piece.rstrip(), size) > limit:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield line.rstrip()


def _pieces(text: str, limit: float, size: float) -> Iterator[str]:
    """What may not be broken: numbers, Latin and katakana words, a character with the marks behind it."""
    piece = ""
    for kind, group in groupby(text, _run):
        run = "".join(group)
        units = [run] if kind and width(run, size) <= limit else list(run)
        for unit in units:
            if piece and (unit[0] not in _NOT_AT_THE_START or width(piece + unit, size) > limit):
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
    return "katakana" if "ァ" <= character <= "ー" else ""
