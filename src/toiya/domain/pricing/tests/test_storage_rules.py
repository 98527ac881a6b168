"""The manual's storage fee with every edge of it (A069-A071, A171), and what its step costs (L23)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toiya.domain.pricing.rules import Card, Kind, Line, Period, Rate, rate
from toiya.domain.pricing.storage_rules import Cliff, Move, SkuMonth, cliff, manual_rates, sku_months, storage_entries

TOKYO = ZoneInfo("Asia/Tokyo")
ZONES = {"FNB": TOKYO, "KWG": TOKYO, "NYC": ZoneInfo("America/New_York")}
NOVEMBER = Period.month(2026, 11)
MANUAL = Card("RC-MANUAL", 1, "JPY", manual_rates())
MUG = "300000000001-00001"
# Machines that many share draw slowly at times; what is drawn does not change.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment on a clock in Tokyo."""
    return datetime(2026, month, day, hour, minute, tzinfo=TOKYO).astimezone(UTC)


def came(pieces: int, moment: datetime, warehouse: str = "FNB") -> Move:
    return Move(MUG, warehouse, moment, pieces)


def shipped(pieces: int, moment: datetime, warehouse: str = "FNB") -> Move:
    return Move(MUG, warehouse, moment, -pieces, is_shipped=True)


def taken_out(pieces: int, moment: datetime) -> Move:
    return Move(MUG, "FNB", moment, -pieces)


def fees(moves: list[Move], month: Period = NOVEMBER, card: Card = MANUAL) -> list[Line]:
    entries = [entry for each in sku_months(moves, ZONES, month) for entry in storage_entries(each)]
    return rate(card, entries, month)


@pytest.mark.seed("A069", "A070")
def test_the_manuals_example_is_600_yen() -> None:
    """A070: 5 shipped in November, 20 left."""
    (line,) = fees([came(25, at(10, 5)), shipped(5, at(11, 12))])
    assert (line.amount_minor, line.formula, line.subject) == (600, "20 × 30", MUG)


@pytest.mark.seed("A069")
@pytest.mark.parametrize(("pieces", "fee"), [(0, [870]), (9, [600]), (10, []), (11, [])])
def test_ten_pieces_shipped_in_the_month_make_it_free(pieces: int, fee: list[int]) -> None:
    moves = [came(20 + 9, at(10, 5)), *[shipped(1, at(11, 1 + number)) for number in range(pieces)]]
    assert [line.amount_minor for line in fees(moves)] == fee


@pytest.mark.seed("A171")
@pytest.mark.parametrize(("month", "fee"), [(11, []), (12, [600])])
def test_the_month_of_the_first_inbound_is_free_and_the_next_is_not(month: int, fee: list[int]) -> None:
    moves = [came(25, at(11, 2)), shipped(5, at(11, 12))]
    assert [line.amount_minor for line in fees(moves, Period.month(2026, month))] == fee


@pytest.mark.parametrize(
    ("moves", "fee"),
    [
        ([taken_out(20, at(11, 15))], [150]),  # only what lies there at the end
        ([taken_out(25, at(11, 15))], []),  # nothing is left
        ([taken_out(25, at(11, 15)), came(3, at(11, 20))], [90]),  # not its first month: what came again pays
        ([shipped(5, at(11, 30, 23, 59))], [600]),
        ([shipped(5, at(12, 1, 0, 0))], [750]),  # left after midnight in Tokyo: December's
    ],
)
def test_what_left_in_the_middle_of_the_month_pays_nothing(moves: list[Move], fee: list[int]) -> None:
    assert [line.amount_minor for line in fees([came(25, at(10, 5)), *moves])] == fee


def test_two_warehouses_are_counted_apart() -> None:
    moves = [came(30, at(10, 5)), came(8, at(10, 5), "KWG"), shipped(10, at(11, 3)), shipped(2, at(11, 3), "KWG")]
    lines = fees(moves)
    assert [(line.entry.facts["warehouse"], line.amount_minor) for line in lines] == [("KWG", 180)]


