"""Tags of the portal's own templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from toiya.web.portal.wishes import LABEL, PARCEL, WISH
from toiya.web.shared import formats
from toiya.web.shared.statuses import Status
from toiya.web.shared.timeline import RULE_WORDS

register = template.Library()


@register.filter
def wish_status(wish: Any) -> Status:
    """The chip of something told to a sales site."""
    return WISH[wish.status]


@register.filter
def parcel_status(parcel: Any) -> Status:
    """The chip of a parcel; while it waits for its label, what the label does."""
    if parcel.status == "sealed" and parcel.label is not None:
        return LABEL[parcel.label.status]
    return PARCEL[parcel.status]


@register.filter
def tongue_of(country: str) -> str:
    """The language that names and addresses of a country are written in, for `lang`; unknown is empty."""
    return {"JP": "ja", "CN": "zh-Hans", "KR": "ko"}.get(country, "")


@register.filter
def at(table: Any, key: Any) -> Any:
    """What a mapping has under a key, or nothing."""
    return table.get(key, "")


@register.filter
def signed(value: int) -> str:
    """+12 or −3 (U+2212)."""
    return ("+" if value > 0 else "") + formats.number(value, get_language() or "en")


@register.filter
def who(actor: str) -> str:
    """Who moved something: a person's name, or the word for a rule of ours."""
    return str(RULE_WORDS.get(actor, actor))
