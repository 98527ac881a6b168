"""What the screens at the dock need beside the actions: photos taken in, lots keyed, words for what was counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core import limits, papers
from toiya.core.errors import Refusal
from toiya.domain.inbound.actions.taking_back import Undone
from toiya.domain.inbound.models import BundleLine
from toiya.web.floor.scanning import Scanned
from toiya.web.shared.reader import Request

PHOTOS = limits.Limit("dock photos", 200, timedelta(hours=1))
CHECK_WORDS: Mapping[str, Any] = {
    "outside": gettext_lazy("The outside is whole and clean"),
    "option": gettext_lazy("It is the thing and the option that was told"),
    "label": gettext_lazy("Its label or barcode can be read"),
}


class DayUnreadable(Refusal):
    """What was keyed is no day."""

    code = "day_unreadable"
    message = gettext_lazy("%(day)s is no day. Key it as eight digits: 20271231.")


class PhotoNotAPicture(Refusal):
    """A PDF is no photo."""

    code = "photo_not_a_picture"
    message = gettext_lazy("%(name)s is no JPG or PNG picture. Take a photo with the camera.")


def raw_scan(request: HttpRequest) -> str:
    """The scan with its separators: GS1 codes end elements of open length with one."""
    text = unicodedata.normalize("NFKC", request.POST.get("scan", ""))[:200]
    kept = "".join(sign for sign in text if sign == "\x1d" or unicodedata.category(sign)[0] != "C").strip(" ")
    return re.sub(r"^\][A-Za-z][0-9A-Za-z]", "", kept)


def scan_id_of(scanned: Scanned) -> str:
    """The scanner's id; a form of a browser without scripts brings its own, and else it is a new one."""
    return scanned.scan_id or str(uuid4())


def day_of(text: str) -> date | None:
    """A keyed last usable day; None when nothing was keyed. :raises DayUnreadable:"""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    if not text.strip():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if len(digits) == 8 else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    raise DayUnreadable(day=text[:20])


def take_photo(request: Request) -> str:
    """
    The key of the photo that came with the form; empty when none did.

    :raises PhotoNotAPicture, core.papers refusals, core.limits.TooManyTries:
    """
    file = request.FILES.get("photo")
    if file is None:
        return ""
    limits.take(PHOTOS, str(request.actor.id), at=request.at)
    name = papers.safe_name(file.name or "")
    if (file.size or 0) > papers.MOST_BYTES:
        raise papers.PaperTooLarge(name=name)
    paper = papers.judge(file.read(), name)
    if paper.media_type == papers.PDF:
        raise PhotoNotAPicture(name=name)
    return papers.keep(paper, at=request.at).storage_key


def counted_words(line: BundleLine | None, code: str) -> str:
    """What the band says after a count."""
    if line is None:
        return _("Unknown thing noted: %(code)s") % {"code": code or "–"}
    came = line.received + line.damaged
    name = line.sku.option or line.sku.name
    if not line.told:
        return _("%(name)s: %(came)s, not told of") % {"name": name, "came": came}
    return _("%(name)s: %(came)s of %(told)s") % {"name": name, "came": came, "told": line.told}


def taken_back_words(undone: Undone) -> str:
    """What the band says after CMD-UNDO."""
    pieces, line = undone.receipt.quantity, undone.line
    name = (line.sku.option or line.sku.name) if line else undone.receipt.scanned or _("Unknown thing")
    return _("Taken back: %(pieces)s × %(name)s") % {"pieces": pieces, "name": name}