def test_the_month_ends_at_midnight_of_the_warehouse() -> None:
    """23:30 on November 30 in New York is 13:30 on December 1 in Tokyo."""
    late = datetime(2026, 11, 30, 23, 30, tzinfo=ZONES["NYC"]).astimezone(UTC)
    in_new_york = [came(25, at(10, 5), "NYC"), shipped(5, late, "NYC")]
    in_tokyo = [came(25, at(10, 5)), shipped(5, late)]
    assert [line.quantity for line in fees(in_new_york)] == [20]
    assert [line.quantity for line in fees(in_tokyo)] == [25]


@pytest.mark.seed("L23")
def test_other_tariffs_count_days_volume_bins_pallets_peak_and_average() -> None:
    (month,) = sku_months([came(10, at(11, 1)), taken_out(6, at(11, 16))], ZONES, NOVEMBER, {MUG: 2_000})
    month = SkuMonth(**{name: getattr(month, name) for name in month.__slots__} | {"bin_days": 45, "pallet_days": 30})
    assert (month.piece_days, month.peak, month.average, month.left) == (15 * 10 + 15 * 4, 10, 7, 4)
    prices = {
        Kind.STORAGE_VOLUME_DAY: ("24", 1_000_000),
        Kind.STORAGE_BIN: ("12", 1),
        Kind.STORAGE_PALLET: ("80", 1),
        Kind.STORAGE_PEAK: ("9", 1),
        Kind.STORAGE_AVERAGE: ("15", 1),
    }
    card = Card("RC-X", 1, "JPY", tuple(Rate(kind, Decimal(p), {}, per) for kind, (p, per) in prices.items()))
    lines = {line.kind: (line.amount_minor, line.formula) for line in rate(card, storage_entries(month), NOVEMBER)}
    assert lines == {
        Kind.STORAGE_VOLUME_DAY: (10, "420000 × 24 ÷ 1000000"),
        Kind.STORAGE_BIN: (540, "45 × 12"),
        Kind.STORAGE_PALLET: (2400, "30 × 80"),
        Kind.STORAGE_PEAK: (90, "10 × 9"),
        Kind.STORAGE_AVERAGE: (105, "7 × 15"),
    }


@pytest.mark.seed("L23")
@pytest.mark.parametrize(
    ("sold", "left", "expected"),
    [
        (9, 20, Cliff(9, 20, 1, 600, 0)),
        (5, 20, Cliff(5, 20, 5, 600, 0)),
        (10, 20, None),  # free already
        (5, 3, None),  # there are not five more to sell
        (9, 1, None),  # the one piece sold saves its own 30 yen and no more
    ],
)
def test_what_the_step_at_ten_pieces_costs_is_said_for_each_sku(sold: int, left: int, expected: Cliff | None) -> None:
    moves = [came(sold + left, at(10, 5)), shipped(sold, at(11, 12))]
    (month,) = sku_months(moves, ZONES, NOVEMBER)
    found = cliff(MANUAL, storage_entries(month)[0])
    assert found == expected
    assert found is None or found.saved_minor == 600


CHANGES = st.lists(st.tuples(st.integers(-40, 70), st.integers(0, 23), st.integers(1, 30)), max_size=20)


@CALM
@given(CHANGES)
def test_levels_add_up_to_what_is_left(changes: list[tuple[int, int, int]]) -> None:
    start = at(11, 1, 0)
    moves = [Move(MUG, "FNB", start + timedelta(days=day, hours=hour), change) for day, hour, change in changes]
    found = sku_months(moves, ZONES, NOVEMBER)
    ends = date(2026, 12, 1)
    inside = [move for move in moves if move.at.astimezone(TOKYO).date() < ends]
    for month in found:
        assert month.left == sum(move.change for move in inside) == month.levels[-1]
        assert len(month.levels) == 30
        assert month.piece_days == sum(
            move.change * (ends - max(move.at.astimezone(TOKYO).date(), NOVEMBER.start)).days for move in inside
        )
