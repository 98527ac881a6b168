"""What the pages of imports say: statuses as chips, why a file was refused, what a number is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
