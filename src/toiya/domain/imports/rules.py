"""What stands in a file: headings found in any language, cells cleaned, troubles that every kind of file has. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from toiya.domain.imports.port import Cells, Column

HEADING_WITHIN_ROWS = 10
SET = 1000
ERROR_HEADING = "error"  # folded; the column we add to the rows to mend
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how exports keep Excel from eating leading zeros
_EATEN = re.compile(r"\d(?:[.,]\d+)?[Ee]\+?\d{1,3}", re.ASCII)  # 1.23457E+11: what Excel made of a long number
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LIKE_ENOUGH = 0.6
UNREADABLE = "\ufffd"  # stands where a control character was, which no database text can hold


def folded_heading(text: str) -> str:
    """A heading for comparing: half-width, without spaces, marks of byte order and the star of what is required."""
    folded = unicodedata.normalize("NFKC", text).replace("\ufeff", "").replace("*", "").replace("_", "")
    return "".join(folded.split()).casefold()[:100]


def cleaned(text: str, *, is_text: bool) -> str:
    """A cell: trimmed, without Excel's ways of keeping zeros; half-width unless it is a name or an address."""
    if is_text:
        return text.strip()
    folded = unicodedata.normalize("NFKC", text).strip()
    match = _EXCEL_TEXT.fullmatch(folded)
    return (match[1] if match else folded.removeprefix("'")).strip()


def trouble_in(text: str, *, is_text: bool) -> str:
    """A code for what no kind of file bears in a cell, or nothing."""
    if UNREADABLE in text:
        return "control_character"
    if is_text:
        return ""
    if text.startswith("=") and len(text) > 1:
        return "formula"
    return "eaten" if _EATEN.fullmatch(text) else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows begin and which column is what: `columns` are places by name, `headings` all as written."""

    first_row: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


def words_of(columns: Sequence[Column]) -> dict[str, str]:
    """Column name by each folded heading we know, in all languages."""
    return {
        folded_heading(word): column.name
        for column in columns
        for word in (*column.headings, *column.titles.values(), column.name)
    }


def find_layout(rows: Sequence[Sequence[str]], columns: Sequence[Column], own: Mapping[str, str]) -> Layout:
    """
    The row of headings: among the first ten that with most known names.

    :param own: what the seller said their own folded headings mean; before ours
    """
    known = words_of([column for column in columns if not column.is_free]) | dict(own)
    best = max(range(min(len(rows), HEADING_WITHIN_ROWS)), key=lambda place: (_score(rows[place], known), -place))
    headings = tuple(rows[best])
    found: dict[str, int] = {}
    twice = []
    seen: set[str] = set()
    for place, heading in enumerate(headings):
        folded = folded_heading(heading)
        name = known.get(folded, "")
        if name and folded in seen:
            twice.append(heading.strip())
        seen.add(folded)
        if name:
            found.setdefault(name, place)
    found |= _free(headings, columns, found, known)
    missing = tuple(column.name for column in columns if column.is_required and column.name not in found)
    return Layout(best + 1, headings, found, missing, tuple(twice))


def _score(cells: Sequence[str], known: Mapping[str, str]) -> int:
    return len({known[word] for word in map(folded_heading, cells) if known.get(word)})


def _free(
    headings: Sequence[str], columns: Sequence[Column], found: Mapping[str, int], known: Mapping[str, str]
) -> dict[str, int]:
    """Columns the seller named freely: from the left, up to the first that must be there (A090)."""
    names = [column.name for column in columns if column.is_free]
    required = [found[column.name] for column in columns if column.is_required and column.name in found]
    end = min(required, default=0)
    places = [
        place
        for place in range(end)
        if folded_heading(headings[place]) and folded_heading(headings[place]) not in known and place < len(headings)
    ]
    return dict(zip(names, places, strict=False))


def guesses(headings: Sequence[str], columns: Sequence[Column]) -> dict[int, str]:
    """For the screen that asks: the most alike column of ours for each heading, or nothing."""
    known = words_of(columns)
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        folded = folded_heading(heading)
        best = max(known, key=lambda word: SequenceMatcher(None, word, folded).ratio(), default="")
        is_like = bool(folded) and SequenceMatcher(None, best, folded).ratio() >= _LIKE_ENOUGH
        if is_like and known[best] not in found.values():
            found[place] = known[best]
    return found


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row by column name; columns that are none of ours are kept under `#` and their place."""

    number: int
    cells: Mapping[str, str]


def rows_of(rows: Iterable[tuple[int, Sequence[str]]], layout: Layout, columns: Sequence[Column]) -> Iterator[ReadRow]:
    """The rows below the headings, cleaned. A second row of headings and the template's example are passed by."""
    text = {column.name: column.is_text for column in columns}
    examples = {column.name: column.example for column in columns if column.example and column.name in layout.columns}
    names = {place: name for name, place in layout.columns.items()}
    known = words_of(columns)
    for number, raw in rows:
        cells: dict[str, str] = {}
        for place, cell in enumerate(raw):
            name = names.get(place) or f"#{place}"
            if value := _CONTROL.sub(UNREADABLE, cleaned(cell, is_text=text.get(name, True))):
                cells[name] = value
        if _is_headings(cells, layout, known) or (examples and named(cells) == examples):
            continue
        if cells:
            yield ReadRow(number, cells)


def named(cells: Cells) -> dict[str, str]:
    """The cells of columns that are ours."""
    return {name: value for name, value in cells.items() if name[0] != "#"}


def _is_headings(cells: Cells, layout: Layout, known: Mapping[str, str]) -> bool:
    """Whether a row only repeats headings: the same once more, or the ones of another language."""
    ours = named(cells)
    same = {name: folded_heading(layout.headings[place]) for name, place in layout.columns.items()}
    return bool(ours) and all(
        folded_heading(value) == same[name] or known.get(folded_heading(value)) == name for name, value in ours.items()
    )


def seconds_left(done: int, in_all: int, rows_since: int, seconds_since: float) -> int | None:
    """How long the rest takes at the pace measured so far, in whole seconds; None when nothing was measured yet."""
    if rows_since <= 0 or seconds_since <= 0 or done >= in_all:
        return None
    return math.ceil((in_all - done) * seconds_since / rows_since)


def in_sets(rows: Iterable[ReadRow], groups: Sequence[str]) -> list[list[ReadRow]]:
    """Sets of about a thousand rows; rows of one group are never parted, and stand together in their order."""
    together: dict[str, list[ReadRow]] = {}
    for row, group in zip(rows, groups, strict=True):
        together.setdefault(group or f"#{row.number}", []).append(row)
    sets: list[list[ReadRow]] = [[]]
    for members in together.values():
        if sets[-1] and len(sets[-1]) + len(members) > SET:
            sets.append([])
        sets[-1].extend(members)
    return [sorted(each, key=lambda row: row.number) for each in sets if each]
