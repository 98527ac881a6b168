"""Cursor paging over real rows: forward, back, ties, deleted rows, counts and the number of queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from toiya.domain.members.models import Seller
from toiya.web.shared import paging
from toiya.web.shared.paging import Page, page_of

pytestmark = pytest.mark.django_db
ORDER = ("-registered_at", "-id")
START = datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def sellers() -> list[Seller]:
    """25 sellers; always two of the same instant, to the microsecond."""
    made = [
        Seller(
            code=f"SEL-{number:03}",
            name=f"Shop {number}",
            mark_character=chr(0x4E00 + number),
            registered_at=START + timedelta(hours=number // 2),
        )
        for number in range(25)
    ]
    Seller.objects.bulk_create(made)
    return list(Seller.objects.order_by(*ORDER))


def page(cursor: str = "", size: int = 10) -> Page[Seller]:
    query = QueryDict(mutable=True)
    query["at"] = cursor
    return page_of(Seller.objects.all(), query, ORDER, size)


def test_forward_and_back_shows_every_row_once(sellers: list[Seller]) -> None:
    first = page()
    second = page(first.next)
    third = page(second.next)
    assert [*first, *second, *third] == sellers
    assert [(each.start, each.end) for each in (first, second, third)] == [(1, 10), (11, 20), (21, 25)]
    assert (first.previous, third.next) == ("", "")
    back = page(third.previous)
    assert list(back) == list(second)
    assert (back.start, back.end) == (11, 20)
    home = page(back.previous)
    assert list(home) == list(first)
    assert (home.start, home.previous) == (1, "")


def test_a_deleted_cursor_row_breaks_nothing(sellers: list[Seller]) -> None:
    first = page()
    Seller.objects.filter(pk=first.rows[-1].pk).delete()
    assert list(page(first.next)) == sellers[10:20]


@pytest.mark.parametrize("cursor", ["x", "!!!", "W10", "WyJmIiwxXQ", "WyJmIiwxLCJub3QgYSBkYXRlIiwiMSJd", "W1tb" * 3000])
def test_a_cursor_that_cannot_be_read_gives_the_first_page(sellers: list[Seller], cursor: str) -> None:
    assert list(page(cursor)) == sellers[:10]


def test_a_page_takes_two_queries(sellers: list[Seller], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cursor = page().next
    with django_assert_num_queries(2):
        page(cursor)


def test_the_count_is_exact_up_to_its_limit(sellers: list[Seller], monkeypatch: pytest.MonkeyPatch) -> None:
    assert (page().total, page().total_is_exact) == (25, True)
    monkeypatch.setattr(paging, "EXACT_UP_TO", 20)
    assert (page().total, page().total_is_exact) == (20, False)


def test_no_rows_make_an_empty_page() -> None:
    empty = page()
    assert (len(empty), empty.start, empty.end, empty.total, empty.next, empty.previous) == (0, 0, 0, 0, "", "")
