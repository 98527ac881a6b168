"""What happened is written, and its reactions woken, in the transaction of the change: both or neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from toiya.config import reactions
from toiya.core import events
from toiya.core.actor import Actor, ActorKind, system_actor
from toiya.core.events import Event, EventSet, Reaction
from toiya.core.models import EventRow

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Event):
    NAME: ClassVar[str] = "lamp.lit"
    watts: int
    words: str = ""
    owner_id: int | None = None


@pytest.fixture(autouse=True)
def table_of_reactions() -> Iterator[None]:
    owner = Reaction("lamps.tell_owner", "owner_id")
    loud = Reaction("lamps.shade", "seller_id", value=lambda event: event.seller_id if event.watts > 100 else None)
    events.install_reactions({LampLit: [Reaction("lamps.count"), owner, loud]})
    yield
    reactions.install()


def jobs() -> list[tuple[str, dict[str, int], str]]:
    found = ProcrastinateJob.objects.order_by("task_name", "id")
    return [(job.task_name, job.args, job.queueing_lock or "") for job in found]


def lit(seller_id: int | None = 7, watts: int = 60, **more: object) -> LampLit:
    return LampLit(seller_id=seller_id, subject="LAMP-1", watts=watts, **more)  # type: ignore[arg-type]


def test_an_event_keeps_who_when_what_and_its_own_fields() -> None:
    actor = Actor(kind=ActorKind.PERSON, id="42", name="田中\tみなみ")
    events.record(lit(words='a "word"\n\\with\ttrouble'), actor=actor, at=NOON)
    row = EventRow.objects.get()
    assert (row.name, row.seller_id, row.subject, row.at) == ("lamp.lit", 7, "LAMP-1", NOON)
    assert (row.actor_kind, row.actor_id, row.actor_name) == ("person", "42", "田中\tみなみ")
    assert row.data == {"watts": 60, "words": 'a "word"\n\\with\ttrouble', "owner_id": None}


def test_its_reactions_are_woken_with_the_argument_each_wants_and_only_where_there_is_one() -> None:
    events.record(lit(owner_id=3, watts=200), actor=system_actor("tests"), at=NOON)
    assert jobs() == [
        ("lamps.count", {"seller_id": 7}, "lamps.count/7"),
        ("lamps.shade", {"seller_id": 7}, "lamps.shade/7"),
        ("lamps.tell_owner", {"owner_id": 3}, "lamps.tell_owner/3"),
    ]


def test_an_event_without_an_owner_or_the_value_it_takes_wakes_less() -> None:
    events.record(lit(), actor=system_actor("tests"), at=NOON)
    assert [job[0] for job in jobs()] == ["lamps.count"]


def test_an_event_of_no_seller_wakes_nothing_by_seller() -> None:
    events.record(lit(seller_id=None), actor=system_actor("tests"), at=NOON)
    assert EventRow.objects.get().seller_id is None
    assert jobs() == []


def test_many_events_are_many_rows_and_one_wake_up_for_each_that_is_wanted() -> None:
    events.record_all([lit(watts=watts) for watts in range(1, 51)], actor=system_actor("tests"), at=NOON)
    assert list(EventRow.objects.order_by("pk").values_list("data__watts", flat=True)) == list(range(1, 51))
    assert len(jobs()) == 1


def test_a_set_told_field_by_field_leaves_the_rows_and_jobs_of_its_events() -> None:
    actor = Actor(kind=ActorKind.PERSON, id="42", name="100 %\tみなみ")
    watts, words, owners = list(range(40, 340)), ['"%s"\n\\'] * 300, [None, 3] * 150
    fields = {"watts": watts, "words": words, "owner_id": owners}
    lamps = [f"LAMP-{number}" for number in watts]
    told = EventSet(LampLit, 7, lamps, fields)
    events.record_sets([told, EventSet(LampLit, None, [], {key: [] for key in fields})], actor=actor, at=NOON)

    columns = ("name", "seller_id", "subject", "at", "actor_kind", "actor_id", "actor_name", "data")
    in_sets = list(EventRow.objects.order_by("pk").values_list(*columns))
    woken = jobs()
    assert in_sets[0][6:] == ("100 %\tみなみ", {"watts": 40, "words": '"%s"\n\\', "owner_id": None})
    assert woken == [
        ("lamps.count", {"seller_id": 7}, "lamps.count/7"),
        ("lamps.shade", {"seller_id": 7}, "lamps.shade/7"),
        ("lamps.tell_owner", {"owner_id": 3}, "lamps.tell_owner/3"),
    ]
    ProcrastinateJob.objects.all().delete()
    events.record_all(told.events(), actor=actor, at=NOON)
    assert list(EventRow.objects.order_by("pk").values_list(*columns))[300:] == in_sets
    assert jobs() == woken


def test_a_set_wakes_whom_its_seller_alone_tells_and_nobody_without_one() -> None:
    events.install_reactions({LampLit: [Reaction("lamps.count")]})
    fields: dict[str, list[object]] = {"watts": [60, 60], "words": ["", ""], "owner_id": [None, None]}
    sets = [EventSet(LampLit, seller, ["LAMP-1", "LAMP-2"], fields) for seller in (7, None)]
    events.record_sets(sets, actor=system_actor("tests"), at=NOON)
    assert EventRow.objects.count() == 4
    assert jobs() == [("lamps.count", {"seller_id": 7}, "lamps.count/7")]


def test_a_set_names_its_fields_as_the_kind_does() -> None:
    with pytest.raises(TypeError, match="LampLit has the fields"):
        EventSet(LampLit, 7, [], {"words": [], "watts": [], "owner_id": []})


def test_what_is_rolled_back_leaves_neither_event_nor_job() -> None:
    with transaction.atomic():
        events.record(lit(), actor=system_actor("tests"), at=NOON)
        assert (EventRow.objects.count(), len(jobs())) == (1, 1)
        transaction.set_rollback(True)
    assert (EventRow.objects.count(), len(jobs())) == (0, 0)


def test_no_events_ask_the_database_nothing() -> None:
    with connection.execute_wrapper(_refuse):
        events.record_all([], actor=system_actor("tests"), at=NOON)


def _refuse(*arguments: object) -> None:
    raise AssertionError("asked the database")


@pytest.mark.parametrize(
    "statement", ["UPDATE core_event SET name = 'other'", "DELETE FROM core_event", "TRUNCATE core_event"]
)
def test_what_happened_cannot_be_changed_afterwards(statement: str) -> None:
    events.record(lit(), actor=system_actor("tests"), at=NOON)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert EventRow.objects.get().name == "lamp.lit"
