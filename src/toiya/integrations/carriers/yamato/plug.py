"""Yamato: labels with numbers of our contract's range, or by the file of its program."""

from __future__ import annotations

from collections.abc import Sequence

from toiya.domain.carriers import slip
from toiya.domain.carriers.field_rules import content_of
from toiya.domain.carriers.port import (
    FieldProblem,
    FileRow,
    LabelRequest,
    NumberRow,
    Shipper,
    WrittenFile,
)
from toiya.integrations.carriers.yamato import b2


class Yamato(slip.OwnLabels):
    """Implements `Carrier`, `FileCarrier` and `PrinterLabels` of `domain.carriers.port`. It keeps nothing."""

    name = "yamato"
    label = "ヤマト運輸"
    layouts = b2.LAYOUTS

    def check(self, request: LabelRequest) -> tuple[FieldProblem, ...]:
        """What would keep this label out of every file."""
        return tuple(b2.row_of(FileRow(request.reference, request), "b2-95", Shipper()).problems)

    def write(self, layout: str, rows: Sequence[FileRow], shipper: Shipper) -> WrittenFile:
        """The file of these rows; a row with a problem is left out and told."""
        made = [b2.row_of(row, layout, shipper) for row in rows]
        good = [row for row in made if not row.problems]
        problems = tuple(problem for row in made for problem in row.problems)
        content = content_of([row.cells for row in good], quoted=False)
        return WrittenFile(content, tuple(row.key for row in good), problems)

    def read_numbers(self, content: bytes) -> tuple[NumberRow, ...]:
        """The rows of B2's file of issued slips. :raises Rejected:"""
        return b2.numbers_in(content)
