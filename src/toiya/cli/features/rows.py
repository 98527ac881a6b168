"""The feature list: what the systems of this trade do (A…) and where they fall short (L…)."""

import csv
from dataclasses import dataclass
from pathlib import Path

from toiya.config.places import ROOT

LIST = ROOT / "docs" / "seed-rows.tsv"


@dataclass(frozen=True)
class Row:
    """One fact about the systems we replace."""

    id: str
    kind: str
    text: str


def read_rows(path: Path = LIST) -> list[Row]:
    """The rows in their order."""
    with path.open(newline="") as file:
        return [Row(*cells) for cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
