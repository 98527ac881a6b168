"""A seller of a made-up world applies for its centres as a person does: it reads the agreement and signs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.contracts import queries, rules, text
from toiya.domain.contracts.actions.signing import Application, apply_for_centres
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse


def apply_for(seller: Seller, houses: Sequence[Warehouse], actor: Actor, at: datetime) -> None:
    """The seller uses these centres from now on."""
    shown = []
    for country in sorted({rules.country_of(house.time_zone) for house in houses}):
        terms = queries.terms_offered(seller.pk, country, queries.local_day(country, at))
        shown.append(text.hash_of(text.whole(terms, seller.language)))
    application = Application([house.code for house in houses], seller.language, True, True, shown)
    apply_for_centres(seller_id=seller.pk, application=application, actor=actor, at=at)
