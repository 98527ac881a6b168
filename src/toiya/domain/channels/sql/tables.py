"""The tables of wishes, and how one column is fetched."""

from __future__ import annotations

from typing import Any

from django.db import connection

CONFIRMATIONS = "channels_confirmation"
WRITE_BACKS = "channels_writeback"
STOCK_PUSHES = "channels_stockpush"
ALL = (CONFIRMATIONS, WRITE_BACKS, STOCK_PUSHES)


def first_column(statement: str, parameters: dict[str, Any]) -> list[Any]:
    """Run a statement of ours; the first column of its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]
