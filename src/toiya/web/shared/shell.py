"""What the frame of a page shows: rail, shop, search. Each face builds its own; settings.SHELLS names the builders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class RailItem:
    """
    One place of the rail. `count` is work that waits for the reader, not a total; 0 is not shown. `also` are the
    beginnings of further addresses that belong to it.
    """

    label: Any
    url: str
    icon: str
    count: int = 0
    current: bool = False
    also: Sequence[str] = ()

    @property
    def shown_count(self) -> str:
        return "99+" if self.count > 99 else str(self.count)


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of one face for one reader."""

    rail: Sequence[RailItem]
    home_url: str = "/"
    search_url: str = ""
    settings_url: str = ""
    help_url: str = ""
    shop: Any = None
    shops: Sequence[Any] = ()
    shop_url: str = ""
    density: str = "comfortable"
    banner: Mapping[str, Any] | None = None

    @property
    def first_places(self) -> Sequence[RailItem]:
        """What the bottom bar of a phone has room for; the rest is under "More"."""
        return self.rail[:4]

    @property
    def more_places(self) -> Sequence[RailItem]:
        return self.rail[4:]


Builder = Callable[[HttpRequest], Shell]
EMPTY = Shell(rail=())


def mark_current(items: Sequence[RailItem], path: str) -> list[RailItem]:
    """The items with the one current that has the longest beginning of `path`."""
    found = [(start, item.url) for item in items for start in (item.url, *item.also) if _is_within(path, start)]
    best = max(found, key=lambda pair: len(pair[0]), default=("", None))[1]
    return [replace(item, current=item.url == best) for item in items]


def _is_within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def shell_of(request: HttpRequest) -> Shell:
    """The frame for this request: by the face the address belongs to, else by who reads; empty for strangers."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return EMPTY
    builders: Mapping[str, str] = getattr(settings, "SHELLS", {})
    match = request.resolver_match
    face = match.app_name.split(":")[0] if match and match.app_name else ""
    if face not in builders:
        face = "office" if actor.is_operator else "portal"
    if face not in builders:
        return EMPTY
    builder: Builder = import_string(builders[face])
    made = builder(request)
    return replace(made, rail=mark_current(made.rail, request.path))
