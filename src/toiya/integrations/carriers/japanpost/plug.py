"""Japan Post: labels with numbers of our contract's range, or by the file of its program."""

from __future__ import annotations

from collections.abc import Sequence

from toiya.domain.carriers import slip
from toiya.domain.carriers.field_rules import content_of
from toiya.domain.carriers.port import (
    FieldProblem,
    FileRow,
    LabelRequest,
    NumberRow,
    ScanRow,
    Shipper,
    WrittenFile,
)
from toiya.integrations.carriers.japanpost import yupri


class JapanPost(slip.OwnLabels):
    """Implements `Carrier`, `FileCarrier` and `PrinterLabels` of `domain.carriers.port`. It keeps nothing."""

    name = "japanpost"
    label = "日本郵便"
    layouts = yupri.LAYOUTS

    def check(self, request: LabelRequest) -> tuple[FieldProblem, ...]:
        """What would keep this label out of every file."""
        return tuple(yupri.row_of(FileRow(request.reference, request)).problems)

    def write(self, layout: str, rows: Sequence[FileRow], shipper: Shipper) -> WrittenFile:  # noqa: ARG002
        """The file of these rows; a row with a problem is left out and told."""
        made = [yupri.row_of(row) for row in rows]
        good = [row for row in made if not row.problems]
        problems = tuple(problem for row in made for problem in row.problems)
        content = content_of([row.cells for row in good], quoted=False)
        return WrittenFile(content, tuple(row.key for row in good), problems)

    def read_numbers(self, content: bytes) -> tuple[NumberRow, ...]:
        """The numbers in the shipping history. :raises Rejected:"""
        return yupri.numbers_in(content)

    def read_scans(self, content: bytes) -> tuple[ScanRow, ...]:
        """The states in the shipping history. :raises Rejected:"""
        return yupri.scans_in(content)
