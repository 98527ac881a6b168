"""Months, lines and digests, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.billing.rules import digests, lines, months
from toiya.domain.billing.rules.lines import Draft, Priced, Taken, Totals

DAY = date(2026, 11, 10)


def priced(source: str, amount: int, charge: int = 1) -> Priced:
    """A charge of one at that price."""
    entry = {"kind": "shipping", "ledger": []}
    return Priced(charge, source, "shipping", source, DAY, 1, str(amount), 1, amount, f"1 × {amount}", "", 0, 10, entry)


def told(drafts: list[Draft]) -> list[tuple[str, str, int]]:
    return [(draft.origin, draft.priced.kind, draft.amount_minor) for draft in drafts]


def test_a_month_ends_and_closes_on_the_operators_calendar() -> None:
    november = date(2026, 11, 1)
    assert months.instants(november) == (
        datetime(2026, 10, 31, 15, tzinfo=UTC),
        datetime(2026, 11, 30, 15, tzinfo=UTC),
    )
    assert months.closes_on(november) == date(2026, 12, 15)
    assert not months.is_due_to_close(november, datetime(2026, 12, 14, 14, 59, tzinfo=UTC))
    assert months.is_due_to_close(november, datetime(2026, 12, 14, 15, 0, tzinfo=UTC))
    assert months.is_over(november, datetime(2026, 12, 1, 4, 0, tzinfo=UTC), ZoneInfo("America/New_York")) is False
    assert [months.next_month(date(2026, 12, 1)), months.last_day(date(2028, 2, 1))] == [
        date(2027, 1, 1),
        date(2028, 2, 29),
    ]


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-1", "20260-1", "２０２６-11", "2026-00"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert months.parsed(text) is None
    assert months.parsed("2026-11") == date(2026, 11, 1)


def test_charges_stand_for_their_money_when_they_sum_to_it() -> None:
    moves = [Taken(1, "capture", "PCL-1", 30, DAY), Taken(2, "capture", "PCL-2", 9, DAY)]
    charges = [priced("PCL-1", 10, 1), priced("PCL-1", 20, 2), priced("PCL-2", 8, 3)]
    assert told(lines.lines_of(moves, charges, set(), 0)) == [
        ("taken", "shipping", 10),
        ("taken", "shipping", 20),
        ("taken", "unpriced", 9),
    ]


def test_what_two_purses_paid_for_one_cause_is_one_payment() -> None:
    moves = [Taken(1, "charge", "RMV-1", 30, DAY), Taken(2, "charge_ads", "RMV-1", 12, DAY)]
    (draft,) = lines.lines_of(moves, [priced("RMV-1", 42)], set(), 0)
    assert (draft.origin, draft.amount_minor, draft.wallet_entry_id, draft.also_entry_id) == ("taken", 42, 1, 2)


def test_paying_what_was_billed_before_makes_no_line() -> None:
    assert lines.lines_of([Taken(1, "charge", "STM-1", 600, DAY)], [], set(), 0) == []


def test_money_given_back_is_a_credit_or_stands_on_its_own_note() -> None:
    moves = [Taken(1, "refund", "PCL-1", 30, DAY), Taken(2, "refund", "2026-000007", 1250, DAY)]
    drafts = lines.lines_of(moves, [], {"2026-000007"}, 2)
    assert told(drafts) == [("credited", "credit", -30), ("noted", "credit", -1250)]
    assert drafts[1].priced.formula == "1 × 12.50"
    assert lines.totals_of([("taken", 5), ("due", 7), ("credited", -2), ("noted", -1)]) == Totals(5, 7, 3)
    assert Totals(5, 7, 3).total == 9


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.integers()), max_size=5))
def test_a_line_has_one_text_and_one_digest_whatever_the_order(line: dict[str, object]) -> None:
    turned = dict(reversed(line.items()))
    assert digests.digest(digests.canonical(line)) == digests.digest(digests.canonical(turned))
    assert digests.digest_of_all(["a", "b"]) != digests.digest_of_all(["b", "a"])
