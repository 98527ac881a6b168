"""Exact strings of the UX reference, section 8.6, in four languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from toiya.core.money import Money
from toiya.web.shared import formats

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 7, 5, tzinfo=UTC)
LANGUAGES = ("en", "ja", "zh-hans", "ko")


def in_all(make: object, *arguments: object) -> tuple[str, ...]:
    return tuple(make(*arguments, language) for language in LANGUAGES)  # type: ignore[operator]


def test_dates_read_as_each_language_writes_them() -> None:
    long = ("Sat, 21 Nov 2026", "2026年11月21日(土)", "2026年11月21日周六", "2026년 11월 21일 (토)")
    assert in_all(formats.date_long, DAY) == long
    assert in_all(formats.date_table, DAY) == ("21 Nov 2026", "2026/11/21", "2026/11/21", "2026. 11. 21.")
    assert in_all(formats.date_short, DAY) == ("21 Nov", "11月21日", "11月21日", "11월 21일")


def test_the_clock_has_24_hours_and_the_warehouses_zone() -> None:
    assert formats.clock(AT, TOKYO) == "16:05"
    assert formats.instant_with_zone(AT, TOKYO, "en", AT) == "16:05\xa0JST"
    assert formats.instant_with_zone(AT, ZoneInfo("Asia/Seoul"), "ko", AT) == "16:05\xa0KST"
    assert formats.zone_name(AT, ZoneInfo("Asia/Dubai")) == "UTC+04"


def test_another_day_and_another_year_are_said() -> None:
    assert formats.instant_with_zone(AT, TOKYO, "en", AT + timedelta(days=1)) == "21 Nov 16:05\xa0JST"
    assert formats.instant_with_zone(AT, TOKYO, "ja", AT + timedelta(days=60)) == "2026/11/21 16:05\xa0JST"


def test_relative_times_have_no_space_in_japanese() -> None:
    ago = in_all(formats.relative, AT - timedelta(minutes=38), AT)
    assert ago == ("38 minutes ago", "38分前", "38分钟前", "38분 전")
    assert in_all(formats.relative, AT + timedelta(hours=3), AT) == ("in 3 hours", "3時間後", "3小时后", "3시간 후")


def test_durations_show_their_two_largest_parts() -> None:
    span = timedelta(hours=1, minutes=38, seconds=20)
    assert in_all(formats.duration, span) == ("1 h 38 min", "1時間38分", "1 小时 38 分钟", "1시간 38분")
    assert formats.duration(timedelta(days=2), "en") == "2 d"
    assert formats.duration(timedelta(seconds=40), "ja") == "40秒"
    assert formats.duration(timedelta(0), "ko") == "0초"
    assert formats.duration(-span, "en") == "1 h 38 min"


def test_numbers_and_percent() -> None:
    assert set(in_all(formats.number, 1_234_567)) == {"1,234,567"}
    assert formats.number(-3, "en") == "\N{MINUS SIGN}3"
    assert in_all(formats.percent, 0.93) == ("93\xa0%", "93%", "93%", "93%")
    assert in_all(formats.compact, 12_000) == ("12K", "1万", "1万", "1만")


@pytest.mark.parametrize(
    ("unit", "count", "expected"),
    [
        ("pieces", 3, ("3 pcs", "3個", "3 件", "3개")),
        ("pieces", 1, ("1 pc", "1個", "1 件", "1개")),
        ("orders", 12, ("12 orders", "12件", "12 个订单", "12건")),
        ("cartons", 4, ("4 cartons", "4箱", "4 箱", "4박스")),
        ("parcels", 2, ("2 parcels", "2個口", "2 个包裹", "2박스")),
    ],
)
def test_counters_of_the_language(unit: str, count: int, expected: tuple[str, ...]) -> None:
    assert in_all(formats.counted, count, unit) == expected


def test_money_has_the_code_first_and_the_minus_before_it() -> None:
    assert set(in_all(formats.money, 1200, "JPY")) == {"JPY\xa01,200"}
    assert formats.money(-1200, "JPY", "ja") == "\N{MINUS SIGN}JPY\xa01,200"
    assert formats.money(123_456, "USD", "en") == "USD\xa01,234.56"
    assert formats.money(5, "USD", "en") == "USD\xa00.05"
    assert formats.money(50_000, "KRW", "ko") == "KRW\xa050,000"


def test_money_in_a_sentence_reads_as_in_every_language_of_the_house() -> None:
    for minor, currency in ((-1200, "JPY"), (123_456_789, "USD"), (0, "KRW"), (5, "CNY")):
        assert set(in_all(formats.money, minor, currency)) == {str(Money(minor, currency))}


def test_changes_of_money_carry_their_sign() -> None:
    assert formats.money_change(20_000, "JPY", "en") == "+20,000"
    assert formats.money_change(-180, "JPY", "en") == "\N{MINUS SIGN}180"
    assert formats.money_change(0, "JPY", "en") == "0"


def test_weights_and_lengths() -> None:
    assert formats.weight(950, "en") == "950\xa0g"
    assert formats.weight(1250, "ja") == "1.25\xa0kg"
    assert formats.length(625, "en") == "62.5\xa0cm"
    assert formats.length(620, "en") == "62\xa0cm"


def test_the_language_of_the_page_chooses_the_right_glyphs() -> None:
    assert [formats.html_language(tag) for tag in ("en", "ja", "zh-hans", "ko", "fr")] == [
        "en",
        "ja",
        "zh-Hans",
        "ko",
        "en",
    ]
