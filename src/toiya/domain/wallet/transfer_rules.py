"""Whose money a deposit is: by the reference the seller was told to write, else by name and amount."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from toiya.domain.wallet.zengin_rules import BankLine

REFERENCE_DIGITS = 8
SURE = 90  # percent; from here on a deposit is booked without a person
_WEIGHTS = (7, 3, 1, 9, 7, 3, 1)
# Banks write firms' forms short, with a bracket on the side where the name is: カ) in front, (カ behind.
_FORMS = re.compile(
    r"(^(カ|ユ|ド|シャ|ザイ|メ|シ)\))|(\((カ|ユ|ド|シャ|ザイ|メ|シ)\)?)|(\)?(カブシキガイシヤ|ゴウドウガイシヤ|ユウゲンガイシヤ))"
    r"|(\((株|有|同|주)\))|株式会社|有限会社|合同会社|有限公司|주식회사"
)
_BIG = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_DIGITS = re.compile(rf"(?<![0-9])[0-9]{{{REFERENCE_DIGITS}}}(?![0-9])")


def reference_for(number: int) -> str:
    """Eight digits for the row of that number, the last a check digit: digits may be typed at every bank."""
    body = f"{(number * 7_919_317 + 1_234_567) % 10_000_000:07}"
    return body + _check_digit(body)


def is_reference(text: str) -> bool:
    """Whether these digits can be one of ours."""
    return len(text) == REFERENCE_DIGITS and text.isdecimal() and _check_digit(text[:-1]) == text[-1]


def _check_digit(body: str) -> str:
    return str(-sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 10)


def references_in(text: str) -> list[str]:
    """Every number in it that can be a reference of ours."""
    plain = unicodedata.normalize("NFKC", text)
    return [found for found in _DIGITS.findall(plain) if is_reference(found)]


@lru_cache(maxsize=4096)  # a file's names are compared with each transfer that is on its way
def folded_name(text: str) -> str:
    """A payer's name as banks write it, without forms of firms, blanks, marks, small letters and our digits."""
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = "".join(chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter for letter in plain)
    plain = plain.translate(_BIG).replace("ヂ", "ジ").replace("ヅ", "ズ")
    plain = _FORMS.sub("", plain.replace(" ", ""))
    return re.sub(r"[^0-9A-Zァ-ヺ가-힣一-鿿]", "", _DIGITS.sub("", plain))


@dataclass(frozen=True, slots=True)
class Awaited:
    """A transfer a seller announced, and the name it is sent under."""

    reference: str
    amount_minor: int
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """Which announced transfer a deposit is, how sure that is (percent), and by what."""

    reference: str
    confidence: int
    by: str

    @property
    def is_sure(self) -> bool:
        """Whether no person need look."""
        return self.confidence >= SURE


def match(line: BankLine, awaited: Sequence[Awaited]) -> Match | None:
    """
    The best of the announced transfers, or None. A deposit that two fit alike is nobody's: a person decides.

    Reference and amount 100, reference alone 95, name and amount 90; names of which one begins the other (banks cut
    them) and amount 70, name alone 50.
    """
    if line.is_reversal:
        return None
    named = set(references_in(f"{line.name} {line.message}"))
    found = [guess for each in awaited if (guess := _judge(line, each, named))]
    best = max((guess.confidence for guess in found), default=0)
    leading = [guess for guess in found if guess.confidence == best]
    return leading[0] if len(leading) == 1 else None


def _judge(line: BankLine, each: Awaited, named: set[str]) -> Match | None:
    is_amount = line.amount_minor == each.amount_minor
    if each.reference in named:
        return Match(each.reference, 100 if is_amount else 95, "reference")
    payer, name = folded_name(line.name), folded_name(each.name)
    if not payer or not name:
        return None
    if payer == name:
        return Match(each.reference, 90 if is_amount else 50, "name")
    shorter, longer = sorted((payer, name), key=len)
    if is_amount and len(shorter) >= 4 and longer.startswith(shorter):
        return Match(each.reference, 70, "name")
    return None
