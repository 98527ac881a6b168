"""Showing a floor screen: a whole page, or only the step when a scan asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor, Permission
from toiya.core.errors import Refusal
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request
from toiya.web.shared.refusals import FLOOR_HEADER

SIGN_IN = "floor:sign-in"
on_floor = needs(Permission.WORK_ON_FLOOR, sign_in=SIGN_IN)


class NotAtAWarehouse(Refusal):
    """A person without a warehouse has no floor to work on."""

    code = "not_at_a_warehouse"
    message = gettext_lazy("You have no warehouse yet. Ask your lead to enter it for your badge.")


@dataclass(frozen=True, slots=True)
class Band:
    """What was accepted last, above the scan field until the next scan. `kind` is ok or warn."""

    text: Any = ""
    kind: str = "ok"


def show(
    request: Request, step: str, context: Mapping[str, Any], *, tone: str = "", band: Band | None = None
) -> HttpResponse:
    """
    The screen of template `floor/<step>.html` with its sound. A scan's answer is the step and the parts of the head
    that change; anything else gets the page around it.
    """
    drawn = {
        "step_template": f"floor/{step}.html",
        "tone": tone,
        "band": band or Band(),
        "back": reverse("floor:jobs"),
        "action": request.path,
        **context,
    }
    is_scan = request.method == "POST" and bool(request.headers.get(FLOOR_HEADER))
    return render(request, "floor/answer.html" if is_scan else "floor/frame.html", drawn)


def worker(request: Request) -> Actor:
    """Who scans."""
    return request.actor


def building(request: Request) -> int:
    """The warehouse the person works in. :raises NotAtAWarehouse:"""
    warehouse_id = worker(request).warehouse_id
    if warehouse_id is None:
        raise NotAtAWarehouse()
    return warehouse_id
