"""The notice for whoever still owes a second factor: from the session alone, without a query."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toiya.web.shared import formats
from toiya.web.shared.signing_in import FACTOR_DUE


def factor_banner(request: Any, url: str) -> dict[str, Any] | None:
    """A banner with the day, and the way to the page; None when nothing is owed or this is the page."""
    due = request.session.get(FACTOR_DUE) if hasattr(request, "session") else None
    if not due or request.path == url:
        return None
    day = formats.date_long(datetime.fromisoformat(due).date(), get_language() or "en")
    words = _("Your role needs a second factor until %(day)s. It takes two minutes.") % {"day": day}
    return {"kind": "", "icon": "shield-check", "text": words, "url": url, "action": _("Add a second factor")}
