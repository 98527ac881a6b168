"""An address on Sagawa's three lines of 16 full-width letters, broken where a reader would break it. Pure."""

from __future__ import annotations

import re

from toiya.domain.carriers.field_rules import full_width

LINE, LINES = 16, 3
_PREFECTURE = re.compile("(?:東京都|北海道|京都府|大阪府|.{2,3}?県)")
_CITY = re.compile("[^０-９]{1,9}?[市区町村郡]")
_DIGITS = "０１２３４５６７８９－"
_BUILDING = re.compile("[\u3000]|(?<=[０-９])(?=[ァ-ヶＡ-Ｚａ-ｚ])")


def split(first_line: str, second_line: str) -> tuple[tuple[str, ...], str]:
    """The lines, full-width, and what has no room on them."""
    text = full_width(" ".join(part.strip() for part in (first_line, second_line) if part.strip()))
    breaks = _breaks(text)
    lines: list[str] = []
    start = 0
    while start < len(text) and len(lines) < LINES:
        end = _end(text, start, breaks)
        lines.append(text[start:end].strip("\u3000"))
        start = end
    return (*lines, *[""] * (LINES - len(lines))), text[start:].strip("\u3000")


def _breaks(text: str) -> set[int]:
    """Places a line had better end at: behind prefecture and city, before block number and building."""
    found: set[int] = set()
    prefecture = _PREFECTURE.match(text)
    begin = prefecture.end() if prefecture else 0
    if prefecture:
        found.add(begin)
    if city := _CITY.match(text, begin):
        found.add(city.end())
    if block := re.search("[０-９]", text):
        found.add(block.start())
        found.update(place.end() for place in _BUILDING.finditer(text, block.start()))
    return found


def _end(text: str, start: int, breaks: set[int]) -> int:
    """Where the line that starts there ends: as late as it may, if it can at a preferred place past its half."""
    limit = start + LINE
    if limit >= len(text):
        return len(text)
    preferred = [place for place in breaks if start + LINE // 2 <= place <= limit]
    if preferred:
        return max(preferred)
    end = limit
    while end > start + 1 and text[end] in _DIGITS and text[end - 1] in _DIGITS:
        end -= 1  # a number stays in one piece
    return end if end > start + 1 else limit
