"""Events have names of their own and are told in words; jobs that are woken are there to be run."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections import Counter

import pytest
from procrastinate.contrib.django import app

from tests.architecture.house import ROOT, subclasses
from toiya.config.reactions import REACTIONS
from toiya.core.events import Event
from toiya.core.models import EventRow

EVENTS = sorted(subclasses(Event), key=lambda kind: kind.NAME)


def test_no_two_events_have_the_same_name() -> None:
    assert [name for name, count in Counter(kind.NAME for kind in EVENTS).items() if count > 1] == []


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_an_event_is_a_frozen_fact_with_a_name_that_fits(kind: type[Event]) -> None:
    assert "NAME" in vars(kind)
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", kind.NAME)
    assert len(kind.NAME) <= EventRow._meta.get_field("name").max_length
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert [field.name for field in dataclasses.fields(kind)][:2] == ["seller_id", "subject"]
    assert re.search(r"\.events(\.\w+)?$", kind.__module__)
    assert kind.__doc__
    assert not kind.__doc__.startswith(kind.__name__)


def test_every_reaction_wakes_a_job_that_exists_with_an_argument_it_takes() -> None:
    for event, reactions in REACTIONS.items():
        for reaction in reactions:
            task = app.tasks[reaction.task]
            taken = task.func.__code__.co_varnames[: task.func.__code__.co_argcount]
            assert taken == (reaction.argument,), f"{event.__name__}: {reaction.task} takes {taken}"
            if reaction.value is None:
                assert reaction.argument in {field.name for field in dataclasses.fields(event)}


def test_every_job_woken_by_name_exists() -> None:
    woken = set()
    for path in sorted((ROOT / "src/toiya").rglob("*.py")):
        if "tests" in path.parts or "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"wake", "WakeUp", "Reaction"}:
                woken.add(node.args[0].value)
    assert woken
    assert woken - set(app.tasks) == set()


def test_every_job_has_the_name_of_its_package() -> None:
    for name, task in app.tasks.items():
        if task.func.__module__.startswith("toiya."):
            package = task.func.__module__.split(".")
            assert name.split(".")[0] in package, f"{name} stands in {task.func.__module__}"
