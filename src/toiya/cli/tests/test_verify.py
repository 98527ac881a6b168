"""`./toiya verify` as it is called: one snapshot, one line per check, and an exit code."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError, connection

from tests.world import a_seller, a_sku, a_warehouse, stock_of
from toiya.cli import database, verify
from toiya.cli.postgres import embedded
from toiya.cli.trouble import Trouble
from toiya.config.truths import all_checks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def our_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOIYA_DATABASE_URL", database_url)


def _received() -> str:
    sku = a_sku(a_seller())
    stock_of(sku, a_warehouse(), 3)
    return sku.code


def test_a_house_in_order_ends_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    _received()
    assert verify.run([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(all_checks()) + 2
    assert lines[-1] == "Everything agrees."


def test_a_server_that_does_not_answer_is_said_in_a_sentence_without_the_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TOIYA_DATABASE_URL", "postgresql://toiya:secret@db.example:1/toiya")

    def silent(**_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(verify, "verify", silent)
    with pytest.raises(Trouble, match=r"does not answer at postgresql://toiya@db.example:1/toiya: connection refused"):
        verify.run([])


@pytest.mark.parametrize("address", ["nonsense", "mysql://a:b@c/d", "postgresql://a@b:port/c", "postgresql://a@b:5432"])
def test_what_is_no_address_of_a_database_is_refused_with_an_example(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("TOIYA_DATABASE_URL", address)
    with pytest.raises(Trouble, match="Write it like postgresql://user:password@host:5432/database"):
        verify.run([])


def test_nobody_there_to_answer_deletes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    monkeypatch.setattr(embedded, "reset", lambda: pytest.fail("it was deleted"))
    assert database.run(["reset"]) == 1


def test_damage_ends_with_one_and_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code = _received()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stock_balance SET on_hand = 4")

    assert verify.run(["--json"]) == 1

    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert told["checked"]["checks"] == len(all_checks())
    assert told["checked"]["movements"] == 1
    assert told["problems"][0] == {
        "invariant": "I01",
        "code": "on_hand_is_sum_of_movements",
        "subject": code,
        "message": f"SKU {code} in FNB: the balance says 4 on hand, its movements say 3.",
    }
    assert [problem["code"] for problem in told["problems"]] == ["on_hand_is_sum_of_movements", "bins_sum_to_on_hand"]


def test_it_only_reads(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []

    def look(execute: object, sql: str, params: object, many: bool, context: object) -> object:
        seen.append(sql.split()[0])
        return execute(sql, params, many, context)  # type: ignore[operator]

    with connection.execute_wrapper(look):
        verify.run([])
    assert set(seen) == {"SET", "WITH", "SELECT"}
