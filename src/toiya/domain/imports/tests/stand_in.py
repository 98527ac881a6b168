"""A kind of file for tests of the facility alone: notes by key, kept in a dict, with every way to go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toiya.core.actor import Permission
from toiya.domain.imports.port import Applied, Cells, Change, Column, Flaw, Sender, Verdict


class Killed(BaseException):
    """The process ends here."""


class NotesSheet:
    """Notes: `amount` must be a number; `fails` are keys that cannot be applied; `dies_at` kills the job there."""

    name = "notes"
    title: Any = "Notes"
    permission = Permission.EDIT_CATALOG
    columns: Sequence[Column] = (
        Column(
            "key",
            {"en": "Key", "ja": "キー", "zh-hans": "键", "ko": "키"},
            ("Number",),
            is_required=True,
            example="A-1",
        ),
        Column(
            "amount", {"en": "Amount", "ja": "金額", "zh-hans": "金额", "ko": "금액"}, is_required=True, example="7"
        ),
        Column("text", {"en": "Text", "ja": "文章", "zh-hans": "文字", "ko": "글"}, is_text=True, example="hello"),
    )
    keys_stand_once = True
    flaw_words: Mapping[str, Any] = {
        "missing": "Nothing is there. Enter it.",
        "not_a_number": "“%(value)s” is not a number. Write digits.",
        "gone": "It cannot be applied any more. Leave it out.",
        "in_use": "It is in use.",
    }

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}
        self.times_applied: dict[str, int] = {}
        self.fails: set[str] = set()
        self.dies_at = ""

    def judge(self, sender: Sender, rows: Sequence[Cells]) -> list[Verdict]:
        """By what is kept."""
        assert len(sender.numbers) == len(rows)
        return [self._verdict(cells) for cells in rows]

    def _verdict(self, cells: Cells) -> Verdict:
        if cells.get("key") == self.dies_at != "":
            raise Killed
        key, amount = cells.get("key", ""), cells.get("amount", "")
        if not key:
            return Verdict("to_mend", "", flaws=(Flaw("key", "missing"),))
        if not amount.isascii() or not amount.isdigit():
            digits = "".join(letter for letter in amount if letter.isascii() and letter.isdigit())
            flaw = Flaw("amount", "not_a_number", mend=digits, details={"value": amount})
            return Verdict("to_mend", key, flaws=(flaw,))
        if key in self.notes:
            old = self.notes[key]
            if old == amount:
                return Verdict("unchanged", key)
            return Verdict("changed", key, (Change("amount", old, amount),), effects={"changed": 1})
        return Verdict("new", key, effects={"new": 1, "sum": int(amount)})

    def apply(self, sender: Sender, rows: Sequence[Cells]) -> list[Applied | Flaw]:  # noqa: ARG002
        """Into the dict."""
        outcomes: list[Applied | Flaw] = []
        for cells in rows:
            key = cells["key"]
            if key == self.dies_at:
                raise Killed
            if key in self.fails:
                outcomes.append(Flaw("key", "gone"))
                continue
            outcomes.append(Applied(key, {"old": self.notes.get(key, "")}))
            self.notes[key] = cells["amount"]
            self.times_applied[key] = self.times_applied.get(key, 0) + 1
        return outcomes

    def undo(self, sender: Sender, applied: Sequence[Applied]) -> list[Flaw | None]:  # noqa: ARG002
        """Out of the dict."""
        flaws: list[Flaw | None] = []
        for each in applied:
            if each.subject in self.fails:
                flaws.append(Flaw("", "in_use"))
                continue
            self.notes.pop(each.subject)
            if each.undo["old"]:
                self.notes[each.subject] = each.undo["old"]
            flaws.append(None)
        return flaws

    def sentences(self, effects: Mapping[str, int]) -> list[str]:
        """What was counted."""
        return [f"{name}: {count}" for name, count in effects.items()]
