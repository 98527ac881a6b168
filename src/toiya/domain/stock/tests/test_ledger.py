"""The guards around the ledger of goods: the database refuses what the code would never do."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from tests.books import fingerprint
from tests.world import NOON, a_seller, a_sku, a_warehouse, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import EFFECTS, Book, NotEnoughStock, Post
from toiya.domain.stock.models import Balance, Movement

pytestmark = pytest.mark.django_db


@pytest.fixture
def sku(db: None) -> Sku:
    """A SKU with ten pieces in A01-01-1 of a warehouse."""
    sku = a_sku(a_seller())
    stock_of(sku, a_warehouse(), 10)
    return sku


def book_of(sku: Sku) -> Book:
    return Book(sku.seller_id, Balance.objects.get(sku=sku).warehouse_id, "tests", NOON)


def test_every_kind_of_movement_has_its_effect() -> None:
    assert set(EFFECTS) == set(Movement.Kind)
    assert {EFFECTS[kind] for kind in Movement.Kind} <= set(product((-1, 0, 1), repeat=3))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stock_movement SET quantity = quantity + 1",
        "DELETE FROM stock_movement",
        "TRUNCATE stock_movement",
    ],
)
def test_a_movement_cannot_be_changed_or_removed(sku: Sku, statement: str) -> None:
    before = fingerprint("stock_")
    with (
        pytest.raises(IntegrityError, match="stock_movement is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert fingerprint("stock_") == before


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("UPDATE stock_balance SET allocated = on_hand + 1", "allocated_within_on_hand"),
        ("UPDATE stock_balance SET allocated = -1", "stock_balance_allocated_check"),
        ("UPDATE stock_balance SET on_hand = -1", "stock_balance_on_hand_check"),
        ("UPDATE stock_binstock SET quantity = -1", "stock_binstock_quantity_check"),
        (
            "INSERT INTO stock_balance (seller_id, warehouse_id, sku_id, on_hand, allocated) "
            "SELECT seller_id, warehouse_id, sku_id, 0, 0 FROM stock_balance",
            "one_balance",
        ),
    ],
)
def test_the_database_itself_refuses_to_oversell(sku: Sku, statement: str, guard: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    constraint = refusal.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    assert constraint in {guard, "allocated_within_on_hand", "bin_stock_not_negative"}


def test_a_promise_beyond_what_is_free_is_a_refusal_that_changes_nothing(sku: Sku) -> None:
    before = fingerprint()
    with pytest.raises(NotEnoughStock), transaction.atomic():
        ledger.allocate(book_of(sku), [Post(sku.pk, 11, "ORD-1")])
    assert fingerprint() == before


def test_two_posts_of_one_sku_are_counted_together(sku: Sku) -> None:
    with pytest.raises(NotEnoughStock), transaction.atomic():
        ledger.allocate(book_of(sku), [Post(sku.pk, 6, "ORD-1"), Post(sku.pk, 5, "ORD-2")])
    ledger.allocate(book_of(sku), [Post(sku.pk, 6, "ORD-1"), Post(sku.pk, 4, "ORD-2")])
    assert Balance.objects.get().allocated == 10
    promised = Movement.objects.filter(kind=Movement.Kind.ALLOCATE).order_by("pk")
    assert list(promised.values_list("quantity", "source", "actor")) == [(6, "ORD-1", "tests"), (4, "ORD-2", "tests")]


def test_a_sku_without_a_balance_cannot_be_promised(sku: Sku) -> None:
    other = a_sku(sku.seller, seller_code="OTHER")
    before = fingerprint()
    with pytest.raises(NotEnoughStock), transaction.atomic():
        ledger.allocate(book_of(sku), [Post(sku.pk, 1, "ORD-1"), Post(other.pk, 1, "ORD-1")])
    assert fingerprint() == before


def test_another_sellers_pieces_cannot_be_promised(sku: Sku) -> None:
    stranger = a_seller("Kaede")
    book = Book(stranger.pk, book_of(sku).warehouse_id, "tests", NOON)
    with pytest.raises(NotEnoughStock), transaction.atomic():
        ledger.allocate(book, [Post(sku.pk, 1, "ORD-1")])
    with pytest.raises(IntegrityError, match="same_seller"), transaction.atomic():
        sql.ensure_balances(stranger.pk, book.warehouse_id, [sku.pk])


def test_no_posts_ask_the_database_nothing(sku: Sku) -> None:
    before = fingerprint()
    ledger.allocate(book_of(sku), [])
    assert fingerprint() == before
