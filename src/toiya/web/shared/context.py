"""What every template may count on: language, theme, density, the frame and whether this is the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from toiya.web.shared.formats import html_language
from toiya.web.shared.reader import Reader
from toiya.web.shared.shell import shell_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; the frame is built only when a template asks for it (fragments do not)."""
    frame = SimpleLazyObject(lambda: shell_of(request))
    reader = getattr(request, "reader", None) or Reader.of(request)
    return {
        "language": html_language(get_language() or "en"),
        "tongues": [(code, html_language(code), name) for code, name in settings.LANGUAGES],
        "reader": reader,
        "actor": getattr(request, "actor", None),
        "shell": frame,
        "here": request.get_full_path(),
        "is_demo": getattr(settings, "DEMO", False),
    }
