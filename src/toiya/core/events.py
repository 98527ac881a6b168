"""Recording what happened, and waking who reacts, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from toiya.core.actor import Actor
from toiya.core.copying import copy_lines, text
from toiya.core.jobs import WakeUp, wake_all

COLUMNS = ("name", "seller_id", "subject", "at", "actor_kind", "actor_id", "actor_name", "data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact in the past tense about `subject` (a public code). Subclasses are frozen dataclasses with a NAME."""

    NAME: ClassVar[str] = ""
    seller_id: int | None
    subject: str

    def data(self) -> dict[str, Any]:
        """The fields a subclass adds, as stored."""
        return {field.name: getattr(self, field.name) for field in fields(self)[2:]}


@dataclass(frozen=True, slots=True)
class Reaction:
    """After the event, wake `task` with `argument` = the event's attribute of that name (or `value(event)`)."""

    task: str
    argument: str = "seller_id"
    value: Callable[[Any], int | None] | None = None

    def wake_up(self, event: Event) -> WakeUp | None:
        """The job to wake, or None when this event needs none."""
        value = self.value(event) if self.value else getattr(event, self.argument)
        return None if value is None else WakeUp(self.task, self.argument, value)


_reactions: dict[type[Event], tuple[Reaction, ...]] = {}


def install_reactions(table: Mapping[type[Event], Sequence[Reaction]]) -> None:
    """Put the table of `config/reactions.py` in force."""
    _reactions.clear()
    _reactions.update({event: tuple(reactions) for event, reactions in table.items()})


def record(event: Event, *, actor: Actor, at: datetime) -> None:
    """Write one event and wake its reactions."""
    record_all([event], actor=actor, at=at)


def record_all(events: Iterable[Event], *, actor: Actor, at: datetime) -> None:
    """Write the events and wake their reactions: the last paragraph of an action."""
    recorded = list(events)
    if not recorded:
        return
    tail = f"{at.isoformat()}\t{actor.kind}\t{text(actor.id)}\t{text(actor.name)}"
    lines = []
    for event in recorded:
        seller = "\\N" if event.seller_id is None else event.seller_id
        data = text(json.dumps(event.data(), ensure_ascii=False, default=str))
        lines.append(f"{event.NAME}\t{seller}\t{text(event.subject)}\t{tail}\t{data}\n")
    copy_lines("core_event", COLUMNS, "".join(lines))
    wake_ups = {
        wake_up
        for event in recorded
        for reaction in _reactions.get(type(event), ())
        if (wake_up := reaction.wake_up(event)) is not None
    }
    wake_all(wake_ups)
