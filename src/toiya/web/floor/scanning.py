"""What a scanner sends: one field, its id and the step it was made for; cleaned before anything else sees it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.http import HttpRequest

from toiya.web.shared.whole_numbers import whole_number

_SCAN_ID = re.compile(r"[0-9A-Za-z-]{8,40}")
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")  # such as ]C1 or ]d2, sent by some scanners before the code
_STEP = re.compile(r"([a-z]+)-([0-9]{1,18})")
_LONGEST = 100
_COMMAND = "CMD-"


@dataclass(frozen=True, slots=True)
class Scanned:
    """One scan: the text as read, its id (empty: none was sent) and the step the screen showed."""

    text: str
    scan_id: str
    step: str
    number: int

    @property
    def command(self) -> str:
        """`SHORT` for the command card CMD-SHORT; empty for anything else."""
        return self.text.upper().removeprefix(_COMMAND) if self.text.upper().startswith(_COMMAND) else ""


def scan_of(request: HttpRequest) -> Scanned:
    """The scan of a POST; what cannot be one becomes an empty text, a foreign step becomes ''/0."""
    text = unicodedata.normalize("NFKC", request.POST.get("scan", ""))
    text = "".join(letter for letter in text if unicodedata.category(letter)[0] != "C").strip()
    scan_id = request.POST.get("scan_id", "")
    step = _STEP.fullmatch(request.POST.get("step", ""))
    return Scanned(
        _SYMBOLOGY.sub("", text)[:_LONGEST],
        scan_id if _SCAN_ID.fullmatch(scan_id) else "",
        step.group(1) if step else "",
        int(step.group(2)) if step else 0,
    )


def number_of(text: str) -> int | None:
    """A keyed whole number, or None."""
    return whole_number(text, 6)


_WEIGHT = re.compile(r"W?\s*([0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*(KG|G)?", re.IGNORECASE)


def grams_of(text: str) -> int | None:
    """
    What a scale typed, or a person keyed, in grams: `312`, `312 g`, `W312`, `0.312kg`. None when it is no weight.

    A bare number has at most five digits, so that no barcode is taken for a weight.
    """
    read = _WEIGHT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if read is None:
        return None
    digits, unit = read.group(1).replace(",", "."), (read.group(2) or "").upper()
    if unit == "KG":
        return round(float(digits) * 1000)
    if not unit and len(digits.split(".")[0]) > 5:
        return None
    return round(float(digits))
