"""The database still guards what we count on: constraints, keys and triggers are in its catalog (I03, I19)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from toiya.core.checks import Check, Guard

_CONSTRAINT = """EXISTS (
    SELECT 1 FROM pg_constraint k WHERE k.conrelid = to_regclass(g.relation) AND k.conname = g.name
    AND k.contype = '{kind}' AND k.convalidated)"""
_ON_COLUMN = """EXISTS (
    SELECT 1 FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.conrelid = to_regclass(g.relation) AND cardinality(k.conkey) = 1 AND a.attname = g.name
    AND k.contype = '{kind}' AND k.convalidated)"""
_TRIGGER = """EXISTS (
    SELECT 1 FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
    WHERE t.tgrelid = to_regclass(g.relation) AND t.tgname = g.name AND t.tgenabled IN ('O', 'A')
    AND f.proname = {function} AND f.prosrc LIKE '%%RAISE EXCEPTION%%')"""
PRESENT = {
    "check": _CONSTRAINT.format(kind="c"),
    "foreign key": _CONSTRAINT.format(kind="f"),
    "check on column": _ON_COLUMN.format(kind="c"),
    "foreign key on column": _ON_COLUMN.format(kind="f"),
    "unique": """EXISTS (
    SELECT 1 FROM pg_index i WHERE i.indrelid = to_regclass(g.relation) AND i.indexrelid = to_regclass(g.name)
    AND i.indisunique AND i.indisvalid)""",
    "unique column": """EXISTS (
    SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = to_regclass(g.relation) AND i.indnkeyatts = 1 AND i.indpred IS NULL AND a.attname = g.name
    AND i.indisunique AND i.indisvalid)""",
    "trigger": _TRIGGER.format(function="'toiya_refuse_change'"),
    "check on sets": _TRIGGER.format(function="regexp_replace(g.name, '_kept$', '')"),
}
_CASES = "\n".join(f"    WHEN '{kind}' THEN {present}" for kind, present in PRESENT.items())
_STATEMENT = f"""
SELECT g.relation AS subject, g.kind, g.name
FROM unnest(%(kinds)s::text[], %(tables)s::text[], %(names)s::text[]) g (kind, relation, name)
WHERE NOT CASE g.kind
{_CASES}
END
"""  # noqa: S608
_MESSAGE = "Table %(subject)s: the %(kind)s %(name)s is missing or switched off. Put it back, then verify once more."


def append_only(table: str) -> tuple[Guard, Guard]:
    """The two triggers of `schema.append_only`."""
    return Guard("trigger", table, f"{table}_append_only"), Guard("trigger", table, f"{table}_no_truncate")


def same_seller(table: str, column: str) -> Guard:
    """The foreign key of `schema.same_seller`."""
    return Guard("foreign key", table, f"{table}_{column}_same_seller")


def same_seller_in_sets(table: str, column: str) -> tuple[Guard, Guard]:
    """The two triggers of `schema.same_seller_in_sets`."""
    name = f"{table}_{column}_same_seller"
    return Guard("check on sets", table, name), Guard("check on sets", table, f"{name}_kept")


def guards_of(tables: Iterable[type[models.Model]]) -> list[Guard]:
    """What the models promise: named constraints, columns that are unique, positive or foreign keys."""
    guards = []
    for model in tables:
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            kind = "check" if isinstance(constraint, models.CheckConstraint) else "unique"
            guards.append(Guard(kind, table, str(constraint.name)))
        for field in model._meta.concrete_fields:
            if isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField):
                guards.append(Guard("check on column", table, str(field.column)))
            if field.unique:
                guards.append(Guard("unique column", table, str(field.column)))
            if isinstance(field, models.ForeignKey) and getattr(field, "db_constraint", True):
                guards.append(Guard("foreign key on column", table, str(field.column)))
    return guards


def guard_checks(guards: Iterable[Guard]) -> list[Check]:
    """Two checks: the constraints (I03) and the triggers that keep the ledgers append-only (I19)."""
    every = list(guards)
    triggers = [guard for guard in every if guard.kind == "trigger"]
    others = [guard for guard in every if guard.kind != "trigger"]
    return [
        _check("I03", "constraints_in_place", others),
        _check("I19", "ledgers_append_only", triggers),
    ]


def _check(invariant: str, code: str, guards: Iterable[Guard]) -> Check:
    listed = list(guards)
    parameters = {
        "kinds": [guard.kind for guard in listed],
        "tables": [guard.table for guard in listed],
        "names": [guard.name for guard in listed],
    }
    return Check(invariant, code, _STATEMENT, _MESSAGE, parameters=parameters)
