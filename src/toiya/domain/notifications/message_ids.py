"""The Message-ID of a letter: our number for it and a keyed digest, so that nobody can forge a bounce."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "toiya.notifications.message_id"
_DIGEST_LETTERS = 32
_SHAPE = re.compile(r"<?toiya\.(\d{1,18})\.([0-9a-f]{32})@")


def message_id_of(message_id: int) -> str:
    """The header's value for message number `message_id`: the same at each attempt."""
    host = settings.MAIL_FROM.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<toiya.{message_id}.{_digest(message_id)}@{host}>"


def number_of(header: str) -> int | None:
    """The number of our message with this Message-ID; None when it is not one that we made."""
    found = _SHAPE.search(header)
    if found is None:
        return None
    number = int(found[1])
    return number if constant_time_compare(found[2], _digest(number)) else None


def _digest(message_id: int) -> str:
    return salted_hmac(_SALT, str(message_id), algorithm="sha256").hexdigest()[:_DIGEST_LETTERS]
