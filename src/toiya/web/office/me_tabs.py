"""The pages of the office about oneself, as one row of tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor

TABS = ((_("Security"), "office:security"), (_("Privacy"), "office:privacy"))


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:  # noqa: ARG001  the same for everybody
    """The tabs, for `components/tabs.html`."""
    return [{"label": label, "url": reverse(name), "current": name == current} for label, name in TABS]
