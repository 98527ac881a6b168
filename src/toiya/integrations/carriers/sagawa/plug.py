"""Sagawa: labels with numbers of our contract's range, or by the file of its program."""

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
from toiya.integrations.carriers.sagawa import ehiden


class Sagawa(slip.OwnLabels):
    """Implements `Carrier`, `FileCarrier` and `PrinterLabels` of `domain.carriers.port`. It keeps nothing."""

    name = "sagawa"
    label = "佐川急便"
    layouts = ehiden.LAYOUTS

    def check(self, request: LabelRequest) -> tuple[FieldProblem, ...]:
        """What would keep this label out of every file."""
        return tuple(ehiden.row_of(FileRow(request.reference, request), Shipper()).problems)

    def write(self, layout: str, rows: Sequence[FileRow], shipper: Shipper) -> WrittenFile:
        """The file of these rows; a row with a problem is left out and told."""
        made = [ehiden.row_of(row, shipper) for row in rows]
        good = [row for row in made if not row.problems]
        problems = tuple(problem for row in made for problem in row.problems)
        if layout == "ehiden2":
            content = content_of([ehiden.of_two(row.cells) for row in good], quoted=True)
        else:
            content = content_of([ehiden.HEADINGS, *(row.cells for row in good)], quoted=True)
        return WrittenFile(content, tuple(row.key for row in good), problems)

    def read_numbers(self, content: bytes) -> tuple[NumberRow, ...]:
        """The rows of e-Hiden's file of issued slips. :raises Rejected:"""
        return ehiden.numbers_in(content)
