"""What fits which service on which day, and which wishes for a day and a time can be kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from toiya.domain.carriers.catalogue import BY_CODE, OFFERS
from toiya.domain.carriers.destination_rules import is_island, lead_days, prefecture_of
from toiya.domain.carriers.service_rules import Misfit, Sizes, fits, fitting, tier_of
from toiya.domain.carriers.wish_rules import DeliveryWish, able, judge_wish
from toiya.domain.carriers.wish_words import SENTENCES, sentence

TODAY = date(2026, 11, 25)
OLD_DAY, NEW_DAY = date(2025, 11, 9), date(2025, 11, 10)
CASES = [
    ("NEKOPOS", (312, 228, 25), 1000, OLD_DAY, ()),
    ("NEKOPOS", (312, 228, 26), 900, OLD_DAY, (Misfit.TOO_LARGE,)),
    ("NEKOPOS", (312, 228, 26), 900, NEW_DAY, ()),
    ("NEKOPOS", (340, 230, 30), 1000, NEW_DAY, ()),
    ("NEKOPOS", (341, 200, 30), 900, NEW_DAY, (Misfit.TOO_LONG,)),
    ("NEKOPOS", (300, 200, 31), 900, NEW_DAY, (Misfit.TOO_THICK,)),
    ("NEKOPOS", (31, 300, 200), 1001, NEW_DAY, (Misfit.TOO_THICK, Misfit.TOO_HEAVY)),
    ("NEKOPOS", (229, 115, 10), 100, NEW_DAY, (Misfit.TOO_SMALL,)),
    ("NEKOPOS", (340, 240, 30), 900, NEW_DAY, (Misfit.TOO_LARGE,)),
    ("KURONEKO-YUPACKET", (200, 150, 20), 100, date(2025, 1, 31), (Misfit.NOT_OFFERED,)),
    ("KURONEKO-YUPACKET", (200, 150, 20), 100, date(2025, 2, 1), ()),
    ("COMPACT", (200, 50, 250), 9_000, TODAY, ()),
    ("COMPACT", (251, 200, 50), 900, TODAY, (Misfit.TOO_LARGE,)),
    ("TAKKYUBIN", (1700, 150, 150), 30_000, TODAY, ()),
    ("TAKKYUBIN", (1701, 150, 149), 30_001, TODAY, (Misfit.TOO_LONG, Misfit.TOO_HEAVY)),
    ("HIKYAKU", (600, 500, 500), 30_000, TODAY, ()),
    ("HIKYAKU", (601, 500, 500), 30_000, TODAY, (Misfit.TOO_LARGE,)),
    ("YUPACK", (600, 600, 500), 25_001, TODAY, (Misfit.TOO_HEAVY,)),
]


@pytest.mark.parametrize(("service", "sides", "grams", "day", "expected"), CASES)
def test_the_rule_of_the_day_the_parcel_leaves_says_what_fits(
    service: str, sides: tuple[int, int, int], grams: int, day: date, expected: tuple[Misfit, ...]
) -> None:
    assert fits(BY_CODE[service], Sizes(*sides), grams, day) == expected


def test_the_size_it_is_billed_as_is_the_larger_of_sides_and_weight() -> None:
    sizes = Sizes(400, 350, 300)
    tiers = {code: BY_CODE[code].on(TODAY) for code in ("TAKKYUBIN", "HIKYAKU")}
    found = {code: terms and tier_of(terms, sizes, 7_000) for code, terms in tiers.items()}
    assert {code: tier and tier.most_sum_mm for code, tier in found.items()} == {"TAKKYUBIN": 1200, "HIKYAKU": 1400}
    large = BY_CODE["HIKYAKU-LARGE"].on(TODAY)
    assert large is not None
    assert tier_of(large, Sizes(900, 900, 900), 1) is None


def test_services_that_take_a_thick_book() -> None:
    fitted = fitting(OFFERS, Sizes(240, 180, 40), 1_200, TODAY)
    assert [offer.code for offer in fitted] == ["COMPACT", "TAKKYUBIN", "HIKYAKU", "HIKYAKU-LARGE", "YUPACK"]


@pytest.mark.seed("A187")
def test_what_each_service_pays_for_a_lost_parcel() -> None:
    paid = {offer.code: terms.compensation_minor for offer in OFFERS if (terms := offer.on(TODAY))}
    assert paid == {
        "NEKOPOS": 3_000,
        "KURONEKO-YUPACKET": 0,
        "COMPACT": 30_000,
        "TAKKYUBIN": 300_000,
        "HIKYAKU": 300_000,
        "HIKYAKU-LARGE": 300_000,
        "CLICKPOST": 0,
        "YUPACKET": 0,
        "YUPACK": 300_000,
    }


TOKYO, OSAKA, NAHA = ("150-0001", "東京都"), ("530-0001", "大阪府"), ("900-0015", "沖縄県")
HACHIJO = ("100-1401", "東京都")
WISHES = [
    ("NEKOPOS", TOKYO, None, "", []),
    ("NEKOPOS", TOKYO, 1, "AM", ["service_takes_no_date", "service_takes_no_slot"]),
    ("NEKOPOS", TOKYO, None, "14-16", ["service_takes_no_slot"]),
    ("HIKYAKU", TOKYO, 0, "", ["date_too_early"]),
    ("HIKYAKU", TOKYO, 1, "AM", []),
    ("HIKYAKU", TOKYO, 2, "18-21", []),
    ("HIKYAKU", TOKYO, 3, "", ["date_too_late"]),
    ("HIKYAKU", OSAKA, 1, "AM", ["no_morning_on_first_day"]),
    ("HIKYAKU", OSAKA, 2, "AM", []),
    ("HIKYAKU", NAHA, 3, "", ["date_too_early"]),
    ("HIKYAKU", NAHA, 4, "", []),
    ("HIKYAKU", HACHIJO, 2, "", ["no_date_to_islands"]),
    ("HIKYAKU", HACHIJO, None, "16-18", []),
    ("TAKKYUBIN", TOKYO, 1, "12-14", ["service_has_no_such_slot"]),
    ("TAKKYUBIN", TOKYO, 1, "18-21", ["service_has_no_such_slot"]),
    ("YUPACK", TOKYO, 1, "12-14", []),
    ("YUPACK", TOKYO, 1, "lunch", ["service_has_no_such_slot"]),
]


@pytest.mark.seed("L25")
@pytest.mark.parametrize(("service", "place", "days", "slot", "codes"), WISHES)
def test_a_wish_is_judged_by_service_and_destination(
    service: str, place: tuple[str, str], days: int | None, slot: str, codes: list[str]
) -> None:
    day = None if days is None else TODAY + timedelta(days=days)
    found = judge_wish(BY_CODE[service], DeliveryWish(*place, TODAY, day, slot))
    assert [objection.code for objection in found] == codes
    assert all(objection.code in SENTENCES and sentence(objection) for objection in found)


def test_the_sentence_names_the_nearest_day_and_the_services_that_can() -> None:
    wish = DeliveryWish(*TOKYO, TODAY, TODAY, "12-14")
    (objection,) = judge_wish(BY_CODE["HIKYAKU"], wish)
    assert sentence(objection) == "飛脚宅配便 cannot be there that early. Choose 2026-11-26 or later."
    noon = DeliveryWish(*TOKYO, TODAY, None, "12-14")
    (other,) = judge_wish(BY_CODE["NEKOPOS"], noon)
    assert sentence(other, [offer.name for offer in able(OFFERS, noon)]) == (
        "ネコポス takes no delivery time. Leave the time out, or choose another service. "
        "These can: 飛脚宅配便, 飛脚ラージサイズ宅配便, ゆうパック."
    )


@pytest.mark.parametrize(
    ("postal_code", "prefecture", "island", "days"),
    [
        ("273-0017", "千葉県", False, 1),
        ("１００－１４０１", "東京都", True, 2),
        ("1002101", "東京都", True, 10),
        ("894-0001", "鹿児島県", True, 3),
        ("907-0001", "沖縄県", True, 4),
        ("952-0001", "新潟県", True, 3),
        ("060-0042", "北海道", False, 2),
        ("100-0001", "", False, 2),
    ],
)
def test_islands_and_days_on_the_way(postal_code: str, prefecture: str, island: bool, days: int) -> None:
    assert (is_island(postal_code), lead_days(postal_code, prefecture)) == (island, days)


def test_the_prefecture_an_address_begins_with() -> None:
    assert prefecture_of(" 京都府京都市中京区") == "京都府"
    assert prefecture_of("渋谷区神宮前") == ""
