"""`./toiya manage read_bounces FILE|-`: a mail server pipes what came back here."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.notifications import bounces
from toiya.domain.notifications.actions.sending import record_bounce
from toiya.domain.notifications.message_ids import number_of

LARGEST_BYTES = 10 * 1024 * 1024


class Command(BaseCommand):
    """Ends well whatever it reads: a mail server would send a complaint about it to somebody."""

    help = "Read one report about a letter that came back (RFC 3464), from a file or - for the standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.add_argument("file", help="the mail, or - for the standard input")

    def handle(self, *args: Any, file: str, **options: Any) -> None:  # noqa: ARG002
        """Read, find our letter, keep that it came back; say in one line what was done."""
        if file == "-":
            raw = sys.stdin.buffer.read(LARGEST_BYTES)
        else:
            with Path(file).open("rb") as mail:
                raw = mail.read(LARGEST_BYTES)
        report = bounces.read(raw)
        number = number_of(report.message_id) if report else None
        if report is None or number is None:
            self.stdout.write("Not a report about a letter of ours; left aside.")
            return
        actor = system_actor("read_bounces")
        is_new = record_bounce(message_id=number, status=report.status, words=report.words, actor=actor, at=clock.now())
        said = "came back: kept" if is_new else "was known to have come back, or is not here any more"
        self.stdout.write(f"Letter {number} {said}.")
