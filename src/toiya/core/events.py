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
from toiya.core.copying import NULL, Column, copy_columns, in_parts
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
class EventSet:
    """Events of one kind and one seller, field by field: `fields` are the kind's own, in its order."""

    kind: type[Event]
    seller_id: int | None
    subjects: Sequence[str]
    fields: Mapping[str, Sequence[Any]]

    def __post_init__(self) -> None:
        kind: Any = self.kind
        if tuple(self.fields) != _own_fields(kind):
            raise TypeError(f"{self.kind.__name__} has the fields {_own_fields(kind)}, not {tuple(self.fields)}")

    def parts(self) -> Iterator[tuple[Column, Column, Column, Column]]:
        """Name, seller, subject and JSON text of the events, in parts."""
        kind: Any = self.kind
        form = "{" + "".join(f"{head}%s" for _, head in _heads(kind)) + "}"
        columns = [in_parts(values) for values in self.fields.values()]
        for subjects, *values in zip(in_parts(self.subjects), *columns, strict=True):
            texts = zip(*map(_values_as_json, values), strict=True)
            yield self.kind.NAME, _seller(self.seller_id), subjects, list(map(form.__mod__, texts))

    def events(self) -> Iterator[Event]:
        """The events themselves."""
        for subject, *values in zip(self.subjects, *self.fields.values(), strict=True):
            own = dict(zip(self.fields, values, strict=True))
            yield self.kind(seller_id=self.seller_id, subject=subject, **own)


def _values_as_json(values: Sequence[Any]) -> Iterable[str]:
    kinds = set(map(type, values))
    if kinds == {str}:
        return map(quoted, values)
    return map(str, values) if kinds == {int} else map(_value_as_json, values)


@dataclass(frozen=True, slots=True)
class Reaction:
    """After the event, wake `task` with `argument` = the event's attribute of that name (or `value(event)`)."""

    task: str
    argument: str = "seller_id"
    value: Callable[[Any], int | None] | None = None

    @property
    def is_of_seller(self) -> bool:
        """Whether any event of the seller asks for the same job."""
        return self.value is None and self.argument == "seller_id"

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
    listed = list(events)
    _write(map(_columns, in_parts(listed)), actor, at)
    wake_all(_wake_ups(listed))


def record_sets(sets: Iterable[EventSet], *, actor: Actor, at: datetime) -> None:
    """The same for events told field by field: the hot actions record thousands, and objects cost more than rows."""
    filled = [events for events in sets if events.subjects]
    _write((part for events in filled for part in events.parts()), actor, at)
    wake_all({wake_up for events in filled for wake_up in _wake_ups_of_set(events)})


def _write(parts: Iterable[tuple[Column, Column, Column, Column]], actor: Actor, at: datetime) -> None:
    """Rows given by name, seller, subject and JSON text."""
    who = (at.isoformat(), str(actor.kind), actor.id, actor.name)
    copy_columns("core_event", COLUMNS, ((*happened, *who, told) for *happened, told in parts))


def _columns(events: Sequence[Event]) -> tuple[Column, Column, Column, Column]:
    return (
        [event.NAME for event in events],
        [_seller(event.seller_id) for event in events],
        [event.subject for event in events],
        [data_as_json(event) for event in events],
    )


def _seller(seller_id: int | None) -> str:
    return NULL if seller_id is None else str(seller_id)


def _wake_ups_of_set(events: EventSet) -> set[WakeUp]:
    """As `_wake_ups`; what asks only whose events these are needs no event."""
    of_seller = [reaction for reaction in _reactions.get(events.kind, ()) if reaction.is_of_seller]
    if len(of_seller) < len(_reactions.get(events.kind, ())):
        return _wake_ups(list(events.events()))
    if events.seller_id is None:
        return set()
    return {WakeUp(reaction.task, reaction.argument, events.seller_id) for reaction in of_seller}


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
