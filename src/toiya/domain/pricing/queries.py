"""Which prices hold for whom, and what the screens ask about cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from toiya.domain.members.models import Seller
from toiya.domain.pricing import card_rules, sql
from toiya.domain.pricing.models import CardAssignment, CardVersion, Charge, RateCard
from toiya.domain.pricing.rules import Card, Kind, Period
from toiya.domain.pricing.storage_rules import STORAGE
from toiya.domain.warehouses.models import Warehouse

MOST_MONTHS = 24


def card_for(seller: Seller | None, warehouse: Warehouse | None, on: date, currency: str = "") -> Card:
    """
    The prices that hold on that day, several cards laid over each other (one statement).

    The seller's card for the warehouse comes first, then the seller's, the warehouse's, everybody's; each names only
    what it prices itself. Without any, a card without rules: list prices hold. Cards in another currency do not count.
    """
    wanted = currency or (seller.currency if seller else "JPY")
    cards = sql.cards_over(seller.pk if seller else None, warehouse.pk if warehouse else None, on)
    return card_rules.layered(cards, wanted)


def cards_for_each(seller: Seller, places: Sequence[tuple[int, date]]) -> list[Card]:
    """The prices that hold for the seller in these warehouses (ids) on these days, in that order (one statement)."""
    return [card_rules.layered(cards, seller.currency) for cards in sql.cards_over_each(seller.pk, places)]


def version_of(code: str, number: int) -> Card:
    """One version of a card, as lines name it; a line without a code was priced by the list."""
    found = CardVersion.objects.select_related("card").filter(card__code=code, number=number).first()
    return found.as_card if found else Card(code, number, "JPY")


def versions_of(named: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Card]:
    """Several of them (one statement)."""
    rows = CardVersion.objects.select_related("card").filter(card__code__in={code for code, _ in named})
    return {(row.card.code, row.number): row.as_card for row in rows}


@dataclass(frozen=True, slots=True)
class CardState:
    """A card, the version that holds on a day, and versions that wait: for their day, or for a second person."""

    card: RateCard
    now: CardVersion | None
    coming: tuple[CardVersion, ...]
    waiting: tuple[CardVersion, ...]


def card_states(on: date) -> list[CardState]:
    """Every card by name (two statements)."""
    versions: dict[int, list[CardVersion]] = {}
    for row in CardVersion.objects.select_related("approval").defer("rates").order_by("from_on", "number"):
        versions.setdefault(row.card_id, []).append(row)
    found = []
    for card in RateCard.objects.order_by("name"):
        own = versions.get(card.pk, [])
        approved = [row for row in own if hasattr(row, "approval")]
        begun = [row for row in approved if row.from_on <= on]
        coming = tuple(row for row in approved if row.from_on > on)
        waiting = tuple(row for row in own if not hasattr(row, "approval"))
        found.append(CardState(card, begun[-1] if begun else None, coming, waiting))
    return found


def assignments_on(on: date) -> list[CardAssignment]:
    """What holds on that day, the most special first, and what is to come (one statement)."""
    rows = CardAssignment.objects.select_related("card", "seller", "warehouse").order_by(
        F("seller_id").asc(nulls_last=True), F("warehouse_id").asc(nulls_last=True), "from_on", "pk"
    )
    holding: dict[tuple[int | None, int | None], CardAssignment] = {}
    coming = []
    for row in rows:
        if row.from_on > on:
            coming.append(row)
        else:
            holding[row.seller_id, row.warehouse_id] = row
    return [*(row for row in holding.values() if row.card_id), *coming]


def versions_of_card(card: RateCard) -> list[CardVersion]:
    """All versions of a card, the newest first (one statement)."""
    return list(CardVersion.objects.filter(card=card).select_related("card", "approval").order_by("-number"))


def built_upon(versions: Sequence[CardVersion]) -> CardVersion:
    """Of all versions of a card, the newest first: the one that a change begins with, as the actions take it."""
    approved = [each for each in versions if hasattr(each, "approval")]
    return max(approved, key=lambda each: (each.from_on, each.number)) if approved else versions[0]


def storage_charges(seller: Seller, month: Period) -> QuerySet[Charge]:
    """What storage of a month was charged; the monthly fee also where it was nothing, so that the page says why."""
    kinds = [str(kind) for kind in STORAGE]
    found = Charge.objects.filter(seller=seller, on__gte=month.start, on__lt=month.end, kind__in=kinds)
    return found.exclude(~Q(kind=str(Kind.STORAGE_MONTH)), amount_minor=0)


def storage_months(seller: Seller) -> list[date]:
    """The last days of the months of which there are such charges, the newest first (one statement)."""
    kinds = [str(kind) for kind in STORAGE]
    days = Charge.objects.filter(seller=seller, kind__in=kinds).order_by("-on").values_list("on", flat=True)
    return list(days.distinct()[:MOST_MONTHS])
