"""No row points to another seller's row, or to none (I14): one check per table, made from the models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import models

from toiya.core.checks import Check, Reference

Model = type[models.Model]

# The column by which a row without a code of its own is named: the code of what it belongs to.
_NAMED_BY = ("order_id", "parcel_id", "sku_id", "connection_id", "pick_list_id", "wave_id", "item_id", "warehouse_id")
_OWN_NAMES = ("code", "reference", "source")
_MESSAGE = "%(kind)s %(row)s (%(subject)s) points by %(field)s to %(target)s, which %(fault)s."


def references_of(tables: Iterable[Model]) -> list[Reference]:
    """The references that Django knows as foreign keys."""
    return [
        Reference(model._meta.db_table, field.column, field.remote_field.model._meta.db_table)
        for model in tables
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    ]


def reference_checks(tables: Sequence[Model], references: Iterable[Reference]) -> list[Check]:
    """A check for each table that refers to others."""
    by_table = {model._meta.db_table: model for model in tables}
    ordered = sorted(references, key=lambda reference: (reference.table, reference.column))
    checks = []
    for table, group in groupby(ordered, key=lambda reference: reference.table):
        own = list(group)
        parts = [_statement(reference, own, by_table) for reference in own]
        checks.append(Check("I14", f"references_of_{table}", "\nUNION ALL\n".join(parts), _MESSAGE))
    return checks


def _statement(reference: Reference, siblings: Sequence[Reference], by_table: dict[str, Model]) -> str:
    child, parent = by_table[reference.table], by_table[reference.parent]
    key, parent_key = key_of(child), key_of(parent)
    is_foreign = "false"
    if {"seller_id"} <= _columns(child) & _columns(parent) and reference.column not in of_partners(child):
        is_foreign = "p.seller_id <> c.seller_id"
    kind = str(child._meta.verbose_name).replace("'", "")
    return f"""
SELECT coalesce({_name(child, siblings, by_table)}, c.{key}::text) AS subject, '{kind}' AS kind, c.{key}::text AS row,
       '{reference.column}' AS field, coalesce({_own_name(parent, "p")}, c.{reference.column}::text) AS target,
       CASE WHEN p.{parent_key} IS NULL THEN 'does not exist' ELSE 'belongs to another seller' END AS fault
FROM {reference.table} c LEFT JOIN {reference.parent} p ON p.{parent_key} = c.{reference.column}
WHERE c.{reference.column} IS NOT NULL AND (p.{parent_key} IS NULL OR {is_foreign})"""  # noqa: S608


def of_partners(model: Model) -> frozenset[str]:
    """Columns that name a row of a partner on purpose (`OF_PARTNERS` of the model); its package checks whose."""
    found: frozenset[str] = getattr(model, "OF_PARTNERS", frozenset())
    return found


def key_of(model: Model) -> str:
    """The column that tells a table's rows apart within one seller, or the first of those that do."""
    columns = [str(field.column) for field in model._meta.pk_fields]
    return next((column for column in columns if column != "seller_id"), columns[0])


def _columns(model: Model) -> set[str]:
    return {str(field.column) for field in model._meta.concrete_fields}


def _own_name(model: Model, alias: str) -> str:
    column = next((name for name in _OWN_NAMES if name in _columns(model)), None)
    return f"{alias}.{column}" if column else "NULL"


def _name(model: Model, references: Sequence[Reference], by_table: dict[str, Model]) -> str:
    """SQL for the code people know the row by: its own, else that of what it belongs to, else its seller's."""
    if (own := _own_name(model, "c")) != "NULL":
        return own
    parents = {reference.column: by_table[reference.parent] for reference in references}
    for column in (*_NAMED_BY, "seller_id"):
        parent = parents.get(column)
        if parent is not None and "code" in _columns(parent):
            table, key = parent._meta.db_table, key_of(parent)
            return f"(SELECT n.code FROM {table} n WHERE n.{key} = c.{column})"  # noqa: S608
    return "NULL"
