"""Rate cards for the tests, written and approved as people do."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tests.world import NOON
from toiya.core.actor import Actor, ActorKind, Permission
from toiya.domain.members.models import Seller
from toiya.domain.pricing.actions.cards import For, approve_version, assign_card, draft_card
from toiya.domain.pricing.models import RateCard
from toiya.domain.pricing.rules import NO_ZONES, Kind, Rate, Zones
from toiya.domain.warehouses.models import Warehouse

TODAY = date(2026, 11, 20)
WRITER = Actor(ActorKind.PERSON, "501", "Mori", permissions=frozenset(Permission))
SECOND = Actor(ActorKind.PERSON, "502", "Abe", permissions=frozenset(Permission))


def a_rate(kind: Kind, price: str, per: int = 1, **conditions: str | int) -> Rate:
    """A rule: `a_rate(Kind.SHIPPING, "310", service="test-post")`."""
    return Rate(kind, Decimal(price), conditions, per)


def a_card(
    *rates: Rate, name: str = "Standard", from_on: date = TODAY, at: datetime = NOON, zones: Zones = NO_ZONES
) -> RateCard:
    """A card whose first version a second person approved."""
    card = draft_card(name=name, rates=rates, zones=zones, from_on=from_on, actor=WRITER, at=at)
    approve_version(card_code=card.code, number=1, actor=SECOND, at=at)
    return card


def in_force(
    *rates: Rate,
    seller: Seller | None = None,
    warehouse: Warehouse | None = None,
    name: str = "Standard",
    from_on: date = TODAY,
    at: datetime = NOON,
    zones: Zones = NO_ZONES,
) -> RateCard:
    """A card that holds for the seller, the warehouse, both, or everybody."""
    card = a_card(*rates, name=name, from_on=from_on, at=at, zones=zones)
    to = For(seller.pk if seller else None, warehouse.pk if warehouse else None)
    assign_card(card_code=card.code, to=to, from_on=from_on, actor=WRITER, at=at)
    return card
