"""Goods that come back from buyers, and goods that go back to their seller."""

from toiya.domain.returns.models.aside import Aside
from toiya.domain.returns.models.door import DoorParcel, ReturnsAddress
from toiya.domain.returns.models.removals import CountedOut, Removal, RemovalLine
from toiya.domain.returns.models.returns import Grading, Return, ReturnLine

__all__ = [
    "Aside",
    "CountedOut",
    "DoorParcel",
    "Grading",
    "Removal",
    "RemovalLine",
    "Return",
    "ReturnLine",
    "ReturnsAddress",
]
