"""Barcodes, customs codes and surcharges are judged without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.catalog import rules
from toiya.domain.catalog.rules import BarcodeFault


@pytest.mark.parametrize(
    ("typed", "kept", "fault"),
    [
        ("4901234567894", "4901234567894", None),
        ("４９０１２３４５６７８９４", "4901234567894", None),
        ("4 901234-567894", "4901234567894", None),
        ("4901234567895", "4901234567895", BarcodeFault.CHECK_DIGIT),
        ("49123457", "49123457", BarcodeFault.CHECK_DIGIT),
        ("49123456", "49123456", None),
        ("036000291452", "036000291452", None),
        ("036000291453", "036000291453", BarcodeFault.CHECK_DIGIT),
        ("14901234567891", "14901234567891", None),
        ("123456", "123456", None),
        ("X000ABC123", "X000ABC123", None),
        (" ", "", BarcodeFault.EMPTY),
        ("A" * 41, "A" * 41, BarcodeFault.TOO_LONG),
        ("AB\x07C", "AB\x07C", BarcodeFault.UNSEEN),
    ],
)
def test_a_barcode_is_cleaned_and_its_check_digit_judged(typed: str, kept: str, fault: BarcodeFault | None) -> None:
    assert (rules.clean_barcode(typed), rules.barcode_fault(rules.clean_barcode(typed))) == (kept, fault)


@given(st.from_regex(r"[0-9]{13}", fullmatch=True))
def test_the_proposed_barcode_is_always_right(barcode: str) -> None:
    assert rules.barcode_fault(rules.right_barcode(barcode)) is None


def test_customs_codes_have_six_to_ten_digits() -> None:
    assert rules.clean_hs_code("６１０９.10-000") == "610910000"
    assert [rules.is_hs_code(code) for code in ("610910", "6109100000", "61091", "61091000000", "61091A")] == [
        *(True, True, False, False, False)
    ]


@pytest.mark.seed("A092")
@pytest.mark.parametrize(
    ("surcharges", "is_too_many", "percent"),
    [
        ([], False, 0),
        ([500], False, 100),
        ([0, 0, 0, 100], False, 25),
        ([0] * 7 + [1] * 3, True, 30),
        ([0] * 71 + [1] * 29, False, 29),
        ([0, 0, 100], True, 34),
    ],
)
def test_options_with_a_surcharge_stay_below_30_percent(surcharges: list[int], is_too_many: bool, percent: int) -> None:
    assert rules.has_too_many_surcharges(surcharges) is is_too_many
    assert rules.surcharged_percent(surcharges) == percent
