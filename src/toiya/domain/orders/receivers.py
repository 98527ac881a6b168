"""How a receiver's phone number is printed: in Japan as people there write it, abroad with its country code."""

from __future__ import annotations

import phonenumbers


def phone_for_labels(stored: str, country: str) -> str:
    """090-1234-5678 for a number of the country itself, else +82 10-1234-5678; empty for nothing."""
    if not stored:
        return ""
    number = phonenumbers.parse(stored, None)
    is_home = phonenumbers.region_code_for_number(number) == (country or "JP") == "JP"
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, kind))
