"""Where bins stand, read from their printed codes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PRINTED = re.compile(r"([A-Z]*)([0-9]{1,3})-([0-9]{1,3})-([0-9]{1,3})")


def coordinates(codes: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """
    Aisle, bay and level of bins with codes such as A03-02-1 (zone and aisle, bay, level); others are left out.

    Aisles are counted through the building, so that the first one of zone B stands next to the last one of zone A.
    """
    read = {code: found for code in codes if (found := _PRINTED.fullmatch(code))}
    aisles = sorted({(found[1], int(found[2])) for found in read.values()})
    number = {aisle: place for place, aisle in enumerate(aisles, start=1)}
    return {code: (number[found[1], int(found[2])], int(found[3]), int(found[4])) for code, found in read.items()}
