"""The arithmetic of small charts; components/ draw it with SVG presentation attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from toiya.web.shared import formats

# Colours by who had it; the same four everywhere. Site and buyer share one: both stand outside the three that work.
OWNER_COLOURS = {"seller": 2, "warehouse": 1, "carrier": 3, "site": 4, "buyer": 4}


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of an object's life: owner is seller, warehouse, carrier or site."""

    owner: str
    word: Any
    span: timedelta
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One drawn part: place and width in percent of the bar, colour 1 to 4."""

    word: Any
    x: float
    width: float
    colour: int
    value: Any
    is_waiting: bool = False


def segment_bar(segments: Sequence[Segment], language: str) -> list[Piece]:
    """Stretches side by side in proportion to their time; a stretch is never thinner than one percent."""
    spans = [max(segment.span.total_seconds(), 1.0) for segment in segments]
    widths = _shares(spans)
    return [
        Piece(
            segment.word,
            round(sum(widths[:index]), 2),
            round(widths[index], 2),
            OWNER_COLOURS.get(segment.owner, 1),
            formats.duration(segment.span, language),
            segment.is_waiting,
        )
        for index, segment in enumerate(segments)
    ]


def stacked_bar(parts: Sequence[tuple[Any, int]]) -> list[Piece]:
    """Parts of a whole; empty parts stay in the legend with width 0."""
    total = sum(count for _, count in parts) or 1
    widths = [count * 100 / total for _, count in parts]
    return [
        Piece(word, round(sum(widths[:index]), 2), round(widths[index], 2), index % 4 + 1, count)
        for index, (word, count) in enumerate(parts)
    ]


def bars(rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """(word, count[, url]) rows, longest first, widths in percent of the longest."""
    ranked = sorted(rows, key=lambda row: -row[1])
    longest = max((row[1] for row in ranked), default=1) or 1
    return [
        {
            "word": row[0],
            "count": row[1],
            "url": row[2] if len(row) > 2 else "",
            "width": round(row[1] * 100 / longest, 1),
        }
        for row in ranked
    ]


def sparkline(values: Sequence[float]) -> str:
    """Points of a 120 × 32 polyline with 2 px of air."""
    if not values:
        return ""
    low, high = min(values), max(values)
    reach, step = (high - low) or 1, 116 / max(len(values) - 1, 1)
    return " ".join(
        f"{2 + index * step:.1f},{30 - (value - low) / reach * 28:.1f}" for index, value in enumerate(values)
    )


def _shares(sizes: Sequence[float]) -> list[float]:
    total = sum(sizes)
    raised = [max(size * 100 / total, 1.0) for size in sizes]
    return [share * 100 / sum(raised) for share in raised]
