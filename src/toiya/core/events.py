"""Recording what happened, and waking who reacts, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from json.encoder import encode_basestring as quoted
from typing import Any, ClassVar

from django.db import connection

from toiya.core.actor import Actor, ActorKind
from toiya.core.copying import NULL, copy_texts
from toiya.core.jobs import WakeUp, wake_all

_FORGET_NAME = "UPDATE core_event SET actor_name = %s WHERE actor_kind = %s AND actor_id = %s"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
COLUMNS = ("name", "seller_id", "subject", "at", "actor_kind", "actor_id", "actor_name", "data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact in the past tense about `subject` (a public code). Subclasses are frozen dataclasses with a NAME."""

    NAME: ClassVar[str] = ""
    seller_id: int | None
    subject: str

    def data(self) -> dict[str, Any]:
        """The fields a subclass adds, as stored."""
        kind: Any = type(self)  # a class can be hashed, which mypy does not see of a dataclass
        return {name: getattr(self, name) for name in _own_fields(kind)}


@cache
def _own_fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)[2:])


@cache
def _heads(kind: Any) -> tuple[tuple[str, str], ...]:
    """Each own field with what stands before its value in the JSON text."""
    return tuple((name, f"{',' if place else ''}{quoted(name)}:") for place, name in enumerate(_own_fields(kind)))


def data_as_json(event: Event) -> str:
    """`event.data()` as JSON text, written field by field: a set has a thousand of them."""
    kind: Any = type(event)
    parts = [head + _value_as_json(getattr(event, name)) for name, head in _heads(kind)]
    return f"{{{''.join(parts)}}}"


def _value_as_json(value: Any) -> str:
    if value.__class__ is str:
        return quoted(value)
    return str(value) if value.__class__ is int else _encode(value)


@dataclass(frozen=True, slots=True)
class Reaction:
    """After the event, wake `task` with `argument` = the event's attribute of that name (or `value(event)`)."""

    task: str
    argument: str = "seller_id"
    value: Callable[[Any], int | None] | None = None

    def value_of(self, event: Event) -> int | None:
        """The job's argument for this event, or None when it needs no job."""
        value: int | None = self.value(event) if self.value else getattr(event, self.argument)
        return value


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
    recorded: list[Event] = []
    copy_texts("core_event", COLUMNS, _rows(events, recorded, actor, at))
    wake_all(_wake_ups(recorded))


def _rows(events: Iterable[Event], recorded: list[Event], actor: Actor, at: datetime) -> Iterator[tuple[str, ...]]:
    """The events' rows, each made when it is sent; keeps the events in `recorded`."""
    when, kind = at.isoformat(), str(actor.kind)
    for event in events:
        recorded.append(event)
        yield (
            event.NAME,
            NULL if event.seller_id is None else str(event.seller_id),
            event.subject,
            when,
            kind,
            actor.id,
            actor.name,
            data_as_json(event),
        )


def _wake_ups(recorded: Sequence[Event]) -> set[WakeUp]:
    """The jobs that react, each once, however many events ask for it."""
    found: set[WakeUp] = set()
    for kind in {type(event) for event in recorded}:
        for reaction in _reactions.get(kind, ()):
            values = {reaction.value_of(event) for event in recorded if type(event) is kind}
            found.update(WakeUp(reaction.task, reaction.argument, value) for value in values if value is not None)
    return found


def forget_name(actor_id: str, name: str) -> None:
    """Who did it keeps its number and loses its name: for a person who is erased. The guard lets nothing else pass."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_NAME, [name, str(ActorKind.PERSON), actor_id])
