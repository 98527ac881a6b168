"""Taking one parcel's row out of a file that was made for a carrier, and leaving the others byte for byte. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from toiya.domain.carriers.charset_rules import ENCODING


def without_receivers(content: bytes, keys: Collection[str]) -> bytes:
    """
    The file with the rows of these control numbers emptied: the number stays in its place, every other cell goes.

    Done once more, nothing changes. Cells may hold line breaks, so rows are told apart by their quotes.
    """
    lines = list(io.StringIO(content.decode(ENCODING), newline=""))
    kept: list[str] = []
    begin = 0
    reader = csv.reader(lines)
    for cells in reader:
        record, begin = lines[begin : reader.line_num], reader.line_num
        if set(keys).isdisjoint(cells):
            kept += record
        else:
            ending = record[-1][len(record[-1].rstrip("\r\n")) :]
            kept.append(",".join(cell if cell in keys else "" for cell in cells) + ending)
    return "".join(kept).encode(ENCODING)
