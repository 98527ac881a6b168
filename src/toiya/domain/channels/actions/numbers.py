"""How many of a listing a site is told: rules per shop and per listing (L05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.channels.events import ListingRulesSet, ShopRulesSet
from toiya.domain.channels.models import Connection, Listing, ListingRules, ShopRules
from toiya.domain.channels.number_rules import MOST_PIECES, NumberRule


class NumberRuleOutOfRange(Refusal):
    """A number that no shop means."""

    code = "number_rule_out_of_range"
    message = gettext_lazy("%(number)s is out of range. Enter a number from %(least)s to %(most)s.")


def _check(rule: NumberRule) -> None:
    for field, number, least, most in (
        ("buffer_pieces", rule.buffer_pieces, 0, MOST_PIECES),
        ("share_percent", rule.share_percent, 1, 100),
        ("most_shown", rule.most_shown, 0, MOST_PIECES),
        ("closed_below", rule.closed_below, 0, MOST_PIECES),
    ):
        if number is not None and not least <= number <= most:
            raise NumberRuleOutOfRange(field=field, number=number, least=least, most=most)


@transaction.atomic
def set_shop_rules(*, connection_code: str, rule: NumberRule, actor: Actor, at: datetime) -> None:
    """
    Say how many of its stock a shop shows, for every listing without a rule of its own. Told within seconds.

    :raises NotFound: no such connection of this seller :raises NumberRuleOutOfRange:
    """
    shop: Connection | None = Connection.objects.visible_to(actor).filter(code=connection_code).lock().first()

    if shop is None:
        raise NotFound(kind="connection", code=connection_code)
    _check(rule)

    ShopRules.objects.update_or_create(connection=shop, defaults={"seller_id": shop.seller_id, **asdict(rule)})

    told = ShopRulesSet(seller_id=shop.seller_id, subject=shop.code, **asdict(rule))
    events.record(told, actor=actor, at=at)


@transaction.atomic
def set_listing_rules(*, listing_ids: Sequence[int], rule: NumberRule | None, actor: Actor, at: datetime) -> int:
    """
    Give listings of one seller a rule of their own; None: their shop's counts again. Returns how many listings.

    :raises NotFound: no such listing of this seller :raises NumberRuleOutOfRange:
    """
    found = Listing.objects.visible_to(actor).filter(pk__in=listing_ids).order_by("pk")
    listings: list[Listing] = list(found.lock())
    wanted = set(listing_ids)

    if missing := wanted - {listing.pk for listing in listings}:
        raise NotFound(kind="listing", code=str(min(missing)))
    sellers = {listing.seller_id for listing in listings}
    if len(sellers) != 1:
        raise NotFound(kind="listing", code=str(max(wanted, default=0)))
    if rule is not None:
        _check(rule)

    ListingRules.objects.filter(listing_id__in=wanted).delete()
    if rule is not None:
        ListingRules.objects.bulk_create(
            ListingRules(seller_id=each.seller_id, listing=each, **asdict(rule)) for each in listings
        )

    _record(listings, sellers.pop(), rule is not None, actor, at)
    return len(listings)


def _record(listings: Sequence[Listing], seller_id: int, is_own: bool, actor: Actor, at: datetime) -> None:
    counts: dict[int, int] = {}
    for listing in listings:
        counts[listing.connection_id] = counts.get(listing.connection_id, 0) + 1
    codes = dict(Connection.objects.filter(pk__in=counts).values_list("pk", "code"))
    told = [
        ListingRulesSet(seller_id=seller_id, subject=codes[shop], listings=count, is_own=is_own)
        for shop, count in sorted(counts.items())
    ]
    events.record_all(told, actor=actor, at=at)
