"""Making a letter: one template of words per kind, in the recipient's language, as plain text and as a framed page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from toiya.domain.notifications.models import Message

_BREAK = "\x1e"  # stands for a line break inside a word while the template is drawn
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]+")
_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words; an SMS has only `text`."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a letter for the frame: words, a link on a line of its own, or a code on one."""

    lines: tuple[str, ...]
    link: str = ""
    code: str = ""


def written(message: Message, secret: str) -> Written:
    """
    Draw `notifications/mail/<kind>.txt` (or `sms/`): its first line is the subject, the rest the letter.

    Its blanks: the message's words, `secret`, `name`, and our own address, never the one a browser named: `base`,
    and `address` where it stands within a sentence.
    A word cannot break out of its line of the subject.
    """
    words = {key: _flat(value) for key, value in message.words.items()}
    own = settings.TOIYA_URL
    blanks = {**words, "secret": secret, "name": _flat(message.name), "base": own, "address": own}
    with translation.override(message.language):
        template = Engine.get_default().get_template(f"notifications/{message.channel}/{message.kind}.txt")
        drawn = template.render(Context(blanks, autoescape=False)).strip()
        if message.channel == Message.Channel.SMS:
            return Written("", drawn.replace(_BREAK, " "), "")
        subject, _, body = drawn.partition("\n")
        subject = " ".join(subject.replace(_BREAK, " ").split())[:_LONGEST_SUBJECT]
        text = re.sub(r"\n{3,}", "\n\n", body.replace(_BREAK, "\n").strip())
        frame: Mapping[str, Any] = {
            "subject": subject,
            "paragraphs": list(_paragraphs(text)),
            "base": settings.TOIYA_URL,
            "language": translation.to_locale(message.language).replace("_", "-"),
        }
        return Written(subject, text, render_to_string("notifications/frame.html", dict(frame)))


def _flat(value: Any) -> Any:
    """A word without control characters; its line breaks come back in the body only."""
    if not isinstance(value, str):
        return value
    return _CONTROL.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n")).replace("\n", _BREAK)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for block in re.split(r"\n\s*\n", text):
        lines = tuple(line.strip() for line in block.split("\n"))
        first = lines[0] if len(lines) == 1 else ""
        is_ours = bool(settings.TOIYA_URL) and first.startswith(f"{settings.TOIYA_URL}/") and " " not in first
        is_code = first.isascii() and first.isdigit() and len(first) == 6
        yield Paragraph(lines, first if is_ours else "", first if is_code else "")
