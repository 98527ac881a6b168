"""The tabs over a list: one for each of its views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def view_tabs(words: Mapping[str, Any], view: str, counts: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    """
    What `components/tabs.html` draws.

    :param words: the word of each view by its name in the address; "" is the view without one
    :param counts: how many rows a view has, of those that are counted
    """
    return [
        {
            "label": word,
            "url": f"?view={name}" if name else "?",
            "count": (counts or {}).get(name),
            "current": name == view,
        }
        for name, word in words.items()
    ]
