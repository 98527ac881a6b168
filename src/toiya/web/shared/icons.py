"""Icons of the lucide wheel, rendered once and kept; and the <symbol>s that chips point at."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from toiya.web.shared.statuses import CHIP_ICONS, KIND_ICONS

# Waits are hatched in charts, so that they are told apart without colour.
HATCH = (
    '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch" d="M0 0v7"/></pattern>'
)
_lucide: Any = import_module("lucide")


@lru_cache(maxsize=256)
def icon(name: str, extra: str = "") -> SafeString:
    """
    One inline SVG without a name of its own; the words beside it or `aria-label` on its control speak.

    :raises lucide.IconDoesNotExist: the installed wheel has no icon of that name
    """
    size = " ".join(["icon", extra]).strip()
    svg = _lucide._render_icon(name, None, **{"class": size, "aria_hidden": "true", "focusable": "false"})
    return mark_safe(_tight(svg))  # noqa: S308 - our own wheel's drawing, names are ours


@lru_cache(maxsize=1)
def symbols() -> SafeString:
    """The hidden sheet of status icons: #k-KIND for the six kinds, #i-NAME for every icon a chip may show."""
    drawn = [_symbol(f"k-{kind.value}", name) for kind, name in KIND_ICONS.items()]
    drawn += [_symbol(f"i-{name}", name) for name in CHIP_ICONS if name not in KIND_ICONS.values()]
    sheet = '<svg width="0" height="0" aria-hidden="true">' + HATCH + "".join(drawn) + "</svg>"
    return mark_safe(sheet)  # noqa: S308 - drawings of the wheel and our own


def symbol_id(kind: str, name: str) -> str:
    """Where a chip's drawing is on the sheet; empty when it must be drawn in place."""
    if KIND_ICONS.get(kind) == name:  # type: ignore[call-overload]
        return f"k-{kind}"
    match = next((other for other, its_icon in KIND_ICONS.items() if its_icon == name), None)
    if match is not None:
        return f"k-{match.value}"
    return f"i-{name}" if name in CHIP_ICONS else ""


def _symbol(identity: str, name: str) -> str:
    svg = _tight(_lucide._render_icon(name, None))
    inner = svg[svg.index(">") + 1 : svg.rindex("<")]
    return (
        f'<symbol id="{identity}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="2.25" stroke-linecap="round" stroke-linejoin="round">{inner}</symbol>'
    )


def _tight(svg: str) -> str:
    return re.sub(r">\s+<", "><", svg.strip()).replace(" />", "/>")
