"""Files handed out: the template of a kind, and the rows to mend of a session with their errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext

from toiya.core.sheet_files import CSV, XLSX, ExcelFile, csv_content
from toiya.domain.imports.flaws import told
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import Column, KindOfSheet

_UTF_16 = "utf-16"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file to download."""

    name: str
    media_type: str
    content: bytes


def template(kind: KindOfSheet, language: str) -> HandedOut:
    """The empty sheet of a kind in that language: required headings red, an example row, hints on a second sheet."""
    columns = [column for column in kind.columns if not column.is_free or column.example]
    with translation.override(language):
        titles = [_title(column, language) for column in columns]
        book = ExcelFile()
        first = book.sheet(
            gettext("Rows"), titles, [_title(column, language) for column in columns if column.is_required]
        )
        book.add(first, [column.example for column in columns])
        headings = [gettext("Column"), gettext("Needed"), gettext("Example"), gettext("Hint")]
        second = book.sheet(gettext("Hints"), headings)
        for column, title in zip(columns, titles, strict=True):
            needed = gettext("yes") if column.is_required else ""
            book.add(second, [title, needed, column.example, str(column.hint)])
    return HandedOut(f"toiya-{kind.name}.xlsx", XLSX, book.content())


def rows_to_mend(session: ImportSession, language: str) -> HandedOut:
    """The rows to mend as the file gave them, of the same kind, with a column that says what is wrong in each."""
    headings, places = _layout(session)
    with translation.override(language):
        errors = gettext("Errors (%(code)s)") % {"code": session.code}
        titles = {column.name: headings_of(session, column) for column in kind_of(session.kind).columns}
        rows = _rows(session, places, titles)
        if session.encoding == "xlsx":
            book = ExcelFile()
            sheet = book.sheet(gettext("Rows to mend"), [*headings, errors])
            for row in rows:
                book.add(sheet, row)
            return HandedOut(f"{session.code}.xlsx", XLSX, book.content())
        encoding = session.encoding if session.encoding != _UTF_16 else "utf-8-sig"
        return HandedOut(f"{session.code}.csv", CSV, csv_content([[*headings, errors], *rows], encoding))


def _layout(session: ImportSession) -> tuple[list[str], list[str]]:
    """The headings as written, and under which name each cell is kept."""
    headings = list(session.details.get("headings", []))
    names = {place: name for name, place in session.columns.items()}
    kept = [names.get(place, f"#{place}") for place in range(len(headings))]
    # A file that already was one of rows to mend brings its old errors along: they are written anew.
    is_errors = [session.continues != "" and session.continues in heading for heading in headings]
    pairs = [(head, name) for head, name, old in zip(headings, kept, is_errors, strict=True) if not old]
    return [head for head, _ in pairs], [name for _, name in pairs]


def _rows(session: ImportSession, places: Sequence[str], titles: dict[str, str]) -> Iterator[list[str]]:
    kind = kind_of(session.kind)
    found = session.import_rows.filter(state=ImportRow.State.TO_MEND).order_by("number")
    for row in found.iterator(chunk_size=1000):
        errors = [
            f"{titles[flaw['column']]}: {told(kind, flaw)}" if flaw["column"] in titles else told(kind, flaw)
            for flaw in row.flaws
        ]
        yield [*(row.cells.get(name, "") for name in places), " ".join(errors)]


def headings_of(session: ImportSession, column: Column) -> str:
    """What the file calls a column, else what we do."""
    headings = session.details.get("headings", [])
    place = session.columns.get(column.name)
    if place is not None and place < len(headings):
        return str(headings[place]).strip()
    return _title(column, translation.get_language() or "en")


def _title(column: Column, language: str) -> str:
    return str(column.titles.get(language) or column.titles.get("en") or column.name)
