"""A set of rows judged: by its kind, and for what no kind bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toiya.domain.imports.flaws import trouble
from toiya.domain.imports.models import ImportRow
from toiya.domain.imports.port import Flaw, GroupedRows, KindOfSheet, NeverTwice, Sender, Verdict
from toiya.domain.imports.rules import ReadRow, named, trouble_in

TO_MEND = ImportRow.State.TO_MEND.value


@dataclass
class Judge:
    """
    Judges the sets of one file. `first_rows` are the keys met so far with the row they stand in: in kinds where a key
    stands only once, the set that repeats one is told so.
    """

    kind: KindOfSheet
    sender: Sender
    first_rows: dict[str, int]

    def judge(self, rows: Sequence[ReadRow]) -> list[Verdict]:
        """One verdict per row, in order."""
        cells = [named(row.cells) for row in rows]
        sender = replace(self.sender, numbers=tuple(row.number for row in rows))
        verdicts = self.kind.judge(sender, cells)
        troubles = [self._troubles(each) for each in cells]
        troubles = self._with_group(rows, cells, troubles)
        judged = [
            replace(verdict, state=TO_MEND, flaws=(*found, *_others(verdict.flaws, found)), changes=(), effects={})
            if found
            else verdict
            for verdict, found in zip(verdicts, troubles, strict=True)
        ]
        return self._never_twice(rows, judged)

    def _troubles(self, cells: Mapping[str, str]) -> tuple[Flaw, ...]:
        return tuple(
            trouble(column.name, code)
            for column in self.kind.columns
            if (code := trouble_in(cells.get(column.name, ""), is_text=column.is_text))
        )

    def _with_group(
        self, rows: Sequence[ReadRow], cells: Sequence[Mapping[str, str]], troubles: Sequence[tuple[Flaw, ...]]
    ) -> list[tuple[Flaw, ...]]:
        """A row in trouble stops those of its group, and nobody else."""
        if not isinstance(self.kind, GroupedRows):
            return list(troubles)
        groups = [self.kind.group_of(each) for each in cells]
        stopped = {group: row.number for group, row, found in zip(groups, rows, troubles, strict=True) if found}
        return [
            found or ((trouble("", "group_waits", row=stopped[group]),) if group and group in stopped else ())
            for group, found in zip(groups, troubles, strict=True)
        ]

    def _never_twice(self, rows: Sequence[ReadRow], verdicts: Sequence[Verdict]) -> list[Verdict]:
        if not isinstance(self.kind, NeverTwice) or not self.kind.keys_stand_once:
            return list(verdicts)
        met: defaultdict[str, int] = defaultdict(int, self.first_rows)
        judged = []
        for row, verdict in zip(rows, verdicts, strict=True):
            first = met[verdict.key] if verdict.key else 0
            if first and first != row.number and verdict.state != TO_MEND:
                flaw = trouble("", "twice", key=verdict.key, row=first)
                judged.append(Verdict(TO_MEND, verdict.key, flaws=(flaw,)))
                continue
            if verdict.key:
                met[verdict.key] = first or row.number
            judged.append(verdict)
        self.first_rows |= met
        return judged


def _others(flaws: Sequence[Flaw], found: Sequence[Flaw]) -> list[Flaw]:
    """The kind's flaws of cells that are not in trouble already: one cell is told of once."""
    columns = {flaw.column for flaw in found}
    return [flaw for flaw in flaws if flaw.column not in columns]
