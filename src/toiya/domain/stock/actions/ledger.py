"""
The only writer of stock. One table of effects, one private function, one public verb per kind.

Verbs are steps inside a higher action's transaction. Each expects the balances of its SKUs locked
(`sql.lock_balances`), and leaves balance, bins and movements agreeing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import IntegrityError
from django.utils.translation import gettext_lazy

from toiya.core.copying import int_array, optional_int_array, optional_text_array, text_array
from toiya.core.errors import Refusal
from toiya.domain.stock import sql
from toiya.domain.stock.models import Movement

Kind = Movement.Kind
EFFECTS: dict[Movement.Kind, tuple[int, int, int]] = {
    # kind: (on hand, allocated, blocked)
    Kind.RECEIVE: (+1, 0, 0),
    Kind.ALLOCATE: (0, +1, 0),
    Kind.DEALLOCATE: (0, -1, 0),
    Kind.SHIP: (-1, -1, 0),
    Kind.MOVE: (0, 0, 0),
    Kind.FOUND: (+1, 0, 0),
    Kind.LOST: (-1, 0, 0),
    Kind.BLOCK: (0, 0, +1),
    Kind.UNBLOCK: (0, 0, -1),
    Kind.SCRAP: (-1, 0, -1),
    Kind.TAKE_OUT: (-1, 0, 0),
    Kind.ASSEMBLE_OUT: (-1, 0, 0),
    Kind.ASSEMBLE_IN: (+1, 0, 0),
    Kind.TRANSFER_OUT: (-1, -1, 0),
    Kind.TRANSFER_IN: (+1, 0, 0),
    Kind.LEND_OUT: (-1, 0, 0),
    Kind.LEND_IN: (+1, 0, 0),
    Kind.RETURN_IN: (+1, 0, 0),
    Kind.RETURN_ASIDE: (+1, 0, +1),
    Kind.SEND_BACK: (-1, 0, -1),
}


class NotEnoughStock(Refusal):
    """Fewer pieces are there, or free, than the step needs."""

    code = "not_enough_stock"
    message = gettext_lazy(
        "There are not enough pieces for this step. Reload to see the present numbers and enter a smaller quantity."
    )


class Post(NamedTuple):
    """One line to write: pieces of a SKU, for a cause, out of and into bins."""

    sku_id: int
    quantity: int
    source: str
    from_bin_id: int | None = None
    to_bin_id: int | None = None
    lot: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Whose book is written, where, by whom and when."""

    seller_id: int
    warehouse_id: int
    actor: str
    at: datetime


def receive(book: Book, posts: Sequence[Post]) -> None:
    """Pieces come into the building, into a bin."""
    _post(Kind.RECEIVE, book, posts)


def allocate(book: Book, posts: Sequence[Post]) -> None:
    """Promise pieces. :raises NotEnoughStock: the constraint had the last word"""
    _post(Kind.ALLOCATE, book, posts)


def deallocate(book: Book, posts: Sequence[Post]) -> None:
    """Take a promise back."""
    _post(Kind.DEALLOCATE, book, posts)


def ship(book: Book, posts: Sequence[Post]) -> None:
    """Promised pieces leave the building from a bin."""
    _post(Kind.SHIP, book, posts)


def move(book: Book, posts: Sequence[Post]) -> None:
    """Pieces go from bin to bin."""
    _post(Kind.MOVE, book, posts)


def found(book: Book, posts: Sequence[Post]) -> None:
    """A count found more pieces in a bin than the book has."""
    _post(Kind.FOUND, book, posts)


def lost(book: Book, posts: Sequence[Post]) -> None:
    """A count found fewer pieces in a bin. :raises NotEnoughStock: they are promised; take the promise back first"""
    _post(Kind.LOST, book, posts)


def block(book: Book, posts: Sequence[Post]) -> None:
    """Pieces go from a usable bin to one of a blocked kind. :raises NotEnoughStock: they are promised"""
    _post(Kind.BLOCK, book, posts)


