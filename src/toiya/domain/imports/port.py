"""
The port of sheets: what a kind of file must know so that a session can take it in (idea D-05).

A kind lives in the package whose rows it writes (`catalog/sheets.py`, `inbound/sheets.py`, …) and is put in force by
`config/sheets.py`. The session reads the file, finds the columns, keeps the rows and their states; the kind judges rows
(reading only), applies good ones inside the session's transaction, and takes them back. All of it for sets of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from toiya.core.actor import Actor, Permission

Cells = Mapping[str, str]  # column name -> cleaned text: half-width, trimmed, without Excel's ways of keeping zeros


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column. `headings` are what files call it, in any language; the first is the manual's or the English one.

    `titles` is the heading in each language of ours, for the template to download; `is_free` columns may be renamed by
    the seller (A090) and are found by their place, counted from the left. `is_text` keeps names and addresses as they
    are written, full-width letters too; other cells are codes and numbers, and come half-width.
    """

    name: str
    titles: Mapping[str, str]  # en, ja, zh-hans, ko
    headings: tuple[str, ...] = ()
    is_required: bool = False
    is_free: bool = False
    is_text: bool = False
    example: str = ""
    hint: Any = ""  # a lazy sentence


@dataclass(frozen=True, slots=True)
class Flaw:
    """
    What is wrong with one cell ('' for the row as a whole); `mend` is the value that would be right, if known.

    The row keeps the code and its details, and each reader is told in their own language: in the words the kind has
    for the code (`TellsFlaws`), or those `words_of` names: `house` for the troubles of every kind, `refusal` for an
    action's. A `sentence` given instead stays in the language it is in.
    """

    column: str
    code: str
    sentence: str = ""
    mend: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)
    words_of: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would change: for the reader, in words and numbers."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The judgement of one row. `state` is new, changed, unchanged or to_mend.

    `effects` are summed over the rows and told by `KindOfSheet.sentences`; `key` is the business key: the same key
    with the same content, applied before, is unchanged.
    """

    state: str
    key: str
    changes: tuple[Change, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    effects: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one applied row: the code of what was made or changed, and what is needed to take it back."""

    subject: str
    undo: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """A question of the form besides the file; `choices` are (value, word), none of them is a free text."""

    name: str
    title: Any
    hint: Any = ""
    choices: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """
    Whose file it is. `options` are what the form asked besides the file (such as a shop's code), `headings` what the
    file calls each found column, `numbers` the rows' numbers in the file, in the order of the rows given.
    """

    seller_id: int
    actor: Actor
    at: datetime
    session: str
    options: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[int] = ()


class KindOfSheet(Protocol):
    """One kind of file."""

    name: str  # in addresses and rows: items, in-out, links, orders
    title: Any
    permission: Permission
    columns: Sequence[Column]

    def judge(self, sender: Sender, rows: Sequence[Cells]) -> list[Verdict]:
        """Judge rows against the database and each other, without writing. One verdict per row, in order."""
        ...

    def apply(self, sender: Sender, rows: Sequence[Cells]) -> list[Applied | Flaw]:
        """
        Carry rows out, in the caller's transaction; the world may have moved since they were judged, so each is checked
        again: a row that no longer can be applied gives a Flaw and changes nothing.
        """
        ...

    def undo(self, sender: Sender, applied: Sequence[Applied]) -> list[Flaw | None]:
        """Take rows back by counter-entries; a Flaw says why one cannot be."""
        ...

    def sentences(self, effects: Mapping[str, int]) -> list[str]:
        """What will happen, in whole sentences of the active language."""
        ...


@runtime_checkable
class NamesBuyers(Protocol):
    """A kind whose rows name people who bought: they are forgotten before their orders are (R25)."""

    names_buyers: bool


@runtime_checkable
class TellsFlaws(Protocol):
    """A kind with a lazy sentence for each code of its flaws, that says what is wrong and how to mend it."""

    flaw_words: Mapping[str, Any]


@runtime_checkable
class GroupedRows(Protocol):
    """A kind some of whose rows share a fate (an order's lines): those are always judged and applied in one set."""

    def group_of(self, cells: Cells) -> str:
        """What rows that belong together have in common; empty for a row of its own."""
        ...


@runtime_checkable
class WithOptions(Protocol):
    """A kind whose form asks more than the file."""

    def options_for(self, actor: Actor) -> Sequence[Option]:
        """The questions, for this reader."""
        ...


@runtime_checkable
class NeverTwice(Protocol):
    """A kind in whose files a key may stand only once; the session watches over it across its sets."""

    keys_stand_once: bool


@runtime_checkable
class CannotUndo(Protocol):
    """A kind whose rows are not taken back by a file; the sentence says what to do instead."""

    why_no_undo: Any
