"""What the pages of imports say: statuses as chips, why a file was refused, what a number is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.core.sheets import WHYS
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.web.shared.statuses import Kind, Status

State = ImportRow.State
_Session = ImportSession.Status
STATUSES: Mapping[str, Status] = {
    _Session.READING: Status(Kind.MOVE, pgettext_lazy("an import", "Reading"), "file-search"),
    _Session.CHECKED: Status(Kind.WAIT, pgettext_lazy("an import", "Checked"), "list-checks"),
    _Session.APPLYING: Status(Kind.MOVE, pgettext_lazy("an import", "Applying"), "play"),
    _Session.DONE: Status(Kind.DONE, pgettext_lazy("an import", "Done"), "check"),
    _Session.UNDOING: Status(Kind.MOVE, pgettext_lazy("an import", "Being undone"), "undo-2"),
    _Session.UNDONE: Status(Kind.HOLD, pgettext_lazy("an import", "Undone"), "undo-2"),
    _Session.REFUSED: Status(Kind.STOP, pgettext_lazy("an import", "Refused"), "octagon-x"),
    _Session.DROPPED: Status(Kind.HOLD, pgettext_lazy("an import", "Thrown away"), "trash-2"),
}
STATES: Mapping[str, Status] = {
    State.TO_MEND: Status(Kind.STOP, State.TO_MEND.label, "octagon-x"),
    State.NEW: Status(Kind.MOVE, State.NEW.label, "plus"),
    State.CHANGED: Status(Kind.MOVE, State.CHANGED.label, "pencil"),
    State.UNCHANGED: Status(Kind.HOLD, State.UNCHANGED.label, "equal"),
    State.APPLIED: Status(Kind.DONE, State.APPLIED.label, "check"),
    State.UNDONE: Status(Kind.HOLD, State.UNDONE.label, "undo-2"),
}
NOTES: Mapping[str, Any] = {
    State.TO_MEND: _("with what is wrong and how to mend it"),
    State.NEW: _("not here yet"),
    State.CHANGED: _("here, and different in the file"),
    State.UNCHANGED: _("here already, left as they are"),
    State.APPLIED: _("carried out"),
    State.UNDONE: _("taken back"),
}
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
    sentence = PROBLEMS.get(session.problem)
    if sentence is None:
        return ""
    numbers = {name: value for name, value in session.details.items() if isinstance(value, str | int)}
    return str(sentence) % numbers
