"""A session as its page shows it: tallies that filter, rows with what changes and what is to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from toiya.core.sheets import ENCODINGS
from toiya.domain.imports import sql
from toiya.domain.imports.flaws import told
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.papers import headings_of
from toiya.domain.imports.port import KindOfSheet
from toiya.web.portal.import_words import NOTES, STATES
from toiya.web.shared.statuses import Status


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows are in a state; a press shows only those."""

    state: str
    word: str
    count: int
    note: Any
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ShownFlaw:
    """What is wrong with a cell, what stands there, what would be right and in how many rows the same stands."""

    column: str
    title: str
    value: str
    sentence: str
    mend: str
    repeats: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the file."""

    number: int
    status: Status
    key: str
    subject: str
    changes: Sequence[tuple[str, str, str]]
    flaws: Sequence[ShownFlaw]


def tallies(session: ImportSession, shown: str) -> list[Tally]:
    """In the order of attention; states without rows are left out, but new and to mend."""
    counts = sql.tallies(session.pk)
    always = {ImportRow.State.TO_MEND, ImportRow.State.NEW}
    return [
        Tally(state, str(status.word), counts.get(state, 0), NOTES[state], state == shown)
        for state, status in STATES.items()
        if counts.get(state) or (state in always and not counts.get(ImportRow.State.APPLIED))
    ]


def shown_rows(session: ImportSession, rows: Sequence[ImportRow]) -> list[ShownRow]:
    """Rows of one page; one more question for how often each bad cell stands in the file."""
    kind = kind_of(session.kind)
    titles = {column.name: headings_of(session, column) for column in kind.columns}
    bad = [(flaw["column"], row.cells.get(flaw["column"], "")) for row in rows for flaw in row.flaws if flaw["mend"]]
    repeats = sql.repeats(session.pk, bad)
    return [
        ShownRow(
            number=row.number,
            status=STATES[row.state],
            key=row.key or _first_words(row.cells),
            subject=row.subject,
            changes=[(titles.get(each["column"], each["column"]), each["old"], each["new"]) for each in row.changes],
            flaws=[_flaw(kind, flaw, row.cells, (titles, repeats)) for flaw in row.flaws],
        )
        for row in rows
    ]


def _flaw(
    kind: KindOfSheet,
    flaw: Mapping[str, Any],
    cells: Mapping[str, str],
    known: tuple[Mapping[str, str], Mapping[tuple[str, str], int]],
) -> ShownFlaw:
    """`known` are the columns' titles, and in how many rows each bad cell stands."""
    titles, repeats = known
    value = cells.get(flaw["column"], "")
    count = repeats.get((flaw["column"], value), 1)
    title = titles.get(flaw["column"], "")
    return ShownFlaw(flaw["column"], title, value, told(kind, flaw), flaw["mend"], count)


def _first_words(cells: Mapping[str, str]) -> str:
    return next((value for name, value in cells.items() if name[0] != "#"), "")[:60]


def column_choices(session: ImportSession) -> list[tuple[str, str]]:
    """Our columns, in the reader's language."""
    language = get_language() or "en"
    return [
        (column.name, str(column.titles.get(language, column.name)) + (" *" if column.is_required else ""))
        for column in kind_of(session.kind).columns
    ]


def reading_choices(session: ImportSession) -> dict[str, Any]:
    """How else the file may be read: another sheet where there are several, or another encoding."""
    if session.encoding == "xlsx":
        sheets = [(name, name) for name in session.sheets]
        return {"ways": sheets, "way": "sheet", "way_now": session.sheet} if len(sheets) > 1 else {}
    return {"ways": list(ENCODINGS.items()), "way": "encoding", "way_now": session.encoding.removesuffix("-sig")}
