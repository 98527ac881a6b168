"""From event rows to a timeline people read: one sentence, icon and colour per event name; and who had it how long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from toiya.domain.channels.plugs import all_channels
from toiya.domain.outbound.clock_rules import Stretch
from toiya.web.shared import formats, waiting
from toiya.web.shared.charts import Segment
from toiya.web.shared.role_words import ROLES
from toiya.web.shared.sentences import FIELD_WORDS, SENTENCES, UNTOLD, Telling


class Row(Protocol):
    """What is read of an event row."""

    name: str
    at: datetime
    actor_kind: str
    actor_name: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline, as `components/timeline.html` draws it."""

    at: datetime
    icon: str
    kind: str
    group: str
    sentence: str
    actor: Any
    details: Sequence[tuple[Any, str]] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Names for the ids and codes that events carry."""

    warehouses: Mapping[int, str] = field(default_factory=dict)
    skus: Mapping[int, str] = field(default_factory=dict)


RULE_WORDS: Mapping[str, Any] = {
    "allocation": _("rule"),
    "labelling": _("rule"),
    "channels": _("sales site"),
    "carriers": _("carrier"),
    "claims": _("rule"),
    "order file": _("order file"),
    "demo": _("demo"),
}


def entries(rows: Iterable[Row], words: Words = Words()) -> list[Entry]:
    """The rows as entries, in the order given."""
    return [_entry(row, words) for row in rows]


def by_day(told: Sequence[Entry], zone: ZoneInfo) -> list[tuple[date, list[Entry]]]:
    """Entries grouped by the warehouse's day."""
    days: list[tuple[date, list[Entry]]] = []
    for entry in told:
        day = entry.at.astimezone(zone).date()
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append(entry)
    return days


def _entry(row: Row, words: Words) -> Entry:
    telling = SENTENCES.get(row.name, UNTOLD)
    values = _values(row, words)
    actor = RULE_WORDS.get(row.actor_name, row.actor_name) if row.actor_kind == "system" else row.actor_name
    return Entry(
        at=row.at,
        icon=telling.icon,
        kind=telling.kind,
        group=telling.group,
        sentence=_sentence(telling, row, values),
        actor=actor,
        details=[(FIELD_WORDS[name], str(values[name])) for name in row.data if name in FIELD_WORDS and values[name]],
    )


def _sentence(telling: Telling, row: Row, values: Mapping[str, Any]) -> str:
    if row.name in {"order.waits", "order.hold_placed"}:
        code = str(row.data.get("reason") or row.data.get("code", ""))
        details = {"code": code, **row.data.get("details", {})}
        reason = waiting.hold_reason(code) if row.name == "order.hold_placed" else waiting.line_reason(code, details)
        values = waiting.Filling({**values, "fact": waiting.filled(reason.short, details)})
    return str(telling.sentence) % values


def _values(row: Row, words: Words) -> waiting.Filling:
    """The event's data as people read it: counted, weighed, priced and named."""
    language = get_language() or "en"
    data = row.data
    values = waiting.Filling(data)
    for name in ("pieces", "quantity", "missing", "parcels"):
        if isinstance(data.get(name), int):
            values[name] = formats.counted(data[name], "parcels" if name == "parcels" else "pieces", language)
    if isinstance(data.get("difference"), int):
        values["difference"] = formats.money_change(data["difference"], "JPY", language)
    if isinstance(data.get("weight_g"), int):
        values["weight_g"] = formats.weight(data["weight_g"], language)
    for name in data:
        if name.endswith("_minor") and isinstance(data[name], int) and data.get("currency"):
            values[name] = formats.money(data[name], data["currency"], language)
    if "warehouse_id" in data:
        values["warehouse"] = words.warehouses.get(data["warehouse_id"], "–")
    values.update({name: ROLES[data[name]] for name in ("role", "old", "new") if data.get(name) in ROLES})
    if "channel" in data:
        values["channel"] = channel_word(data["channel"])
    return values


def channel_word(channel: str) -> Any:
    """How people call a channel: the plug's own label; files and entry by hand have words of ours."""
    if channel in all_channels():
        return all_channels()[channel].abilities.label
    return {
        "removal": _("a removal"),
        "file": _("an order file"),
        "hand": _("entry by hand"),
        "api": _("your program"),
        "qoo10": "Qoo10",
    }.get(channel, channel)


HAD_WORDS: Mapping[str, Any] = {
    "seller": _("Seller"),
    "warehouse": _("Warehouse"),
    "carrier": _("Carrier"),
    "site": _("Sales site"),
    "buyer": _("Buyer"),
}


def who_had_it(ledger: Iterable[Stretch]) -> list[Segment]:
    """The fault ledger of an order as a bar: neighbours with the same party are one stretch; waits are kept apart."""
    merged: list[list[Any]] = []
    for stretch in ledger:
        if merged and merged[-1][:2] == [stretch.owner, stretch.is_hindered]:
            merged[-1][2] += stretch.span
        else:
            merged.append([stretch.owner, stretch.is_hindered, stretch.span])
    return [
        Segment(
            owner, _("%(owner)s, waiting") % {"owner": HAD_WORDS[owner]} if waits else HAD_WORDS[owner], span, waits
        )
        for owner, waits, span in merged
    ]
