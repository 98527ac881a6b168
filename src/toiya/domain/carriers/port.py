"""
The Carrier port: what every carrier's plug must be able to do for us.

A plug lives in `integrations/carriers/<name>/` and touches no database. Carriers that give us a range of
numbers get the number from us (`needs_number`), others return theirs. It raises `core.errors.Unreachable` or
`core.errors.Rejected`, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


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

    `pieces` counts the goods inside, of which `contents` names the first; a label is always one parcel.
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
    label: str
    needs_number: bool
    is_test: bool

    def check_digit(self, body: int) -> str:
        """The full tracking number of an 11-digit body (last digit = body modulo 7 for Japanese carriers)."""
        ...

    def buy(self, request: LabelRequest) -> LabelAnswer:
        """Make the label, or return the one made before for this reference. :raises Unreachable, Rejected:"""
        ...
