"""Who reads and at what instant (ReaderMiddleware); how a refusal looks at the edge (RefusalMiddleware)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from toiya.core.errors import Refusal
from toiya.domain.members.queries import actor_of
from toiya.web.shared import refusals

# What a reader or a device may choose, each kept in a cookie; the first is what holds until then.
CHOICES = {
    "theme": ("system", "light", "dark"),
    "density": ("", "comfortable", "compact"),
    "gloves": ("off", "on"),
    "hand": ("right", "left"),
    "sound": ("on", "off"),
}
COOKIE = "toiya_"
SELLER_KEY = "seller_code"

Answer = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Reader:
    """How this reader wants to see pages, and how the floor device is set; an empty density means the face's own."""

    theme: str = "system"
    density: str = ""
    gloves: str = "off"
    hand: str = "right"
    sound: str = "on"

    @classmethod
    def of(cls, request: HttpRequest) -> Reader:
        """From the cookies; anything unknown is left out."""
        asked = {name: request.COOKIES.get(COOKIE + name, "") for name in CHOICES}
        return cls(**{name: value for name, value in asked.items() if value in CHOICES[name] and value})


class ReaderMiddleware:
    """Sets `request.at` (one instant per request), `request.reader` and `request.actor` (None for strangers)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.at = timezone.now()
        request.reader = Reader.of(request)
        request.actor = None
        if request.user.is_authenticated:
            request.actor = actor_of(request.user, request.session.get(SELLER_KEY, ""))
        response = self.get_response(request)
        if request.actor is not None and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        response.headers.setdefault("Content-Language", getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))
        return response


class RefusalMiddleware:
    """Turns a Refusal that a view lets through into 409 in the reader's language: page, toast or red screen."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a page, a toast for HTMX, a stop screen for the floor; other exceptions go on."""
        return refusals.answer(request, exception) if isinstance(exception, Refusal) else None
