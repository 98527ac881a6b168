"""
What was noted of a returned piece before its bin is scanned: the note and the photo, between the two screens.

It lies in the session, which is a row of the database: a flat battery loses nothing, and a device only holds one piece
at a time. A photo whose piece is never put anywhere is thrown away with the next one.
"""

from __future__ import annotations

from typing import NamedTuple

from toiya.core import papers
from toiya.domain.returns.models import Grading
from toiya.web.shared.reader import Request

_PLACE = "returned_piece"


class Seen(NamedTuple):
    """A note, and the key of a photo; both may be empty."""

    note: str = ""
    photo_key: str = ""


def keep(request: Request, code: str, step: int, seen: Seen) -> None:
    """Keep it for the piece of this return and step; what an earlier piece left is thrown away."""
    left = request.session.get(_PLACE)
    if left:
        _drop(str(left[3]))
    request.session[_PLACE] = [code, step, *seen]


def kept(request: Request, code: str, step: int) -> Seen:
    """What was kept for this very piece; nothing when the screen was for another one."""
    left = request.session.get(_PLACE)
    return Seen(str(left[2]), str(left[3])) if left and left[:2] == [code, step] else Seen()


def forget(request: Request) -> None:
    """The piece is booked with it."""
    request.session.pop(_PLACE, None)


def _drop(photo_key: str) -> None:
    # A device that died between booking and answering still holds a photo that is in the book.
    if photo_key and not Grading.objects.filter(photo_key=photo_key).exists():
        papers.throw_away(photo_key)
