"""The letters and SMS of the demo, which nobody sends: newest first, links and codes ready to be used."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from toiya.web.shared.access import open_to_all
from toiya.web.shared.reader import Request

MOST_SHOWN = 50
_MOST_READ = 2000
_LINK = re.compile(r"(https?://\S+)")


@dataclass(frozen=True, slots=True)
class Kept:
    """One message as the outbox keeps it."""

    channel: str
    to: str
    subject: str
    text: str
    language: str
    at: datetime

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut at its links: (piece, whether it is one)."""
        return [(piece, bool(number % 2)) for number, piece in enumerate(_LINK.split(self.text))]


@open_to_all("the demo's letters, only while developing and in the demo")
@never_cache
@require_safe
def outbox(request: Request) -> HttpResponse:
    """The newest messages, all or those to one address. On a real installation there is no such page."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    to = request.GET.get("to", "").strip().lower()
    context = {"kept": newest(Path(settings.OUTBOX), to), "to": to, "most": MOST_SHOWN}
    return render(request, "door/outbox.html", context)


def newest(folder: Path, to: str) -> list[Kept]:
    """The newest messages to whoever has `to` in their address; a file that cannot be read is passed over."""
    found: list[Kept] = []
    for path in sorted(folder.glob("*.json"), reverse=True)[:_MOST_READ]:
        kept = _read(path)
        if kept is not None and to in kept.to.lower():
            found.append(kept)
        if len(found) == MOST_SHOWN:
            break
    return found


def _read(path: Path) -> Kept | None:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Kept(
            channel=str(told["channel"]),
            to=str(told["to"]),
            subject=str(told["subject"]),
            text=str(told["text"]),
            language=str(told.get("language", "")),
            at=datetime.fromisoformat(told["at"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
