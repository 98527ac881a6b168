"""What the agreement says and what the house does cannot differ: each figure moves both, in every language (D-13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from toiya.domain.contracts import rules, text
from toiya.domain.contracts.rules import STANDARD, Terms
from toiya.domain.dues.rules import Debt, days_of_month, time_line

JP = STANDARD["JP"]
LANGUAGES = ("en", "ja", "zh-hans", "ko")
OCTOBER = date(2026, 10, 1)
# Another number for each figure, unlike every other number of the text.
OTHERS: Mapping[str, int] = {
    "booking_days": 7,
    "storage_below_pieces": 17,
    "storage_price_minor": 37,
    "storage_free_months": 6,
    "notice_day": 11,
    "due_day": 27,
    "grace_days": 9,
    "warn_days": 4,
    "stop_months": 8,
    "stop_warn_days": 19,
}


def days(terms: Terms) -> dict[str, date]:
    """When each thing happens to the unpaid fees of October."""
    notice_on, due_on = days_of_month(OCTOBER, terms)
    return {each.step.value: each.on for each in time_line(Debt(notice_on, due_on, terms, {}))}


# What the house does by each figure.
DONE_BY: Mapping[str, Callable[[Terms], Any]] = {
    "booking_days": lambda terms: rules.booked_by(date(2026, 11, 20), terms),
    "storage_below_pieces": lambda terms: rules.storage_fee(terms, shipped=12, left=1),
    "storage_price_minor": lambda terms: rules.storage_fee(terms, shipped=0, left=1),
    "storage_free_months": lambda terms: rules.is_free_month(terms, inbound=OCTOBER, month=date(2026, 12, 1)),
    "notice_day": lambda terms: days(terms)["notice"],
    "due_day": lambda terms: days(terms)["suspension"],
    "grace_days": lambda terms: days(terms)["suspension"],
    "warn_days": lambda terms: days(terms)["reminder"],
    "stop_months": lambda terms: days(terms)["stop"],
    "stop_warn_days": lambda terms: days(terms)["warning"],
}


def words(terms: Terms, language: str) -> str:
    return text.whole(replace(terms, governing=language), language)


def test_every_figure_is_looked_at() -> None:
    not_figures = {"country", "version", "currency", "zone", "governing"}
    every = {field.name for field in fields(Terms)} - not_figures
    assert set(OTHERS) == set(DONE_BY) == set(rules.LIMITS) == every


@pytest.mark.seed("A068", "A071")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figure", OTHERS)
def test_another_figure_is_another_text_and_another_deed(figure: str, language: str) -> None:
    changes: dict[str, Any] = {figure: OTHERS[figure]}
    other = replace(JP, **changes)

    before, after = words(JP, language), words(other, language)

    assert DONE_BY[figure](other) != DONE_BY[figure](JP)
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert changed
    assert all(str(OTHERS[figure]) in line for line in changed)


def test_a_text_with_a_number_of_its_own_would_be_found() -> None:
    """The control: a text that says 20 whatever the terms say has no changed line."""
    careless = words(JP, "en")
    assert [line for line in words(replace(JP, due_day=27), "en").splitlines() if line not in careless.splitlines()]
    assert not [line for line in careless.splitlines() if "27" in line]


def test_the_example_of_the_text_is_what_the_rule_makes() -> None:
    assert rules.storage_fee(JP, shipped=5, left=20) == 600
    assert rules.storage_fee(JP, shipped=10, left=20) == 0
    assert "5 pieces were shipped in November and 20 are left: 20 × 30 JPY = 600 JPY." in words(JP, "en")
    assert "20 × 12 JPY = 240 JPY" in words(replace(JP, storage_price_minor=12), "en")


@pytest.mark.seed("A065", "A067")
def test_what_is_no_number_is_said_as_well() -> None:
    said = words(JP, "en")
    assert "It inspects the quantity only and never the quality." in said
    assert "answers for damage in the warehouse from the inspection until the parcel leaves" in said
    assert "does not answer for damage in delivery" in said


def test_the_month_of_inbound_is_the_first_free_one() -> None:
    inbound = date(2026, 10, 31)
    assert rules.is_free_month(JP, inbound=inbound, month=date(2026, 10, 1))
    assert not rules.is_free_month(JP, inbound=inbound, month=date(2026, 11, 1))
    assert not rules.is_free_month(JP, inbound=inbound, month=date(2026, 9, 1))


def test_goods_that_came_on_friday_are_booked_by_monday() -> None:
    assert rules.booked_by(date(2026, 11, 20), JP) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("changes", "figure"),
    [
        ({"due_day": 31}, "due_day"),
        ({"notice_day": 20}, "due_day"),
        ({"colour": 1}, "colour"),
        ({"stop_warn_days": 1}, "stop_warn_days"),
    ],
)
def test_figures_that_cannot_be_are_named(changes: Mapping[str, int], figure: str) -> None:
    flaw = rules.first_flaw(changes, JP)
    assert flaw is not None
    assert flaw.figure == figure


def test_stored_figures_come_back_and_new_ones_have_their_standard() -> None:
    stored = rules.figures_of(JP)
    assert rules.terms_from(stored) == JP
    del stored["grace_days"]
    assert rules.terms_from({**stored, "of_tomorrow": 1}) == JP
