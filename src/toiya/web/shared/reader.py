"""The one who reads: their choices from cookies, and the request as our views get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from toiya.core.actor import Actor

# What a reader or a device may choose, each kept in a cookie; the first is what holds until then.
CHOICES = {
    "theme": ("system", "light", "dark"),
    "density": ("", "comfortable", "compact"),
    "gloves": ("off", "on"),
    "hand": ("right", "left"),
    "sound": ("on", "off"),
}
COOKIE = "toiya_"


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


class Request(HttpRequest):
    """
    A request behind our middleware, for the type of a view's argument.

    `actor` is set wherever `@needs` stands; views open to all must expect None.
    """

    at: datetime
    reader: Reader
    actor: Actor
    htmx: HtmxDetails
