"""Keeps letters and short messages as files instead of sending them: for the demo, and until a mail server is set."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from toiya.domain.notifications.port import Mail, Sms


class Outbox:
    """
    Implements `domain.notifications.port.Mailer` and `SmsGateway`: one JSON file per message, for its owner only.

    The names of the files begin with the instant, so the order of names is that of time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: Mail) -> None:
        """Keep a letter."""
        told = {"channel": "mail", "to": mail.recipient, "language": mail.language, "subject": mail.subject}
        self._keep(mail.message_id, {**told, "text": mail.text, "html": mail.html})

    def send_sms(self, sms: Sms) -> None:
        """Keep a short message."""
        self._keep(sms.reference, {"channel": "sms", "to": sms.recipient, "subject": "", "text": sms.text})

    def _keep(self, reference: str, told: dict[str, str]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        at = datetime.now(UTC)
        name = "".join(letter for letter in reference if letter.isalnum() or letter in ".-")[:80]
        path = self._folder / f"{at:%Y%m%dT%H%M%S.%f}-{name}.json"
        text = json.dumps({**told, "reference": reference, "at": at.isoformat()}, ensure_ascii=False)
        unfinished = path.with_suffix(".part")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        unfinished.rename(path)
