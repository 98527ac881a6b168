"""Pick bins. The subject is the SKU's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PickFaceChosen(Event):
    """A SKU is picked from this bin, which is kept between two numbers of pieces."""

    NAME: ClassVar[str] = "stock.pick_face_chosen"
    bin: str
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PickFaceGivenUp(Event):
    """The bin is a bin like others for the SKU again."""

    NAME: ClassVar[str] = "stock.pick_face_given_up"
    bin: str
