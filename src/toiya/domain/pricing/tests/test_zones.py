"""Prices of carriage by zone: which rule holds where, the sheet they come from, and the version it becomes."""

from __future__ import annotations

import pytest

from tests.pricing_world import SECOND, TODAY, WRITER, a_card, a_rate
from tests.world import NOON
from toiya.core.sheet_files import csv_content
from toiya.core.sheets import UnreadableSheet
from toiya.domain.pricing import card_rules, zone_sheet
from toiya.domain.pricing.actions.cards import approve_version
from toiya.domain.pricing.actions.zones import ZonePrices, ZoneSheetOff, take_zone_prices
from toiya.domain.pricing.codec import rate_as_json, rate_of
from toiya.domain.pricing.models import CardVersion, RateCard
from toiya.domain.pricing.rules import Card, Entry, Kind, Period, rate
from toiya.domain.pricing.steps import NothingChanged, RateOff

HEADINGS = ["service", "zone", "places", "60", "80", "surcharge"]
SHEET = [
    HEADINGS,
    ["TAKKYUBIN", "九州", "福岡 長崎県", "1460", "1,740", ""],
    ["TAKKYUBIN", "関東", "東京都 千葉", "940", "1230", ""],
    ["HIKYAKU", "九州", "", "1180", "", ""],
    ["HIKYAKU", "Islands", "817 811-51", "", "", "500"],
]
ZONES = {"九州": ("福岡県", "長崎県"), "関東": ("千葉県", "東京都"), "Islands": ("81151", "817")}


def numbered(sheet: list[list[str]]) -> list[tuple[int, list[str]]]:
    return list(enumerate(sheet, start=1))


def the_card() -> Card:
    table = zone_sheet.table_of(numbered(SHEET), {})
    return Card("RC-1", 1, "JPY", tuple(rate_of(rate_as_json(each), table.zones) for each in table.rates), table.zones)


def costs(service: str, prefecture: str, **facts: str | int) -> dict[str, int]:
    told = {"service": service, "prefecture": prefecture, **facts}
    entries = [Entry(Kind.SHIPPING, TODAY, "P", 1, told, 385), Entry(Kind.SURCHARGE, TODAY, "P", 1, told)]
    return {str(line.kind): line.amount_minor for line in rate(the_card(), entries, Period.day(TODAY))}


@pytest.mark.parametrize(
    ("service", "prefecture", "facts", "expected"),
    [
        ("TAKKYUBIN", "長崎県", {"size": 80}, {"shipping": 1740}),
        ("TAKKYUBIN", "東京都", {"size": 60}, {"shipping": 940}),
        ("TAKKYUBIN", "東京都", {}, {"shipping": 385}),  # not measured: the list price
        ("TAKKYUBIN", "大阪府", {"size": 60}, {"shipping": 385}),  # in no zone of the card
        ("HIKYAKU", "長崎県", {"size": 60, "remote": "Islands"}, {"shipping": 1180, "surcharge": 500}),
        ("TAKKYUBIN", "長崎県", {"size": 60, "remote": "Islands"}, {"shipping": 1460}),
    ],
)
def test_service_zone_and_size_decide(
    service: str, prefecture: str, facts: dict[str, str | int], expected: dict[str, int]
) -> None:
    assert costs(service, prefecture, **facts) == expected


def test_the_longest_beginning_of_a_postal_code_names_the_zone() -> None:
    zones = {"Far": ("1002",), "Izu": ("100",), "関東": ("東京都",)}
    found = [card_rules.remote_area(zones, code) for code in ("1002101", "1000101", "1600022")]
    assert found == ["Far", "Izu", ""]


def test_the_sheet_of_a_card_says_the_same_again() -> None:
    card = the_card()
    again = zone_sheet.table_of(numbered(zone_sheet.rows_of(card)), {})
    assert again.zones == ZONES
    assert sorted(map(str, again.rates)) == sorted(map(str, zone_sheet.table_of(numbered(SHEET), {}).rates))


@pytest.mark.parametrize(
    ("sheet", "code", "row"),
    [
        ([["service", "60"]], "headings", 0),
        ([["service", "zone", "places", "cheap"]], "heading", 1),
        ([HEADINGS, ["A", "", "東京", "1"]], "zone", 2),
        ([HEADINGS, ["", "関東", "東京", "1"]], "service", 2),
        ([HEADINGS, ["A", "関東", "Tokio", "1"]], "place", 2),
        ([HEADINGS, ["A", "関東", "12", "1"]], "place", 2),
        ([HEADINGS, ["A", "関東", "東京", "1"], ["B", "関東", "千葉", "1"]], "other_places", 3),
        ([HEADINGS, ["A", "関東", "", "1"]], "no_places", 2),
        ([HEADINGS, ["A", "関東", "東京", "cheap"]], "price", 2),
        ([HEADINGS, ["A", "関東", "東京", "1"], ["A", "関東", "", "2"]], "twice", 3),
        ([HEADINGS, ["", "関東", "東京"]], "no_price", 0),
    ],
)
def test_a_sheet_that_is_none_says_in_which_row(sheet: list[list[str]], code: str, row: int) -> None:
    with pytest.raises(zone_sheet.SheetFlaw) as flaw:
        zone_sheet.table_of(numbered(sheet), {})
    assert (flaw.value.code, flaw.value.row) == (code, row)


def taken(card: RateCard, sheet: list[list[str]]) -> CardVersion:
    prices = ZonePrices(csv_content(sheet, "utf-8-sig"), TODAY)
    return take_zone_prices(card_code=card.code, prices=prices, actor=WRITER, at=NOON)


@pytest.mark.django_db
def test_a_sheet_becomes_the_next_version_which_a_second_person_approves() -> None:
    """A second sheet says one service anew: the other's prices stay, and a zone that nothing names any more goes."""
    card = a_card(a_rate(Kind.SHIPPING, "310", service="post"))
    first = taken(card, SHEET)
    assert not hasattr(first, "approval")
    assert {name: tuple(places) for name, places in first.zones.items()} == ZONES
    assert len(first.rates) == 1 + 6
    approve_version(card_code=card.code, number=2, actor=SECOND, at=NOON)
    second = taken(card, [HEADINGS, ["HIKYAKU", "九州", "", "1200", "", ""]])
    assert sorted(second.zones) == ["九州", "関東"]
    prices = {(each["conditions"].get("service"), each["price"]) for each in second.rates}
    assert prices >= {("post", "310"), ("TAKKYUBIN", "1460"), ("HIKYAKU", "1200")}
    assert ("HIKYAKU", "1180") not in prices


@pytest.mark.django_db
def test_what_is_no_sheet_or_no_price_writes_no_version() -> None:
    card = a_card(a_rate(Kind.SHIPPING, "310", service="post"))
    taken(card, SHEET)
    approve_version(card_code=card.code, number=2, actor=SECOND, at=NOON)
    for sheet, refusal in (
        (SHEET, NothingChanged),
        ([HEADINGS, ["A", "関東", "Tokio", "1"]], ZoneSheetOff),
        ([HEADINGS, ["A", "関東", "東京", "0"]], RateOff),
    ):
        with pytest.raises(refusal):
            taken(card, sheet)
    with pytest.raises(UnreadableSheet):
        take_zone_prices(card_code=card.code, prices=ZonePrices(b"", TODAY), actor=WRITER, at=NOON)
    assert CardVersion.objects.count() == 2
