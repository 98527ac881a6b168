"""Numbers by which states know firms, each judged by its country's own rule (A014; carriers.md sections 2 and 5)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_UEN_OTHER = "ABCDEFGHJKLMNPQRSTUVWX0123456789"
_SHAPES: Mapping[str, str] = {
    "TW": r"\d{8}",
    "US": r"\d{9}",
    "MY": r"\d{12}|\d{6,7}[A-Z]",
    "HK": r"\d{8}(\d{3})?",
    "TH": r"\d{13}",
    "VN": r"\d{10}(\d{3})?",
}
_ANY = r"[0-9A-Z]{4,20}"
# How a number of that country looks, to show beside the field.
EXAMPLES: Mapping[str, str] = {
    "KR": "220-81-62517",
    "JP": "T7000012050002",
    "CN": "91440300708461136T",
    "SG": "197401143C",
    "TW": "12345678",
    "US": "12-3456789",
}
# Where even a sole trader has a number of this kind; elsewhere it may be left out (個人事業主 in Japan have none).
ALWAYS_NUMBERED = frozenset({"KR", "CN", "SG"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """`clean` is how the number is stored; `problem` (refused) and `remark` (only shown) are codes or empty."""

    clean: str
    problem: str = ""
    remark: str = ""


def judge(country: str, number: str, *, is_sole_trader: bool = False) -> Verdict:
    """
    Problems: missing, shape, check_digit, my_number (a person's number that nobody may give us). Remark: not_a_company.
    """
    clean = re.sub(r"[\s\-‐‑–—ー.·/]", "", unicodedata.normalize("NFKC", number)).upper()
    if not clean:
        return Verdict("", "missing" if is_needed(country, is_sole_trader=is_sole_trader) else "")
    if country == "JP":
        return _japan(clean, is_sole_trader)
    rule = _RULES.get(country)
    if rule is not None:
        return Verdict(clean, rule(clean))
    return Verdict(clean, "" if re.fullmatch(_SHAPES.get(country, _ANY), clean) else "shape")


def is_needed(country: str, *, is_sole_trader: bool) -> bool:
    """Whether the field may not be left empty."""
    return not is_sole_trader or country in ALWAYS_NUMBERED


def _japan(clean: str, is_sole_trader: bool) -> Verdict:
    """
    法人番号, or the T number of a qualified invoice issuer.

    A T number that is no 法人番号 may well be a sole trader's, so only of a company the check digit is asked (5.2).
    """
    digits = clean.removeprefix("T")
    if re.fullmatch(r"\d{12}", digits) and is_sole_trader:
        return Verdict("", "my_number")
    if not re.fullmatch(r"\d{13}", digits) or (is_sole_trader and not clean.startswith("T")):
        return Verdict(clean, "shape")
    if digits[0] == japanese_check(digits[1:]):
        return Verdict(clean)
    return Verdict(clean, remark="not_a_company") if is_sole_trader else Verdict(clean, "check_digit")


def japanese_check(body: str) -> str:
    """The first digit of a 法人番号 from its other twelve."""
    total = sum(int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(body), start=1))
    return str(9 - total % 9)


def _korea(clean: str) -> str:
    if not re.fullmatch(r"\d{10}", clean):
        return "shape"
    return "" if clean[9] == korean_check(clean[:9]) else "check_digit"


def korean_check(body: str) -> str:
    """The tenth digit of a 사업자등록번호."""
    digits = [int(digit) for digit in body]
    total = sum(digit * weight for digit, weight in zip(digits, (1, 3, 7, 1, 3, 7, 1, 3, 5), strict=True))
    return str((10 - (total + digits[8] * 5 // 10) % 10) % 10)


def _china(clean: str) -> str:
    if not re.fullmatch(f"[{_USCC}]{{18}}", clean):
        return "shape"
    return "" if clean[17] == chinese_check(clean[:17]) else "check_digit"


def chinese_check(body: str) -> str:
    """The last character of a 统一社会信用代码."""
    total = sum(_USCC.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return _USCC[(31 - total % 31) % 31]


def _singapore(clean: str) -> str:
    if re.fullmatch(r"\d{8}[A-Z]", clean):
        expected = "XMKECAWLJDB"[_weighed(clean[:8], (10, 4, 9, 3, 8, 2, 7, 1)) % 11]
    elif re.fullmatch(r"(1[89]|20)\d{7}[A-Z]", clean):
        expected = "ZKCMDNERGWH"[_weighed(clean[:9], (10, 8, 6, 4, 9, 7, 5, 3, 1)) % 11]
    elif re.fullmatch(r"[RST]\d{2}[A-Z]{2}\d{4}[A-Z0-9]", clean) and set(clean) <= set(_UEN_OTHER):
        values = [_UEN_OTHER.index(letter) for letter in clean[:9]]
        total = sum(value * weight for value, weight in zip(values, (4, 3, 5, 3, 10, 2, 2, 5, 7), strict=True))
        expected = _UEN_OTHER[(total - 5) % 11]
    else:
        return "shape"
    return "" if clean[-1] == expected else "check_digit"


def _weighed(body: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))


_RULES: Mapping[str, Callable[[str], str]] = {"KR": _korea, "CN": _china, "SG": _singapore}