def unblock(book: Book, posts: Sequence[Post]) -> None:
    """Pieces go from a blocked bin back to a usable one."""
    _post(Kind.UNBLOCK, book, posts)


def scrap(book: Book, posts: Sequence[Post]) -> None:
    """Blocked pieces leave for good from a blocked bin."""
    _post(Kind.SCRAP, book, posts)


def take_out(book: Book, posts: Sequence[Post]) -> None:
    """Pieces leave from a bin because their seller wants them. :raises NotEnoughStock: they are promised"""
    _post(Kind.TAKE_OUT, book, posts)


def assemble_out(book: Book, posts: Sequence[Post]) -> None:
    """Pieces leave a bin to become a bundle, or parts again. :raises NotEnoughStock: they are promised"""
    _post(Kind.ASSEMBLE_OUT, book, posts)


def assemble_in(book: Book, posts: Sequence[Post]) -> None:
    """What was made of pieces that left comes into a bin."""
    _post(Kind.ASSEMBLE_IN, book, posts)


def transfer_out(book: Book, posts: Sequence[Post]) -> None:
    """Pieces promised to a transfer leave a bin for another warehouse."""
    _post(Kind.TRANSFER_OUT, book, posts)


def transfer_in(book: Book, posts: Sequence[Post]) -> None:
    """Pieces that were on the way come into a bin."""
    _post(Kind.TRANSFER_IN, book, posts)


def lend_out(book: Book, posts: Sequence[Post]) -> None:
    """Pieces in a bin become another seller's. :raises NotEnoughStock: they are promised"""
    _post(Kind.LEND_OUT, book, posts)


def lend_in(book: Book, posts: Sequence[Post]) -> None:
    """Pieces in a bin that were another seller's are this one's."""
    _post(Kind.LEND_IN, book, posts)


def return_in(book: Book, posts: Sequence[Post]) -> None:
    """Pieces that a buyer sent back come into a usable bin."""
    _post(Kind.RETURN_IN, book, posts)


def return_aside(book: Book, posts: Sequence[Post]) -> None:
    """Pieces that a buyer sent back come into a bin of a blocked kind."""
    _post(Kind.RETURN_ASIDE, book, posts)


def send_back(book: Book, posts: Sequence[Post]) -> None:
    """Blocked pieces leave a blocked bin for their seller."""
    _post(Kind.SEND_BACK, book, posts)


def _post(kind: Movement.Kind, book: Book, posts: Sequence[Post]) -> None:
    if not posts:
        return
    on_hand, allocated, blocked = EFFECTS[kind]
    parameters: dict[str, Any] = {
        "seller": book.seller_id,
        "warehouse": book.warehouse_id,
        "kind": int(kind),
        "at": book.at,
        "actor": book.actor,
        "on_hand": on_hand,
        "allocated": allocated,
        "blocked": blocked,
        "skus": int_array([post.sku_id for post in posts]),
        "quantities": int_array([post.quantity for post in posts]),
        "from_bins": optional_int_array([post.from_bin_id for post in posts]),
        "to_bins": optional_int_array([post.to_bin_id for post in posts]),
        "lots": text_array([post.lot for post in posts]),
        "sources": text_array([post.source for post in posts]),
    }
    try:
        balances, bins = sql.post(parameters)
    except IntegrityError as error:
        raise NotEnoughStock() from error
    if balances != len({post.sku_id for post in posts}):
        raise NotEnoughStock()
    if bins != len({(p.sku_id, p.from_bin_id, p.lot) for p in posts if p.from_bin_id is not None}):
        raise NotEnoughStock()
    arriving = [post for post in posts if post.to_bin_id is not None]
    if arriving:
        columns = [
            int_array([p.sku_id for p in arriving]),
            optional_int_array([p.to_bin_id for p in arriving]),
            text_array([p.lot for p in arriving]),
            optional_text_array([p.expires_on.isoformat() if p.expires_on else None for p in arriving]),
            int_array([p.quantity for p in arriving]),
        ]
        sql.put(book.seller_id, book.warehouse_id, columns)
