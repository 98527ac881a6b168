"""What happens to files that were handed in. Subject: the session's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHandedIn(Event):
    """A file was uploaded and is to be read."""

    NAME: ClassVar[str] = "import.handed_in"
    session_id: int
    kind: str
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChecked(Event):
    """Every row was judged; nothing was written yet."""

    NAME: ClassVar[str] = "import.checked"
    rows: int
    to_mend: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRefused(Event):
    """The file cannot be taken as a sheet of its kind."""

    NAME: ClassVar[str] = "import.refused"
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsNamed(Event):
    """The seller said which column is what."""

    NAME: ClassVar[str] = "import.columns_named"
    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsSaved(Event):
    """The seller keeps the columns of the file under a name."""

    NAME: ClassVar[str] = "import.columns_saved"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChosen(Event):
    """The reader wants the file read in another encoding, or another sheet of it."""

    NAME: ClassVar[str] = "import.reading_chosen"
    session_id: int
    encoding: str
    sheet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsMended(Event):
    """Cells got another value than the file's; their rows are judged once more."""

    NAME: ClassVar[str] = "import.cells_mended"
    session_id: int
    column: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyingWanted(Event):
    """The seller pressed Apply."""

    NAME: ClassVar[str] = "import.applying_wanted"
    session_id: int
    is_all_or_nothing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetApplied(Event):
    """The rows that could be applied are."""

    NAME: ClassVar[str] = "import.applied"
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyingFailed(Event):
    """All or nothing: a row could no longer be applied, so none was."""

    NAME: ClassVar[str] = "import.not_applied"
    to_mend: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoWanted(Event):
    """The seller takes the whole file back."""

    NAME: ClassVar[str] = "import.undo_wanted"
    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetUndone(Event):
    """Rows were taken back; some may stay, each with its reason."""

    NAME: ClassVar[str] = "import.undone"
    rows: int
    stay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsForgotten(Event):
    """What stood in its cells is gone at its deadline; states and tallies stay."""

    NAME: ClassVar[str] = "import.rows_forgotten"
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetThrownAway(Event):
    """The seller threw the file away before it was applied."""

    NAME: ClassVar[str] = "import.thrown_away"
