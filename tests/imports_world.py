"""Files that sellers hand in, for tests: made as programs make them, read and applied by the app's own jobs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from tests.world import NOON, a_member, actor_for
from toiya.core import papers
from toiya.core.actor import Actor
from toiya.domain.imports.actions.applying import want_applying
from toiya.domain.imports.actions.handing_in import HandedIn, HandIn, hand_in
from toiya.domain.imports.actions.undoing import want_undo
from toiya.domain.imports.jobs import go_on
from toiya.domain.imports.models import ImportSession
from toiya.domain.members.models import Membership, Seller


def csv_file(*rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    """A CSV file of these rows."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def excel_file(*rows: Sequence[Any]) -> bytes:
    """A workbook with these rows on its first sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def owner_of(seller: Seller) -> Actor:
    """The owner of the seller, made when there is none: files are handed in by people."""
    membership = Membership.objects.filter(seller=seller, role="owner").first()
    return actor_for(membership.user if membership else a_member(seller), seller)


def handed_in(
    seller: Seller, kind: str, content: bytes, *, options: Mapping[str, str] | None = None, name: str = "sheet.csv"
) -> HandedIn:
    """A file handed in and not read yet."""
    stored = papers.keep(papers.Paper(name, "application/octet-stream", content), at=NOON)
    wish = HandIn(kind, stored, "en", options or {})
    return hand_in(seller_id=seller.pk, sheet=wish, actor=owner_of(seller), at=NOON)


def worked(session: ImportSession, at: datetime = NOON) -> ImportSession:
    """The session after its job ran."""
    go_on(session.pk, at)
    session.refresh_from_db()
    return session


def checked(seller: Seller, kind: str, content: bytes, *, options: Mapping[str, str] | None = None) -> ImportSession:
    """A file handed in and read."""
    return worked(handed_in(seller, kind, content, options=options).session)


def applied(session: ImportSession, *, whole: bool = False) -> ImportSession:
    """The session after Apply was pressed and its job ran."""
    want_applying(session_code=session.code, is_all_or_nothing=whole, actor=owner_of(session.seller), at=NOON)
    return worked(session)


def undone(session: ImportSession) -> ImportSession:
    """The session after Undo was pressed and its job ran."""
    want_undo(session_code=session.code, actor=owner_of(session.seller), at=NOON)
    return worked(session)


def states(session: ImportSession) -> dict[int, str]:
    """Each row's state by its number."""
    return dict(session.import_rows.order_by("number").values_list("number", "state"))


def flaws(session: ImportSession) -> dict[int, list[tuple[str, str]]]:
    """(column, code) of what is wrong, by row."""
    rows = session.import_rows.exclude(flaws=[]).order_by("number")
    return {row.number: [(flaw["column"], flaw["code"]) for flaw in row.flaws] for row in rows}
