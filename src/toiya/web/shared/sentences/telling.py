"""How one event reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Telling:
    """One event's sentence with named placeholders; group is goods, money or messages (the timeline's filters)."""

    sentence: Any
    icon: str
    kind: str = ""
    group: str = "goods"


UNTOLD = Telling(_("Something else happened"), "circle-dot")
