"""Taking in the order file a seller downloads from a sales site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.imports import CHANNEL, RowProblem, read_orders
from toiya.domain.orders.models import Order

SET = 1000


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: new orders, orders we had already, rows that are over at the site, rows to mend."""

    file_name: str
    encoding: str
    rows: int
    codes: tuple[str, ...]
    known: int
    passed_over: int
    problems: tuple[RowProblem, ...]


@transaction.atomic
def import_orders(
    *, seller_id: int, file_name: str, content: bytes, actor: Actor, at: datetime, shop_code: str = ""
) -> Imported:
    """
    Place every order of the file whose rows are good; rows to mend never stop their neighbours.

    The same file twice changes nothing, and an order that came over the site's API already is left alone.

    :param shop_code: the connection the file belongs to; the same cart from both sides is then one order
    :raises UnreadableSheet: it is no order file at all; nothing was changed
    """
    file = read_orders(content, shop_code)
    numbers = {draft.external_id for draft in file.drafts}
    held = Order.objects.filter(seller_id=seller_id, channel=CHANNEL, external_id__in=numbers)
    known = set(held.values_list("external_id", flat=True))
    fresh = [draft for draft in file.drafts if draft.external_id not in known]

    codes: list[str] = []
    for start in range(0, len(fresh), SET):
        placed = place_orders(seller_id=seller_id, drafts=fresh[start : start + SET], actor=actor, at=at)
        codes.extend(placed.codes.values())
    return Imported(
        file_name=file_name,
        encoding=file.encoding,
        rows=file.rows,
        codes=tuple(codes),
        known=len(file.drafts) - len(codes),
        passed_over=file.passed_over,
        problems=tuple(file.problems),
    )
