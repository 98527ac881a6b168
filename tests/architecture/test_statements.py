"""Placing, allocating and shipping take a constant number of statements, COPY included, for sets of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from bench import road
from bench.road import Road
from tests.books import findings
from toiya.domain.orders.models import Order
from toiya.domain.orders.rules import OrderDraft
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db
SIZES = (1, 100, 1000)
MOST_FOR_ONE = 10
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that goes to the server, through Django's cursors or by COPY, without those of transactions."""
    statements: list[str] = []
    copy = psycopg.Cursor.copy

    def note(statement: Any) -> None:
        words = " ".join(str(statement).split())
        if not words.startswith(TRANSACTION):
            statements.append(words)

    def noted(execute: Callable[..., Any], statement: Any, *rest: Any) -> Any:
        note(statement)
        return execute(statement, *rest)

    def noted_copy(cursor: Any, statement: Any, *arguments: Any, **options: Any) -> Any:
        note(statement)
        return copy(cursor, statement, *arguments, **options)

    ProcrastinateJob.objects.all().delete()  # a wake-up of a job that waits already is one statement more
    with monkeypatch.context() as patch, connection.execute_wrapper(noted):
        patch.setattr(psycopg.Cursor, "copy", noted_copy)
        yield statements


@pytest.fixture
def client(db: None) -> Road:
    """The seller of the benchmark: 1,000 SKUs with ample stock."""
    road.prepare(1)
    return Road(0)


def orders(size: int, first: int) -> list[list[tuple[int, int]]]:
    """So many orders of two lines over fifty SKUs."""
    return [[(number % 50 + 1, 1), (number * 7 % 50 + 51, 2)] for number in range(first, first + size)]


def agree(counts: Sequence[Sequence[str]]) -> None:
    """The same statements for every size, and few enough."""
    lists = "\n\n".join(f"{size}:\n" + "\n".join(found) for size, found in zip(SIZES, counts, strict=True))
    assert len({len(statements) for statements in counts}) == 1, lists
    assert len(counts[0]) <= MOST_FOR_ONE, "\n".join(counts[0])


def drafts_of(client: Road, size: int) -> list[OrderDraft]:
    return client.drafts(orders(size, size * 10), [f"{size}-{number}" for number in range(size)])


def test_placing_takes_as_many_statements_for_a_thousand_as_for_one(
    client: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for size in SIZES:
        drafts = drafts_of(client, size)
        with counted(monkeypatch) as statements:
            client.ingest(drafts)
        counts.append(statements)
        assert len(client.placed_ids()) == size
    agree(counts)


def test_allocating_takes_as_many_statements_for_a_thousand_as_for_one(
    client: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for size in SIZES:
        client.ingest(drafts_of(client, size))
        ids = client.placed_ids()
        with counted(monkeypatch) as statements:
            client.allocate(ids)
        counts.append(statements)
        assert Order.objects.filter(pk__in=ids, status="allocated").count() == size
    agree(counts)
    assert findings("I01", "I02", "I03", "I04") == []


def test_shipping_takes_as_many_statements_for_a_thousand_as_for_one(
    client: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for size in SIZES:
        client.ingest(drafts_of(client, size))
        ids = client.placed_ids()
        client.allocate(ids)
        codes = client.pack(ids)
        with counted(monkeypatch) as statements:
            client.ship(codes)
        counts.append(statements)
        assert Order.objects.filter(pk__in=ids, status="shipped").count() == size
    agree(counts)
    assert findings("I01", "I02", "I03", "I04", "I06", "I07") == []


def test_orders_that_must_wait_take_no_more_for_many_than_for_one(
    client: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    Balance.objects.filter(sku__seller_code="W-51").delete()
    judged_first, judged_again = [], []
    for size in SIZES:
        drafts = client.drafts([[(1, 1), (51, 1)] for _ in range(size)], [f"{size}-{number}" for number in range(size)])
        client.ingest(drafts)
        ids = client.placed_ids()
        for counts in (judged_first, judged_again):
            with counted(monkeypatch) as statements:
                client.allocate(ids)
            counts.append(statements)
        assert Order.objects.filter(pk__in=ids, status="waiting").count() == size

    agree(judged_first)
    agree(judged_again)
