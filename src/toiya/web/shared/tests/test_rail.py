"""Which place of the rail a page belongs to."""

from __future__ import annotations

import pytest

from toiya.web.shared.shell import RailItem, mark_current

RAIL = (
    RailItem("Today", "/office/", "sun"),
    RailItem("Sellers", "/office/sellers/", "store", also=("/office/prices/",)),
    RailItem("Home", "/", "house"),
)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/office/", ["Today"]),
        ("/office/sellers/SEL-1/services/", ["Sellers"]),
        ("/office/prices/quote/", ["Sellers"]),
        ("/office/waves/", ["Today"]),
        ("/", ["Home"]),
        ("/orders/", []),
    ],
)
def test_the_longest_beginning_of_an_address_names_the_place(path: str, current: list[str]) -> None:
    assert [item.label for item in mark_current(RAIL, path) if item.current] == current
