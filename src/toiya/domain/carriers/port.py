"""
The Carrier port: what every carrier's plug must be able to do for us.

A plug lives in `integrations/carriers/<name>/` and touches no database. Carriers that give us a range of
numbers get the number from us (`needs_number`), others return theirs. It raises `core.errors.Unreachable` or
`core.errors.Rejected`, nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Party:
    """Sender or receiver as printed on the label."""

    name: str
    postal_code: str
    first_line: str
    second_line: str
    phone: str


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """
    One label. `reference` is our parcel's code; the same reference never makes a second label.

    `pieces` counts the goods inside, of which `contents` names the first; a label is always one parcel. `deliver_on`
    and `slot` (`service_rules.Slot`) are what the receiver asked for; it pays the carrier if `is_freight_collect`.
    """

    reference: str
    order_code: str
    service_code: str
    service_name: str
    tracking_number: str
    sender: Party
    receiver: Party
    weight_g: int
    pieces: int
    ship_on: date
    contents: str
    deliver_on: date | None = None
    slot: str = ""
    is_freight_collect: bool = False


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """
    What the carrier made: its number and the label as PDF, 100 x 150 mm.

    `remarks` says what a person should know though the label was made, such as characters not printed.
    """

    tracking_number: str
    document: bytes
    remarks: tuple[str, ...] = ()


class Carrier(Protocol):
    """One carrier."""

    name: str
    label: Any  # a name, or a lazy text where it is a sentence of ours
    needs_number: bool
    is_test: bool

    def check_digit(self, body: int) -> str:
        """The full tracking number of an 11-digit body (last digit = body modulo 7 for Japanese carriers)."""
        ...

    def buy(self, request: LabelRequest) -> LabelAnswer:
        """Make the label, or return the one made before for this reference. :raises Unreachable, Rejected:"""
        ...


@runtime_checkable
class TypedNumbers(Protocol):
    """A carrier whose number stands on a form made elsewhere, so that a person types it."""

    def is_number(self, text: str) -> bool:
        """Whether this is a whole number of the carrier, its check digit right."""
        ...


@dataclass(frozen=True, slots=True)
class Shipper:
    """Who sends, by the contract with the carrier: its customer code, and further codes of its bill."""

    customer_code: str = ""
    billing_class: str = ""
    fare_code: str = "01"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One label for a file. `key` is the control number the carrier gives back; capitals and digits only."""

    key: str
    request: LabelRequest


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """Why a row is not in a file: the carrier's field, what is wrong (a code of `field_rules`), the letters."""

    key: str
    field: str
    problem: str
    letters: str


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file's bytes, the rows in it by key, and what kept the others out."""

    content: bytes
    keys: tuple[str, ...]
    problems: tuple[FieldProblem, ...]


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A row of a result file: the number the carrier gave the label of that key. `is_printed` False: none yet."""

    key: str
    tracking_number: str
    is_printed: bool = True


@dataclass(frozen=True, slots=True)
class ScanRow:
    """A row of a status file: where the parcel was, by our word for it (empty: not understood), and when."""

    key: str
    tracking_number: str
    state: str
    happened_at: datetime | None


@runtime_checkable
class FileCarrier(Protocol):
    """
    A carrier whose own program makes the slips: it takes our file and gives one with numbers back.

    A plug may be both, this and `Carrier`; which way is used says the contract.
    """

    name: str
    layouts: Mapping[str, str]

    def check(self, request: LabelRequest) -> tuple[FieldProblem, ...]:
        """What would keep this label out of every file."""
        ...

    def write(self, layout: str, rows: Sequence[FileRow], shipper: Shipper) -> WrittenFile:
        """The file of these rows; a row with a problem is left out and told. The same rows give the same bytes."""
        ...

    def read_numbers(self, content: bytes) -> tuple[NumberRow, ...]:
        """The rows of a result file. :raises Rejected: no such file of this carrier"""
        ...


@runtime_checkable
class ScanFiles(Protocol):
    """A carrier whose program tells in a file where parcels are."""

    def read_scans(self, content: bytes) -> tuple[ScanRow, ...]:
        """The rows of a status file. :raises Rejected: no such file of this carrier"""
        ...


@runtime_checkable
class PrinterLabels(Protocol):
    """A carrier whose labels can be had in the language of a label printer too."""

    def zpl(self, request: LabelRequest, dots_an_inch: int) -> bytes:
        """The label of `buy`, for a printer of so many dots an inch. :raises Rejected:"""
        ...
