"""A late order has exactly one cause and one owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from toiya.cli.simulate.blame import Times, blame, spans_of

PAID = datetime(2026, 11, 27, 1, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return PAID + timedelta(minutes=minutes)


QUICK = Times(PAID, at(5), at(300), allocated=at(6), sealed=at(30), labelled=at(31), shipped=at(40))


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (QUICK, "warehouse: not_worked_in_time"),
        (replace(QUICK, placed=at(28), allocated=at(28)), "site: seen_late"),
        (replace(QUICK, allocated=at(25)), "seller: no_stock"),
        (replace(QUICK, labelled=at(90), shipped=at(95)), "carrier: label_late"),
        (replace(QUICK, shipped=at(200)), "warehouse: not_loaded_in_time"),
        (Times(PAID, at(2), at(300), waits_for="no_sku"), "seller: not_linked"),
        (Times(PAID, at(2), at(300), waits_for="not_enough_stock"), "seller: no_stock"),
        (Times(PAID, at(2), at(300), waits_for="short_on_floor", was_short=True), "warehouse: pieces_missing"),
        (Times(PAID, at(2), at(300), at(3), at(9), held_by="wallet_too_low"), "seller: wallet_too_low"),
        (Times(PAID, at(2), at(300), at(3), at(9), held_by="label_rejected"), "carrier: label_refused"),
        (Times(PAID, at(2), at(300), at(3), at(9)), "carrier: label_late"),
    ],
)
def test_the_owner_who_had_it_longest_or_has_it_still_is_named(times: Times, told: str) -> None:
    assert str(blame(times)) == told


@pytest.mark.parametrize("times", [QUICK, Times(PAID, at(2), at(300)), replace(QUICK, allocated=at(400), sealed=None)])
def test_the_parts_are_the_whole_time(times: Times) -> None:
    parts = [span for _, span in spans_of(times)]

    assert sum(parts, timedelta()) == (times.shipped or times.now) - PAID
    assert min(parts) >= timedelta()
