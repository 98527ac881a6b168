"""By form: the contract of all carriers, and the postal union's check digit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.carrier_files_world import A_REQUEST
from tests.contracts.carrier_contract import CarrierContract
from toiya.core.errors import Rejected
from toiya.domain.carriers.port import Carrier, LabelRequest, TypedNumbers
from toiya.integrations.carriers.by_form.plug import ByForm, s10_digit


class TestByForm(CarrierContract):
    @pytest.fixture
    def carrier(self) -> Carrier:
        return ByForm()

    @pytest.fixture
    def wish(self) -> LabelRequest:
        return replace(A_REQUEST, tracking_number="EJ473124829JP")


@pytest.mark.parametrize(("body", "digit"), [("47312482", 9), ("12345678", 5)])
def test_the_check_digit_is_the_postal_unions(body: str, digit: int) -> None:
    assert s10_digit(body) == digit


def test_only_a_whole_number_is_taken() -> None:
    plug = ByForm()
    assert isinstance(plug, TypedNumbers)
    assert plug.is_number("EJ473124829JP")
    assert not any(plug.is_number(text) for text in ("", "EJ473124828JP", "EJ473124829", "ej473124829jp"))
    with pytest.raises(Rejected):
        plug.buy(A_REQUEST)
