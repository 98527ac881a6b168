"""How the cells of an entered order are read: days, hours, countries, ways of sending. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

# Hours of delivery in one code for all carriers.
SLOTS = ("AM", "12-14", "14-16", "16-18", "18-20", "19-21", "18-21")
_MORNING = frozenset({"am", "午前", "午前中", "上午", "오전", "morning", "0812", "8-12", "08-12"})
_NO_SLOT = frozenset({"", "none", "なし", "指定なし", "無", "无", "없음", "any"})
_HOURS = re.compile(
    r"(\d{1,2})(?::00|時|时|시|点)?(?:-|~|から|到|부터)(\d{1,2})(?::00|時|时|시|点)?(?:まで|까지)?", re.ASCII
)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0{1,2}:00(?::00)?)?", re.ASCII)
_ORDINARY = frozenset(
    {"", "ordinary", "standard", "trackable", "express", "一般", "普通", "通常", "일반", "一般(可以运送追踪)"}
    | {"ordinary(trackable)", "ordinary,withtracking", "通常(追跡あり)", "普通(可追踪)", "일반(추적가능)"}
)
_COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "JP": ("", "jpn", "japan", "jp(japan)", "日本", "일본"),
    "KR": ("kor", "korea", "southkorea", "韓国", "韩国", "한국", "대한민국"),
    "CN": ("chn", "china", "中国", "중국"),
    "TW": ("twn", "taiwan", "台湾", "臺灣", "대만"),
    "HK": ("hkg", "hongkong", "香港", "홍콩"),
    "SG": ("sgp", "singapore", "シンガポール", "新加坡", "싱가포르"),
    "US": ("usa", "unitedstates", "アメリカ", "米国", "美国", "미국"),
}
_COUNTRY_OF = {word: code for code, words in _COUNTRIES.items() for word in words}


def folded_words(text: str) -> str:
    """Words for comparing: half-width, lower case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).replace("〜", "~").split()).casefold()


def country_of(text: str) -> str:
    """The country's code; nothing means Japan; empty for what is no country."""
    word = folded_words(text)
    if word in _COUNTRY_OF:
        return _COUNTRY_OF[word]
    return word.upper() if len(word) == 2 and word.isascii() and word.isalpha() else ""


def slot_of(text: str) -> str | None:
    """The code of the hours; empty for no wish; None for what is none."""
    word = folded_words(text)
    if word in _NO_SLOT:
        return ""
    if word in _MORNING:
        return "AM"
    match = _HOURS.fullmatch(word)
    found = f"{int(match[1]):02d}-{int(match[2]):02d}" if match else ""
    return found if found in SLOTS else None


def day_of(text: str) -> date | None:
    """2026-11-28, 2026/11/28, 2026年11月28日, also with a midnight that spreadsheets add; None for anything else."""
    match = _DAY.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def is_ordinary(service: str) -> bool:
    """Whether the words mean: ordinary, with tracking; we choose the service."""
    return folded_words(service) in _ORDINARY


def external_number(reference: str, site: str, number: str) -> str:
    """The order's number at its site; an order without one goes by its management number."""
    if not reference:
        return f"MN-{number}"
    return f"{site}: {reference}" if site else reference


def needs_goods(*, has_branch: bool, packs_itself: bool) -> bool:
    """
    Whether SKU and warehouse must be named (A163): a warehouse can send only what it keeps. A seller that packs its
    parcels itself may leave both out.
    """
    return has_branch or not packs_itself
