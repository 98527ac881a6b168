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


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsSet(Event):
    """A service takes other things from a day on. The subject is the service's code; it belongs to no seller."""

    NAME: ClassVar[str] = "service.terms_set"
    starts_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSet(Event):
    """What was agreed with a carrier was noted. The subject is the carrier; it belongs to no seller."""

    NAME: ClassVar[str] = "carrier.contract_set"
    way: str
    layout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierFileMade(Event):
    """Labels were written into a file for the carrier's program. The subject is the file; it belongs to no seller."""

    NAME: ClassVar[str] = "carrier.file_made"
    carrier: str
    layout: str
    labels: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHandedIn(Event):
    """A carrier's file came back. The subject is the answer's code; it belongs to no seller."""

    NAME: ClassVar[str] = "carrier.answer_handed_in"
    answer_id: int
    carrier: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelNumbered(Event):
    """A carrier's file gave the label its number."""

    NAME: ClassVar[str] = "label.numbered"
    label_id: int
    parcel: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelNumberTyped(Event):
    """A person typed the label's number from the carrier's form."""

    NAME: ClassVar[str] = "label.number_typed"
    label_id: int
    parcel: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachSet(Event):
    """A service goes to these countries from now on. The subject is the service's code; it belongs to no seller."""

    NAME: ClassVar[str] = "carrier.reach_set"
    countries: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelReprinted(Event):
    """A person printed the label once more."""

    NAME: ClassVar[str] = "label.reprinted"
    label_id: int
    parcel: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelScanned(Event):
    """The carrier scanned the parcel somewhere on its way."""

    NAME: ClassVar[str] = "carrier.scanned"
    label_id: int
    parcel: str
    carrier: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelDelivered(Event):
    """The carrier gave the parcel to its receiver."""

    NAME: ClassVar[str] = "carrier.delivered"
    label_id: int
    parcel: str
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelCameBack(Event):
    """The carrier brought the parcel back to its sender."""

    NAME: ClassVar[str] = "carrier.came_back"
    label_id: int
    parcel: str
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LossSuspected(Event):
    """The carrier has not scanned the parcel for so long that it may be lost."""

    NAME: ClassVar[str] = "carrier.loss_suspected"
    label_id: int
    parcel: str
    carrier: str
    days: int
