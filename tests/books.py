"""All rows of the house as one number per table: what a refused step must leave as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, transaction

from tests.world import NOON
from toiya.config.truths import all_checks
from toiya.core.checks import run
from toiya.core.errors import Refusal

QUEUE = "procrastinate_jobs"


def fingerprint(*begins: str) -> dict[str, str]:
    """By table (those whose names begin so, else all), a hash over all its rows; sequences may have moved on."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("toiya.")]
    own = [table for table in tables if table.startswith(begins or "")]
    parts = [
        f"SELECT '{table}', md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {table} t"
        for table in sorted({*own, QUEUE})
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def refused(kind: type[Refusal], step: Callable[[], object]) -> Refusal:
    """The refusal of a step, which left every row of the house as it was."""
    before = fingerprint()
    with pytest.raises(kind) as refusal, transaction.atomic():
        step()
    assert fingerprint() == before
    return refusal.value


def findings(*invariants: str) -> list[str]:
    """What `verify` finds of these invariants (all when none is named), in words."""
    wanted = [check for check in all_checks() if not invariants or check.invariant in invariants]
    return [problem.message for finding in run(wanted, at=NOON) for problem in finding.problems]
