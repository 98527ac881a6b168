"""Reading what a mail server says about a letter that came back (RFC 3464): ours or not, and why. Pure parsing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Report:
    """One letter that came back for good."""

    message_id: str
    status: str
    words: str


def read(raw: bytes) -> Report | None:
    """
    The report in a mail, or None: it is no report, or only says that delivery takes longer.

    A report names its letter in the part that repeats the letter's headers.
    """
    mail = message_from_bytes(raw, policy=default)
    parts = list(mail.walk())
    failed = next((block for block in _recipients(parts) if _word(block, "Action").lower() == "failed"), None)
    if failed is None:
        return None
    header = next(_message_ids(parts), "")
    words = " ".join(_word(failed, "Diagnostic-Code").partition(";")[2].split())
    return Report(header, _word(failed, "Status"), words[:_LONGEST_WORDS]) if header else None


def _recipients(parts: Sequence[Any]) -> Iterator[Message]:
    for part in parts:
        blocks = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks, list):
            yield from (block for block in blocks if isinstance(block, Message) and block["Action"])


def _message_ids(parts: Sequence[Any]) -> Iterator[str]:
    for part in parts:
        content = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(content, list) and content:
            yield _word(content[0], "Message-ID")
        elif part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield _word(message_from_bytes(payload, policy=default), "Message-ID")


def _word(part: object, header: str) -> str:
    value = part[header] if isinstance(part, Message) else None
    return str(value or "").strip()
