"""A constraint, key or trigger that somebody took away is named, each kind of them (I03, I19)."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.verify.whole_house import LATER, House
from toiya.config.truths import all_checks, all_guards
from toiya.core.checks import run

pytestmark = pytest.mark.django_db

REMOVALS = [
    ("check", "stock_balance", "allocated_within_on_hand", "ALTER TABLE {table} DROP CONSTRAINT {name}"),
    ("check on column", "stock_balance", "on_hand", "ALTER TABLE {table} DROP CONSTRAINT {table}_on_hand_check"),
    ("unique", "orders_order", "one_order_per_cart", "ALTER TABLE {table} DROP CONSTRAINT {name}"),
    ("unique", "orders_hold", "one_open_hold_per_code", "DROP INDEX {name}"),
    ("unique column", "outbound_wave", "code", "ALTER TABLE {table} DROP CONSTRAINT {table}_code_key"),
    ("check on sets", "orders_line", "orders_line_order_id_same_seller", "DROP TRIGGER {name} ON {table}"),
    (
        "check on sets",
        "orders_line",
        "orders_line_order_id_same_seller_kept",
        "ALTER TABLE {table} DISABLE TRIGGER {name}",
    ),
    ("foreign key", "stock_balance", "stock_balance_sku_id_same_seller", "ALTER TABLE {table} DROP CONSTRAINT {name}"),
]
TRIGGER_REMOVALS = [
    ("core_event", "core_event_append_only", "ALTER TABLE {table} DISABLE TRIGGER {name}"),
    ("stock_movement", "stock_movement_append_only", "DROP TRIGGER {name} ON {table}"),
    ("wallet_entry", "wallet_entry_no_truncate", "ALTER TABLE {table} ENABLE REPLICA TRIGGER {name}"),
    ("wallet_posting", "wallet_posting_append_only", "ALTER TABLE {table} DISABLE TRIGGER USER"),
]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def _found() -> dict[str, list[str]]:
    findings = run(all_checks(), at=LATER)
    return {finding.check.code: [each.message for each in finding.problems] for finding in findings if finding.count}


@pytest.mark.parametrize(("kind", "table", "name", "removal"), REMOVALS, ids=lambda value: str(value)[:40])
def test_a_missing_constraint_is_named(house: House, kind: str, table: str, name: str, removal: str) -> None:
    _run(removal.format(table=table, name=name))

    assert _found() == {
        "constraints_in_place": [
            f"Table {table}: the {kind} {name} is missing or switched off. Put it back, then verify once more."
        ]
    }


def test_a_missing_foreign_key_is_named(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'outbound_slot'::regclass AND contype = 'f' "
            "AND confrelid = 'warehouses_bin'::regclass"
        )
        name = cursor.fetchone()[0]
    _run(f"ALTER TABLE outbound_slot DROP CONSTRAINT {name}")

    assert _found() == {
        "constraints_in_place": [
            "Table outbound_slot: the foreign key on column tote_id is missing or switched off. "
            "Put it back, then verify once more."
        ]
    }


def test_a_constraint_that_was_never_proved_on_the_rows_is_named(house: House) -> None:
    _run("ALTER TABLE stock_balance DROP CONSTRAINT allocated_within_on_hand")
    _run("ALTER TABLE stock_balance ADD CONSTRAINT allocated_within_on_hand CHECK (allocated <= on_hand) NOT VALID")

    assert list(_found()) == ["constraints_in_place"]


@pytest.mark.parametrize(("table", "name", "removal"), TRIGGER_REMOVALS, ids=lambda value: str(value)[:40])
def test_a_ledger_without_its_trigger_is_named(house: House, table: str, name: str, removal: str) -> None:
    _run(removal.format(table=table, name=name))

    found = _found()

    assert list(found) == ["ledgers_append_only"]
    assert f"Table {table}: the trigger {name} is missing" in found["ledgers_append_only"][0]


def test_a_trigger_that_refuses_nothing_is_named_on_every_ledger(house: House) -> None:
    _run(
        "CREATE OR REPLACE FUNCTION toiya_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$"
    )
    found = _found()
    assert {code: len(messages) for code, messages in found.items()} == {"ledgers_append_only": 50}


def test_every_guard_that_migrations_make_by_hand_is_known(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conname LIKE '%_same_seller' UNION "
            "SELECT tgname FROM pg_trigger t JOIN pg_proc f ON f.oid = tgfoid "
            "WHERE NOT tgisinternal AND (proname LIKE 'toiya_%' OR proname LIKE '%_same_seller')"
        )
        made = {row[0] for row in cursor.fetchall()}
    assert made == {guard.name for guard in all_guards() if guard.kind in ("trigger", "foreign key", "check on sets")}
