"""Flaws of rows as they are kept and told: the troubles every kind of file has, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.core.errors import Refusal
from toiya.core.sheets import WHYS
from toiya.domain.imports.models import ImportSession
from toiya.domain.imports.port import Flaw

TROUBLES: Mapping[str, Any] = {
    "control_character": _("There is a letter in it that cannot be read. Enter the text once more."),
    "formula": _("This is a formula. Copy the column and paste its values only."),
    "eaten": _(
        "Excel shortened this number, and its last digits are lost. Set the column to Text and enter it once more."
    ),
    "twice": _("%(key)s stands in row %(row)s already. Delete one of the two."),
    "group_waits": _("This row belongs to row %(row)s and waits until that one is mended."),
}


def trouble(column: str, code: str, **details: Any) -> Flaw:
    """The flaw of that name."""
    sentence = TROUBLES[code]
    return Flaw(column, code, sentence % details if details else sentence)


def of_refusal(refusal: Refusal) -> Flaw:
    """A refusal of an action as the flaw of the whole row."""
    return Flaw("", refusal.code, str(refusal))


def as_kept(flaw: Flaw) -> dict[str, str]:
    """As the row keeps it: in the words of the active language."""
    return {"column": flaw.column, "code": flaw.code, "sentence": str(flaw.sentence), "mend": flaw.mend}


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
