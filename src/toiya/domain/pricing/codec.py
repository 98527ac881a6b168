"""Entries and rules as the JSON that is stored, and back: what was stored gives the same entry again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from toiya.domain.pricing.amounts import plain
from toiya.domain.pricing.rules import Entry, Kind, Rate, Zones


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """The whole entry."""
    return {
        "kind": str(entry.kind),
        "on": entry.on.isoformat(),
        "subject": entry.subject,
        "quantity": entry.quantity,
        "facts": dict(entry.facts),
        "list_price_minor": entry.list_price_minor,
        "ledger": list(entry.ledger),
    }


def entry_of(stored: Mapping[str, Any]) -> Entry:
    """The entry that was stored."""
    return Entry(
        Kind(stored["kind"]),
        date.fromisoformat(stored["on"]),
        stored["subject"],
        stored["quantity"],
        stored["facts"],
        stored["list_price_minor"],
        tuple(stored["ledger"]),
    )


def rate_as_json(rule: Rate) -> dict[str, Any]:
    """A rule of a card; the price is text, so that it stays the decimal it is."""
    conditions = {name: rule.conditions[name] for name in sorted(rule.conditions)}
    return {"kind": str(rule.kind), "price": plain(rule.price), "per": rule.per, "conditions": conditions}


def rate_of(stored: Mapping[str, Any], zones: Zones) -> Rate:
    """The rule that was stored, with the places of its zone."""
    conditions = stored["conditions"]
    places = tuple(zones.get(str(conditions.get("area", "")), ()))
    return Rate(Kind(stored["kind"]), Decimal(stored["price"]), conditions, stored["per"], places=places)
