"""What happens to labels. The subject is the order's code, from the shipment's snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelBought(Event):
    """The carrier made the label."""

    NAME: ClassVar[str] = "label.bought"
    label_id: int
    parcel: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRejected(Event):
    """The carrier declined, with its reason."""

    NAME: ClassVar[str] = "label.rejected"
    label_id: int
    parcel: str
    carrier: str
    problem: str
