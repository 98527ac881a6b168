"""`./toiya import-orders`: take in an order file a seller downloaded from QSM."""

import argparse
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toiya.cli.postgres.migrations import prepare
from toiya.cli.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to take in, for whom, and for which of their shops."""

    file_name: str
    content: bytes
    seller: str
    shop: str


def run(arguments: list[str]) -> int:
    """Import one file for one seller; returns 1 when nothing of it could be read."""
    parser = argparse.ArgumentParser(
        prog="./toiya import-orders", description="Take in an order file (CSV or Excel) downloaded from QSM."
    )
    parser.add_argument("file", type=Path, help="CSV (Shift_JIS or UTF-8) or .xlsx")
    parser.add_argument("--seller", default="", help="code of the seller; needed when there are several")
    parser.add_argument("--shop", default="", help="code of the seller's connection the file belongs to")
    chosen = parser.parse_args(arguments)
    try:
        content = chosen.file.read_bytes()
    except OSError as reason:
        raise Trouble(f"{chosen.file} cannot be read ({reason.strerror}). Check the path.") from reason
    prepare()
    # Only now: the module needs Django's models.
    take_in: Callable[[Wanted], int] = importlib.import_module("toiya.cli.order_files").take_in
    return take_in(Wanted(chosen.file.name, content, chosen.seller, chosen.shop))
