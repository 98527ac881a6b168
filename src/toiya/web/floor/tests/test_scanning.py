"""What a scale or a pad sends, as a number."""

from __future__ import annotations

import pytest

from toiya.web.floor.scanning import grams_of, number_of


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("312", 312),
        ("312 g", 312),
        ("W312", 312),
        ("0.312kg", 312),
        ("1,25 KG", 1250),
        ("３１２", 312),
        ("4901234567894", None),
        ("123456", None),
        ("abc", None),
        ("", None),
        ("-3", None),
    ],
)
def test_a_weight_is_read_in_grams_and_a_barcode_is_none(text: str, grams: int | None) -> None:
    assert grams_of(text) == grams


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), (" 12 ", 12), ("３", 3), ("-1", None), ("1e3", None), ("", None)]
)
def test_a_keyed_number_is_whole(text: str, number: int | None) -> None:
    assert number_of(text) == number
