"""Flaws of rows: kept as codes with details, told in the language of who reads; the troubles every kind of file has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.core.errors import Refusal
from toiya.core.sheets import WHYS
from toiya.domain.imports.models import ImportSession
from toiya.domain.imports.port import Flaw, KindOfSheet, TellsFlaws

TROUBLES: Mapping[str, Any] = {
    "control_character": _("There is a letter in it that cannot be read. Enter the text once more."),
    "formula": _("This is a formula. Copy the column and paste its values only."),
    "eaten": _(
        "Excel shortened this number, and its last digits are lost. Set the column to Text and enter it once more."
    ),
    "twice": _("%(key)s stands in row %(row)s already. Delete one of the two."),
    "group_waits": _("This row belongs to row %(row)s and waits until that one is mended."),
    "moved": _("Something changed while this row was applied. Apply it once more."),
}
UNKNOWN = _("This row cannot be taken as it is. Compare it with the template.")
HOUSE, REFUSAL = "house", "refusal"


def trouble(column: str, code: str, **details: str | int) -> Flaw:
    """The flaw of that name, of those that every kind of file has."""
    return Flaw(column, code, details=details, words_of=HOUSE)


def of_refusal(refusal: Refusal) -> Flaw:
    """A refusal of an action as the flaw of the whole row."""
    details = {name: value if isinstance(value, str | int) else str(value) for name, value in refusal.details.items()}
    return Flaw("", refusal.code, details=details, words_of=REFUSAL)


def as_kept(flaw: Flaw) -> dict[str, Any]:
    """As the row keeps it: a code and its details, in no language."""
    kept: dict[str, Any] = {"column": flaw.column, "code": flaw.code, "mend": flaw.mend}
    if flaw.sentence:
        return kept | {"sentence": str(flaw.sentence)}
    return kept | {"details": dict(flaw.details), "words_of": flaw.words_of}


def told(kind: KindOfSheet, kept: Mapping[str, Any]) -> str:
    """What a row keeps, in the active language. Rows of before it was kept so have a sentence in one language."""
    if "sentence" in kept:
        return str(kept["sentence"])
    details = kept.get("details", {})
    words = str(_words(kind, kept["code"], kept.get("words_of", "")))
    return words % details if details else words


def _words(kind: KindOfSheet, code: str, words_of: str) -> Any:
    if words_of == HOUSE:
        return TROUBLES.get(code, UNKNOWN)
    if words_of == REFUSAL:
        return refusals().get(code, UNKNOWN)
    return kind.flaw_words.get(code, UNKNOWN) if isinstance(kind, TellsFlaws) else UNKNOWN


@cache
def refusals() -> Mapping[str, Any]:
    """The message of every refusal there is, by its code."""
    found: dict[str, Any] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        each = waiting.pop()
        found[each.code] = each.message
        waiting.extend(each.__subclasses__())
    return found


PROBLEMS: Mapping[str, Any] = {
    **WHYS,
    "heading_twice": _("The heading %(headings)s stands twice in the file. Delete or rename one of its columns."),
    "no_rows": _("There is no row below the headings. Fill in at least one."),
    "file_lost": _("The file is no longer here. Hand it in once more."),
    "not_allowed": _("Your role may not take in files of this kind any more. Ask the owner of the shop."),
    "not_all_applied": _("Nothing was applied, because rows could not be any more. They are listed below."),
}


def problem_of(session: ImportSession) -> str:
    """Why the file stopped, as a sentence with its mend; nothing when it did not."""
    problem, details = session.problem, session.details
    is_open = session.status in (ImportSession.Status.READING, ImportSession.Status.CHECKED)
    if is_open and problem not in PROBLEMS and "failed" in session.chosen:  # the way of reading that was chosen
        problem, details = session.chosen["failed"], session.chosen
    sentence = PROBLEMS.get(problem)
    if sentence is None:
        return ""
    return str(sentence) % {name: value for name, value in details.items() if isinstance(value, str | int)}
