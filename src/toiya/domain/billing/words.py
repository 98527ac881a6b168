"""What people call the kinds of lines: those of rate cards, and those that have no card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.domain.billing.rules import lines
from toiya.domain.pricing.models import ChargeKind

_OTHERS: Mapping[str, Any] = {
    lines.UNPRICED: _("Fee"),
    lines.CREDIT: _("Given back"),
    lines.COMPENSATION: _("Compensation"),
    lines.DELAY_CREDIT: _("Credit for our delay"),
}
_WORDS: Mapping[str, Any] = {**dict(ChargeKind.choices), **_OTHERS}


def kind_word(kind: str) -> str:
    """The kind in the reader's language."""
    return str(_WORDS.get(kind, kind))
