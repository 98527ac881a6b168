"""What a fact costs: the nearest and most specific rule, one rounding, and nothing that depends on order or period."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toiya.domain.pricing import card_rules
from toiya.domain.pricing.amounts import amount_of, formula_of
from toiya.domain.pricing.codec import entry_as_json, entry_of, rate_as_json, rate_of
from toiya.domain.pricing.models import ChargeKind
from toiya.domain.pricing.rules import SHARES, Card, Entry, Kind, Line, Period, Rate, rate

DAY = date(2026, 11, 20)
NOVEMBER = Period.month(2026, 11)
PLAIN = [kind for kind in Kind if kind not in SHARES]
# Machines that many share draw slowly at times; what is drawn does not change.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def card(*rates: Rate, currency: str = "JPY") -> Card:
    return Card("RC-TEST", 3, currency, rates)


def a_rate(kind: Kind, price: str, per: int = 1, **conditions: str | int) -> Rate:
    return Rate(kind, Decimal(price), conditions, per)


def entry(kind: Kind, quantity: int = 1, *, on: date = DAY, list_price: int | None = None, **facts: str | int) -> Entry:
    return Entry(kind, on, "PCL-1", quantity, facts, list_price)


def amounts(lines: list[Line]) -> list[int]:
    return [line.amount_minor for line in lines]


def test_every_kind_has_its_word() -> None:
    assert {str(kind) for kind in Kind} == set(ChargeKind.values)


def test_a_rule_prices_a_fact_and_says_how() -> None:
    (line,) = rate(card(a_rate(Kind.STORAGE_MONTH, "30")), [entry(Kind.STORAGE_MONTH, 20)], NOVEMBER)
    assert (line.amount_minor, line.formula, line.card, line.version) == (600, "20 × 30", "RC-TEST", 3)


def test_without_a_rule_the_list_price_counts_and_without_both_nothing() -> None:
    entries = [entry(Kind.SHIPPING, list_price=310), entry(Kind.PICK_MORE, 4)]
    (line,) = rate(card(), entries, NOVEMBER)
    assert (line.amount_minor, line.formula, line.card, line.version) == (310, "1 × 310", "", 0)


def test_a_rule_of_nothing_is_a_line_of_nothing() -> None:
    (line,) = rate(card(a_rate(Kind.SHIPPING, "0")), [entry(Kind.SHIPPING, list_price=310)], NOVEMBER)
    assert (line.amount_minor, line.formula) == (0, "1 × 0")


@pytest.mark.parametrize(
    ("facts", "price"),
    [
        ({}, 500),
        ({"service": "nekopos"}, 300),
        ({"warehouse": "FNB"}, 450),
        ({"service": "nekopos", "warehouse": "FNB"}, 280),
        ({"service": "nekopos", "warehouse": "KWG"}, 300),
        ({"service": "cool", "warehouse": "KWG"}, 500),
    ],
)
def test_the_rule_with_the_most_conditions_wins(facts: dict[str, str], price: int) -> None:
    prices = card(
        a_rate(Kind.SHIPPING, "500"),
        a_rate(Kind.SHIPPING, "450", warehouse="FNB"),
        a_rate(Kind.SHIPPING, "300", service="nekopos"),
        a_rate(Kind.SHIPPING, "280", service="nekopos", warehouse="FNB"),
    )
    assert amounts(rate(prices, [entry(Kind.SHIPPING, **facts)], NOVEMBER)) == [price]


def test_of_two_rules_with_one_condition_the_service_comes_before_the_warehouse() -> None:
    rates = (a_rate(Kind.SHIPPING, "450", warehouse="FNB"), a_rate(Kind.SHIPPING, "300", service="nekopos"))
    fact = entry(Kind.SHIPPING, service="nekopos", warehouse="FNB")
    assert amounts(rate(card(*rates), [fact], NOVEMBER)) == [300]
    assert amounts(rate(card(*reversed(rates)), [fact], NOVEMBER)) == [300]


@pytest.mark.parametrize(("weight_g", "price"), [(1_999, 0), (2_000, 100), (4_999, 100), (5_000, 250)])
def test_limits_are_from_and_under(weight_g: int, price: int) -> None:
    prices = card(
        a_rate(Kind.SURCHARGE, "100", weight_g_from=2_000, weight_g_under=5_000),
        a_rate(Kind.SURCHARGE, "250", weight_g_from=5_000),
        a_rate(Kind.SURCHARGE, "0"),
    )
    assert amounts(rate(prices, [entry(Kind.SURCHARGE, weight_g=weight_g)], NOVEMBER)) == [price]


def test_a_fact_that_is_not_told_fulfils_no_condition() -> None:
    prices = card(a_rate(Kind.SURCHARGE, "100", weight_g_under=5_000))
    assert rate(prices, [entry(Kind.SURCHARGE)], NOVEMBER) == []


def test_the_nearest_card_wins_and_what_it_does_not_name_falls_through() -> None:
    standard = Card("RC-STANDARD", 1, "JPY", (a_rate(Kind.SHIPPING, "500"), a_rate(Kind.PICK_MORE, "10")))
    own = Card("RC-OWN", 2, "JPY", (a_rate(Kind.SHIPPING, "400"),))
    both = card_rules.layered([own, standard], "JPY")
    lines = rate(both, [entry(Kind.SHIPPING), entry(Kind.PICK_MORE, 3)], NOVEMBER)
    assert [(line.amount_minor, line.card, line.version) for line in lines] == [
        (400, "RC-OWN", 2),
        (30, "RC-STANDARD", 1),
    ]


def test_a_general_rule_of_the_nearest_card_beats_a_special_one_further_away() -> None:
    standard = Card("RC-STANDARD", 1, "JPY", (a_rate(Kind.SHIPPING, "500", service="nekopos"),))
    own = Card("RC-OWN", 2, "JPY", (a_rate(Kind.SHIPPING, "400"),))
    fact = entry(Kind.SHIPPING, service="nekopos")
    assert amounts(rate(card_rules.layered([own, standard], "JPY"), [fact], NOVEMBER)) == [400]


def test_a_card_in_another_currency_does_not_count() -> None:
    dollars = Card("RC-USD", 1, "USD", (a_rate(Kind.SHIPPING, "4.50"),))
    assert card_rules.layered([dollars], "JPY").rates == ()


def test_a_share_is_a_percentage_of_the_other_lines_of_its_subject_and_day() -> None:
    prices = card(
        a_rate(Kind.INBOUND_PIECE, "5"), a_rate(Kind.INBOUND_CARTON, "100"), a_rate(Kind.INBOUND_EXPRESS, "50")
    )
    entries = [
        entry(Kind.INBOUND_EXPRESS),
        entry(Kind.INBOUND_PIECE, 211),
        entry(Kind.INBOUND_CARTON, 2),
        entry(Kind.SKU_LABEL, 211, list_price=7),
        entry(Kind.INBOUND_PIECE, 9, on=DAY - timedelta(days=1)),
        Entry(Kind.INBOUND_PIECE, DAY, "CB-OTHER", 9),
    ]
    lines = {line.kind: line for line in rate(prices, entries, Period.day(DAY))}
    assert lines[Kind.INBOUND_EXPRESS].amount_minor == 628  # 1,055 + 200 = 1,255; half of it, half up
    assert lines[Kind.INBOUND_EXPRESS].formula == "1255 × 50 ÷ 100"


def test_prices_with_decimals_are_rounded_once_half_up() -> None:
    prices = card(a_rate(Kind.STORAGE_VOLUME_DAY, "24", per=1_000_000))
    (line,) = rate(prices, [entry(Kind.STORAGE_VOLUME_DAY, 1_020_834)], NOVEMBER)
    assert (line.amount_minor, line.formula) == (25, "1020834 × 24 ÷ 1000000")  # 24.500016
    assert amounts(rate(card(a_rate(Kind.INSERT, "0.5")), [entry(Kind.INSERT)], NOVEMBER)) == [1]
    dollars = card(a_rate(Kind.INSERT, "0.125"), currency="USD")
    assert amounts(rate(dollars, [entry(Kind.INSERT)], NOVEMBER)) == [13]


def test_a_month_ends_before_the_next_begins() -> None:
    assert Period.month(2026, 12) == Period(date(2026, 12, 1), date(2027, 1, 1))
    assert (date(2026, 11, 30) in NOVEMBER, date(2026, 12, 1) in NOVEMBER) == (True, False)


def test_carriage_out_of_the_country_bears_no_tax() -> None:
    assert card_rules.tax_percent(entry(Kind.SHIPPING, country="US")) == 0
    assert card_rules.tax_percent(entry(Kind.SHIPPING, country="JP")) == 10
    assert card_rules.tax_percent(entry(Kind.PICK_FIRST, country="US")) == 10


# Any cards and any entries.

FACTS = st.fixed_dictionaries(
    {}, optional={"service": st.sampled_from("ab"), "warehouse": st.sampled_from("xy"), "shipped": st.integers(0, 20)}
)
CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "service": st.sampled_from("ab"),
        "warehouse": st.sampled_from("xy"),
        "shipped_under": st.integers(0, 20),
    },
)
PRICES = st.decimals(0, 5000, places=2)
RATES = st.builds(Rate, st.sampled_from(Kind), PRICES, CONDITIONS, st.sampled_from([1, 10, 1000]))
CARDS = st.lists(RATES, max_size=8, unique_by=card_rules.key).map(lambda rates: card(*rates))
DAYS = st.dates(date(2026, 11, 1), date(2026, 12, 31))
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.sampled_from(Kind),
        DAYS,
        st.sampled_from(["CB-1", "CB-2"]),
        st.integers(1, 100_000),
        FACTS,
        st.none() | st.integers(0, 500),
        st.lists(st.integers(1, 99), max_size=3).map(tuple),
    ),
    max_size=12,
)
BOTH = Period(date(2026, 11, 1), date(2027, 1, 1))


def shown(lines: list[Line]) -> list[str]:
    return sorted(repr(line) for line in lines)


@CALM
@given(CARDS, ENTRIES, st.integers(0, 12))
def test_the_order_of_the_entries_does_not_matter(prices: Card, entries: list[Entry], cut: int) -> None:
    for mixed in (entries[::-1], entries[cut:] + entries[:cut], sorted(entries, key=repr)):
        assert shown(rate(prices, mixed, BOTH)) == shown(rate(prices, entries, BOTH))


@CALM
@given(CARDS, ENTRIES, DAYS)
def test_two_parts_of_a_period_are_the_whole(prices: Card, entries: list[Entry], between: date) -> None:
    parts = [Period(BOTH.start, between), Period(between, BOTH.end)]
    lines = [line for part in parts for line in rate(prices, entries, part)]
    assert shown(lines) == shown(rate(prices, entries, BOTH))


@CALM
@given(CARDS, ENTRIES)
def test_rating_the_entries_of_the_lines_again_changes_nothing(prices: Card, entries: list[Entry]) -> None:
    lines = rate(prices, entries, BOTH)
    assert shown(rate(prices, [line.entry for line in lines], BOTH)) == shown(lines)


@CALM
@given(CARDS, ENTRIES)
def test_each_line_is_its_formula_rounded_once(prices: Card, entries: list[Entry]) -> None:
    for line in rate(prices, entries, BOTH):
        product, _, per = line.formula.partition(" ÷ ")
        quantity, price = product.split(" × ")
        exact = Fraction(quantity) * Fraction(price) / Fraction(per or "1")
        assert line.amount_minor == (exact.numerator * 2 + exact.denominator) // (exact.denominator * 2)  # half up
        assert Fraction(line.quantity) * Fraction(line.unit_price) / line.per == exact


@CALM
@given(CARDS, ENTRIES)
def test_what_is_stored_gives_the_same_lines(prices: Card, entries: list[Entry]) -> None:
    stored = [entry_of(entry_as_json(each)) for each in entries]
    again = card(*(rate_of(rate_as_json(each), {}) for each in prices.rates))
    money = [(line.amount_minor, line.formula, line.subject) for line in rate(again, stored, BOTH)]
    assert money == [(line.amount_minor, line.formula, line.subject) for line in rate(prices, entries, BOTH)]


@CALM
@given(st.integers(0, 10**9), PRICES, st.sampled_from(["JPY", "USD"]), st.sampled_from([1, 10]))
def test_the_quick_way_for_whole_units_is_the_same(quantity: int, price: Decimal, currency: str, per: int) -> None:
    prices = card(Rate(Kind.INSERT, price, {}, per), currency=currency)
    (line,) = rate(prices, [entry(Kind.INSERT, quantity)], NOVEMBER)
    exact = (quantity * price / per).scaleb(0 if currency == "JPY" else 2).quantize(Decimal(1), ROUND_HALF_UP)
    assert line.amount_minor == amount_of(quantity, price, per, currency) == int(exact)
    assert line.formula == formula_of(quantity, price, per)
