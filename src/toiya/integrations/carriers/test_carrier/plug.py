"""A carrier for trying things out: real-looking labels, numbers of a marked range, and nothing is shipped."""

from __future__ import annotations

from typing import ClassVar

from toiya.core.errors import Rejected
from toiya.domain.carriers.port import LabelAnswer, LabelRequest
from toiya.integrations.carriers.test_carrier.label import draw

FIRST_BODY = 99_900_000_001
LAST_BODY = 99_999_999_999
MOST_GRAMS = 30_000


class TestCarrier:
    """
    Implements `domain.carriers.port.Carrier`. It keeps nothing: the same request gives the same bytes.

    Nobody may invent numbers of a real carrier, so these bodies begin with 999 and the label says TEST.
    """

    __test__: ClassVar[bool] = False  # for pytest, which would take the name for a class of tests

    name = "test_carrier"
    label = "Test carrier"
    needs_number = True
    is_test = True

    def check_digit(self, body: int) -> str:
        """The 12-digit number of an 11-digit body: the body modulo 7 comes last. :raises ValueError:"""
        if not FIRST_BODY <= body <= LAST_BODY:
            raise ValueError(f"{body} is outside the test range {FIRST_BODY} to {LAST_BODY}")
        return f"{body}{body % 7}"

    def buy(self, request: LabelRequest) -> LabelAnswer:
        """The label for this reference. :raises Rejected: the request is not one a carrier could take"""
        self._check(request)
        document, remarks = draw(request)
        return LabelAnswer(request.tracking_number, document.pdf, remarks)

    def _check(self, request: LabelRequest) -> None:
        number = request.tracking_number
        is_number = len(number) == 12 and number.isascii() and number.isdigit()
        if not is_number or not FIRST_BODY <= int(number[:11]) <= LAST_BODY:
            raise Rejected("number_not_of_test_range", f"{number!r} is no number of the test range.")
        if self.check_digit(int(number[:11])) != number:
            raise Rejected("wrong_check_digit", f"The check digit of {number} is wrong.")
        if not 0 < request.weight_g <= MOST_GRAMS:
            raise Rejected("weight_out_of_range", f"{request.weight_g} g is not between 1 g and {MOST_GRAMS:,} g.")
        if request.pieces < 1:
            raise Rejected("no_pieces", f"{request.pieces} pieces cannot be shipped.")
        if not (request.receiver.name.strip() and request.receiver.first_line.strip()):
            raise Rejected("receiver_incomplete", "The receiver's name or address is empty.")
