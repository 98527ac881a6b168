"""Flaws of rows as they are kept and told: the troubles every kind of file has, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.core.errors import Refusal
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
