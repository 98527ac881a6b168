"""Quick migrations say the same to the database as Django's own, and draw few models."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from toiya.cli.postgres import quick_states

# Tables, columns, constraints, indexes, code that reads rows, and triggers, of packages that all hang on sellers.
STEPS = [
    ("billing", "0001_ground"),
    ("dues", "0001_ground"),
    ("assembly", "0002_left_receiving"),
    ("catalog", "0003_catalog"),
]


def _said() -> list[str]:
    loader = MigrationLoader(connection, replace_migrations=False)
    said: list[str] = []
    for step in STEPS:
        said += loader.collect_sql([(loader.graph.nodes[step], False)])
    return said


@pytest.mark.django_db
def test_the_statements_are_those_of_django_and_few_models_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = ModelState.render

    def counted(state: Any, apps: Any) -> Any:
        drawn.append(state.name)
        return draw(state, apps)

    monkeypatch.setattr(ModelState, "render", counted)
    monkeypatch.setattr(ProjectState, "_find_reload_model", quick_states._whole)
    whole = _said()
    drawn_by_django = len(drawn)
    drawn.clear()
    quick_states.quicken_migrations()

    assert _said() == whole
    assert sum("CREATE TABLE" in statement for statement in whole) > 10
    assert len(drawn) < drawn_by_django / 3
