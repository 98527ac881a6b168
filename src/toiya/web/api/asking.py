"""What a call asks for beside its address: nothing we do not know; and cursors."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.web.api.return_shapes import Pieces

LONGEST_KEY = 80
Row = TypeVar("Row", bound=Model)


class UnknownField(Refusal):
    """A field we do not know is a mistake, and guessing hides it."""

    code = "unknown_field"
    message = gettext_lazy("There is no field %(field)s here. Leave it out, or look at the documentation.")


class BrokenCursor(Refusal):
    """Not a cursor that a page of ours gave."""

    code = "broken_cursor"
    message = gettext_lazy("That cursor is none of ours. Begin again without one.")


class IdempotencyKeyMissing(Refusal):
    """A call that makes something has to be told apart from its own repetition."""

    code = "idempotency_key_missing"
    message = gettext_lazy(
        "This call has no Idempotency-Key. Send a header of that name with up to 80 letters, a new one for each thing."
    )


def call_key(request: HttpRequest) -> str:
    """What makes two calls the same one. :raises IdempotencyKeyMissing:"""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise IdempotencyKeyMissing()
    return f"api|{key}"


def call_token(request: HttpRequest) -> str:
    """The same, short enough for a column: keys that only differ at their end stay different. :raises: as `call_key`"""
    return f"api|{hashlib.sha256(call_key(request).encode()).hexdigest()[:48]}"


def plain(text: str) -> str:
    """A text as the database takes it."""
    return text.replace("\x00", "")


def pieces_of(asked: Sequence[Pieces]) -> dict[str, int]:
    """Pieces by SKU code; a SKU named twice is its sum."""
    pieces: dict[str, int] = {}
    for each in asked:
        sku = plain(each.sku)
        pieces[sku] = pieces.get(sku, 0) + each.quantity
    return pieces


def refuse_others(request: HttpRequest, *known: str) -> None:
    """:raises UnknownField: the query has a field other than these"""
    for name in request.GET:
        if name not in known:
            raise UnknownField(field=name[:60])


def page(rows: QuerySet[Row], *, cursor: str, limit: int) -> tuple[list[Row], str]:
    """
    The newest rows first, after the cursor, and the cursor of the next page (empty: this is the last).

    :raises BrokenCursor:
    """
    ordered = rows.order_by("-pk")
    if cursor:
        ordered = ordered.filter(pk__lt=_read(cursor))
    found = list(ordered[: limit + 1])
    return found[:limit], _written(found[limit - 1].pk) if len(found) > limit else ""


def _written(number: int) -> str:
    return base64.urlsafe_b64encode(f"after {number}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        word, number = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ")
        if word == "after" and number.isascii() and number.isdigit() and len(number) < 19:
            return int(number)
    except (ValueError, binascii.Error):
        pass
    raise BrokenCursor()
