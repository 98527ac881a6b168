"""Phone numbers as the world knows them (A005, A012): typed anyhow, stored as E.164."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

import phonenumbers

# What a reader of that language means by a number without country code.
REGION_OF_LANGUAGE: Mapping[str, str] = {"ja": "JP", "ko": "KR", "zh-hans": "CN"}


def international(text: str, region: str = "") -> str:
    """`+819012345678`, or nothing when no phone has that number. `region` is meant where no country code stands."""
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text).strip()[:40], region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def for_people(stored: str) -> str:
    """`+81 90-1234-5678`."""
    try:
        number = phonenumbers.parse(stored, None)
    except phonenumbers.NumberParseException:
        return stored
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def region_of(stored: str) -> str:
    """The country a stored number belongs to, or nothing (numbers of satellites, shared country codes)."""
    try:
        return str(phonenumbers.region_code_for_number(phonenumbers.parse(stored, None)) or "")
    except phonenumbers.NumberParseException:
        return ""


def regions() -> frozenset[str]:
    """Every country that has phones: the ones a seller can be in."""
    return frozenset(str(region) for region in phonenumbers.SUPPORTED_REGIONS)
