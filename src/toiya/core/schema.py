"""SQL for migrations that Django has no word for: append-only tables and keys over two columns."""

from __future__ import annotations

from django.db import migrations

from toiya.core import guards
from toiya.core.checks import Guard

REFUSE = """
CREATE OR REPLACE FUNCTION toiya_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: write a counter-entry instead', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class RunGuards(migrations.RunSQL):
    """SQL that puts guards into the database's catalog; `verify` asks every migration for them."""

    def __init__(self, sql: str, reverse_sql: str, put: tuple[Guard, ...]) -> None:
        super().__init__(sql, reverse_sql)
        self.guards = put


def append_only(table: str) -> RunGuards:
    """Refuse UPDATE, DELETE and TRUNCATE on a table, whoever asks."""
    return RunGuards(
        REFUSE
        + f"""
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION toiya_refuse_change();
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION toiya_refuse_change();
        """,
        f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};",
        guards.append_only(table),
    )


def same_seller(table: str, column: str, parent: str) -> RunGuards:
    """A foreign key (seller_id, column) -> parent (seller_id, id): no row points to another seller's row (I14)."""
    name = f"{table}_{column}_same_seller"
    return RunGuards(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (seller_id, {column}) "
        f"REFERENCES {parent} (seller_id, id) DEFERRABLE INITIALLY IMMEDIATE;",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
        (guards.same_seller(table, column),),
    )


def same_seller_in_sets(table: str, column: str, parent: str) -> RunGuards:
    """
    The same truth for a hot append-only table, checked once per statement instead of once per row.

    A foreign key looks each row up alone, which costs more than writing it; a set is counted in one go, by one walk
    along the parent's index. Parents of such tables are never deleted, so nothing is lost by not watching for that.
    The function may not read the whole parent: a session keeps the plan it made when that was small.
    """
    name = f"{table}_{column}_same_seller"
    return RunGuards(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM (
                    SELECT seller_id, count(DISTINCT {column}) AS parents, array_agg({column}) AS ids
                    FROM fresh GROUP BY seller_id
                ) f
                WHERE parents <> (
                    SELECT count(*) FROM {parent} p WHERE p.seller_id = f.seller_id AND p.id = ANY(f.ids)
                )
            ) THEN
                RAISE EXCEPTION 'a row of {table} points to no row of {parent} of its own seller'
                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = '{name}', TABLE = '{table}';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
            FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        CREATE TRIGGER {name}_kept AFTER UPDATE ON {table} REFERENCING NEW TABLE AS fresh
            FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        """,  # noqa: S608  names of ours
        f"DROP TRIGGER {name} ON {table}; DROP TRIGGER {name}_kept ON {table}; DROP FUNCTION {name}();",
        guards.same_seller_in_sets(table, column),
    )


def tuned(table: str, settings: str) -> migrations.RunSQL:
    """Storage settings of a hot table, such as its fillfactor (performance of the hot path)."""
    return migrations.RunSQL(f"ALTER TABLE {table} SET ({settings});", migrations.RunSQL.noop)
