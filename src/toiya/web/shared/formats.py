"""Numbers, dates, money and counters in the reader's language (Babel behind one door; ux.md 8.6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal

from toiya.core.money import minor_digits

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"

_LOCALES = {"en": "en", "ja": "ja", "zh": "zh_Hans_CN", "ko": "ko"}
_LONG = {"en": "EEE, d MMM y", "ja": "y年M月d日(EEE)", "zh": "y年M月d日EEE", "ko": "y년 M월 d일 (EEE)"}
_TABLE = {"en": "d MMM y", "ja": "y/MM/dd", "zh": "y/MM/dd", "ko": "y. M. d."}
_SHORT = {"en": "d MMM", "ja": "M月d日", "zh": "M月d日", "ko": "M월 d일"}
_SPANS = {  # days, hours, minutes, seconds; then what stands between two of them
    "en": ("{} d", "{} h", "{} min", "{} s", " "),
    "ja": ("{}日", "{}時間", "{}分", "{}秒", ""),
    "zh": ("{} 天", "{} 小时", "{} 分钟", "{} 秒", " "),
    "ko": ("{}일", "{}시간", "{}분", "{}초", " "),
}
_COUNTERS = {  # one, many in English; one form elsewhere
    "pieces": {"en": ("{} pc", "{} pcs"), "ja": ("{}個",), "zh": ("{} 件",), "ko": ("{}개",)},
    "orders": {"en": ("{} order", "{} orders"), "ja": ("{}件",), "zh": ("{} 个订单",), "ko": ("{}건",)},
    "cartons": {"en": ("{} carton", "{} cartons"), "ja": ("{}箱",), "zh": ("{} 箱",), "ko": ("{}박스",)},
    "parcels": {
        "en": ("{} parcel", "{} parcels"),
        "ja": ("{}個口",),
        "zh": ("{} 个包裹",),
        "ko": ("{}박스",),
    },
}


def tongue(language: str) -> str:
    """The key of our tables for a language tag: en, ja, zh or ko; anything else reads English."""
    key = language.split("-")[0].split("_")[0].lower()
    return key if key in _LOCALES else "en"


def html_language(language: str) -> str:
    """The tag for `lang`: `zh-hans` becomes `zh-Hans`, so that the right glyphs are chosen."""
    return "zh-Hans" if tongue(language) == "zh" else tongue(language)


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES[tongue(language)])


def number(value: int | Decimal, language: str) -> str:
    """1,234,567 with U+2212 before a negative one."""
    shown = format_decimal(-value if value < 0 else value, locale=_locale(language))
    return MINUS + shown if value < 0 else shown


def percent(share: float | Decimal, language: str, digits: int = 0) -> str:
    """A share of one as a percentage: `93 %` in English, `93%` elsewhere."""
    shown = number(round(Decimal(str(share)) * 100, digits) if digits else round(share * 100), language)
    return f"{shown}{NO_BREAK}%" if tongue(language) == "en" else f"{shown}%"


def compact(value: int, language: str) -> str:
    """12K or 1万; for charts only."""
    if tongue(language) == "en":
        return number(value, language) if abs(value) < 1000 else f"{number(value // 1000, language)}K"
    unit = {"ja": "万", "zh": "万", "ko": "만"}[tongue(language)]
    return number(value, language) if abs(value) < 10_000 else f"{number(value // 10_000, language)}{unit}"


def counted(count: int, unit: str, language: str) -> str:
    """A count with the counter of the language; unit is pieces, orders, cartons or parcels."""
    forms = _COUNTERS[unit][tongue(language)]
    return forms[0 if count == 1 or len(forms) == 1 else 1].format(number(count, language))


def amount(minor: int, currency: str, language: str) -> str:
    """The number alone, with the decimals of the currency: for columns whose heading names the currency."""
    digits = minor_digits(currency)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    shown = format_decimal(major(abs(minor), currency), format=pattern, locale=_locale(language))
    return MINUS + shown if minor < 0 else shown


def major(minor: int, currency: str) -> Decimal:
    """Minor units as a decimal of the currency: 1250 USD is 12.50."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def money(minor: int, currency: str, language: str) -> str:
    """ISO code first, the minus before it: `−JPY 1,200`. Symbols are ambiguous between yen and yuan."""
    shown = f"{currency}{NO_BREAK}{amount(abs(minor), currency, language)}"
    return MINUS + shown if minor < 0 else shown


def money_change(minor: int, currency: str, language: str) -> str:
    """A signed number without the code: `+20,000`, `−180`, `0`."""
    return ("+" if minor > 0 else "") + amount(minor, currency, language)


def date_long(day: date, language: str) -> str:
    """Sat, 21 Nov 2026."""
    return format_date(day, _LONG[tongue(language)], locale=_locale(language))


def date_table(day: date, language: str) -> str:
    """21 Nov 2026; 2026/11/21."""
    return format_date(day, _TABLE[tongue(language)], locale=_locale(language))


def date_short(day: date, language: str) -> str:
    """21 Nov; the year is left to the reader."""
    return format_date(day, _SHORT[tongue(language)], locale=_locale(language))


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """16:05 in that zone; 24 hours in every language."""
    return instant.astimezone(zone).strftime("%H:%M")


def zone_name(instant: datetime, zone: ZoneInfo) -> str:
    """JST, KST; a zone without letters shows its offset as UTC+08."""
    name = instant.astimezone(zone).strftime("%Z")
    return f"UTC{name}" if name[:1] in "+-" else name


def instant_with_zone(instant: datetime, zone: ZoneInfo, language: str, now: datetime) -> str:
    """`16:05 JST` today, `20 Nov 16:05 JST` this year, else with the year."""
    local, today = instant.astimezone(zone).date(), now.astimezone(zone).date()
    told = f"{clock(instant, zone)}{NO_BREAK}{zone_name(instant, zone)}"
    if local == today:
        return told
    day = date_short(local, language) if local.year == today.year else date_table(local, language)
    return f"{day} {told}"


def relative(instant: datetime, now: datetime, language: str) -> str:
    """`38 minutes ago`, `in 3 hours`; to be shown only within a day and beside the exact time."""
    shown = format_timedelta(instant - now, add_direction=True, locale=_locale(language), threshold=1.5)
    return shown.replace(" ", "") if tongue(language) in {"ja", "zh"} else shown


def duration(span: timedelta, language: str) -> str:
    """The two largest parts: `1 h 38 min`, `2 d 4 h`, `40 s`; negative spans are shown as their length."""
    forms = _SPANS[tongue(language)]
    seconds = abs(int(span.total_seconds()))
    parts = (seconds // 86_400, seconds % 86_400 // 3600, seconds % 3600 // 60, seconds % 60)
    first = next((index for index, part in enumerate(parts) if part), 3)
    kept = [first] if first >= 2 or not parts[first + 1] else [first, first + 1]
    return forms[4].join(forms[index].format(parts[index]) for index in kept)


def weight(grams: int, language: str) -> str:
    """Grams below a kilogram, above it kilograms with two decimals at most."""
    if grams < 1000:
        return f"{number(grams, language)}{NO_BREAK}g"
    return f"{format_decimal(Decimal(grams) / 1000, format='#,##0.##', locale=_locale(language))}{NO_BREAK}kg"


def length(millimetres: int, language: str) -> str:
    """Centimetres with one decimal at most."""
    shown = format_decimal(Decimal(millimetres) / 10, format="#,##0.#", locale=_locale(language))
    return f"{shown}{NO_BREAK}cm"
