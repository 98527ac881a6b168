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


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelInDoubt(Event):
    """The carrier did not answer for so long that we stopped asking: it may have made the label or not."""

    NAME: ClassVar[str] = "label.in_doubt"
    label_id: int
    parcel: str
    carrier: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAskedAgain(Event):
    """A person had the carrier asked once more."""

    NAME: ClassVar[str] = "label.asked_again"
    label_id: int
    parcel: str
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAdded(Event):
    """A carrier's product can be chosen. The subject is the service's code; it belongs to no seller."""

    NAME: ClassVar[str] = "service.added"
    carrier: str
    price_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRangeOpened(Event):
    """Tracking numbers of a contract can be drawn. The subject is the carrier; it belongs to no seller."""

    NAME: ClassVar[str] = "number_range.opened"
    first_body: int
    last_body: int
    is_test: bool
