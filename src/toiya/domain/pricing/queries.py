"""Which prices hold for whom, and what the screens ask about cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toiya.domain.members.models import Seller
from toiya.domain.pricing import card_rules, sql
from toiya.domain.pricing.models import CardVersion
from toiya.domain.pricing.rules import Card
from toiya.domain.warehouses.models import Warehouse


def card_for(seller: Seller | None, warehouse: Warehouse | None, on: date, currency: str = "") -> Card:
    """
    The prices that hold on that day, several cards laid over each other (one statement).

    The seller's card for the warehouse comes first, then the seller's, the warehouse's, everybody's; each names only
    what it prices itself. Without any, a card without rules: list prices hold. Cards in another currency do not count.
    """
    wanted = currency or (seller.currency if seller else "JPY")
    cards = sql.cards_over(seller.pk if seller else None, warehouse.pk if warehouse else None, on)
    return card_rules.layered(cards, wanted)


def version_of(code: str, number: int) -> Card:
    """One version of a card, as lines name it; a line without a code was priced by the list."""
    found = CardVersion.objects.select_related("card").filter(card__code=code, number=number).first()
    return found.as_card if found else Card(code, number, "JPY")


def versions_of(named: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Card]:
    """Several of them (one statement)."""
    rows = CardVersion.objects.select_related("card").filter(card__code__in={code for code, _ in named})
    return {(row.card.code, row.number): row.as_card for row in rows}
