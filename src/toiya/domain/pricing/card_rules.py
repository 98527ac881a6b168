"""What makes a rule of a card, how two versions differ, cards laid over each other, and the tax inside. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toiya.domain.pricing.rules import NO_ZONES, Card, Entry, Facts, Kind, Rate, Zones

TAX_PERCENT = 10
ABROAD = frozenset({Kind.SHIPPING, Kind.SURCHARGE})
LEAST_SHIPPING = Decimal(1)  # a parcel leaves when money was set aside for it
MOST_PRICE = Decimal(1_000_000)
MOST_PER = 1_000_000_000
DECIMALS = 4
FACT = re.compile(r"[a-z0-9_]{1,30}")
# The facts that packages tell of what they have priced; rules may ask for these.
FACTS = (
    "service", "size", "zone", "area", "prefecture", "remote", "country", "box", "sku", "platform", "warehouse",
    "weight_g", "size_cm", "shipped", "is_first_month", "source", "grade",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RateChange:
    """One rule as it shall be; without a price it is taken out."""

    kind: Kind
    price: Decimal | None
    conditions: Facts
    per: int = 1


def flaw_of(rule: Rate, zones: Zones = NO_ZONES) -> str:
    """Why this is no rule of a card with these zones, as a code; empty when it is one."""
    if not rule.price.is_finite() or not 0 <= rule.price <= MOST_PRICE:
        return "price_out_of_range"
    if -rule.price.normalize().as_tuple().exponent > DECIMALS:  # type: ignore[operator]
        return "too_many_decimals"
    if not 1 <= rule.per <= MOST_PER:
        return "units_out_of_range"
    if rule.kind == Kind.SHIPPING and rule.price < LEAST_SHIPPING:
        return "shipping_is_free"
    for name, value in rule.conditions.items():
        fact = name.removesuffix("_under").removesuffix("_from")
        if fact not in FACTS or not FACT.fullmatch(name):
            return "unknown_fact"
        if name != fact and not isinstance(value, int):
            return "limit_is_no_number"
        if value == "":
            return "empty_condition"
        if name == "area" and value not in zones:
            return "unknown_zone"
    return ""


def key(rule: Rate | RateChange) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What makes two rules the same one: kind and conditions."""
    return str(rule.kind), tuple(sorted((name, str(value)) for name, value in rule.conditions.items()))


def changed(rates: Iterable[Rate], changes: Iterable[RateChange]) -> list[Rate]:
    """The rules with these changes; a change without a price takes its rule out."""
    found = {key(rule): _bare(rule) for rule in rates}
    for change in changes:
        if change.price is None:
            found.pop(key(change), None)
        else:
            found[key(change)] = Rate(change.kind, change.price, dict(change.conditions), change.per)
    return ordered(found.values())


def ordered(rates: Iterable[Rate]) -> list[Rate]:
    """In the order of the kinds, the general rule before its exceptions."""
    places = {kind: place for place, kind in enumerate(Kind)}
    return sorted(rates, key=lambda rule: (places[rule.kind], len(rule.conditions), key(rule)))


def _bare(rule: Rate) -> Rate:
    return replace(rule, level=0, card="", version=0, places=())


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule before and after; None where it was not, or is no longer."""

    kind: Kind
    conditions: Facts
    before: Rate | None
    after: Rate | None


def difference(old: Sequence[Rate], new: Sequence[Rate]) -> list[Difference]:
    """What changed between two versions."""
    before, after = ({key(rule): _bare(rule) for rule in rates} for rates in (old, new))
    found = []
    for rule in ordered([*before.values(), *(after[each] for each in after if each not in before)]):
        was, now = before.get(key(rule)), after.get(key(rule))
        if was is None or now is None or (was.price, was.per) != (now.price, now.per):
            found.append(Difference(rule.kind, rule.conditions, was, now))
    return found


def tax_percent(entry: Entry) -> int:
    """The rate of consumption tax inside the price: none on carriage out of the country."""
    is_abroad = entry.kind in ABROAD and str(entry.facts.get("country", "JP")) != "JP"
    return 0 if is_abroad else TAX_PERCENT


def layered(cards: Sequence[Card], currency: str) -> Card:
    """Cards laid over each other, the nearest to the seller first; cards in another currency do not count."""
    usable = [card for card in cards if card.currency == currency]
    rates = [
        replace(rule, level=len(usable) - place, card=card.code, version=card.version)
        for place, card in enumerate(usable)
        for rule in card.rates
    ]
    nearest = usable[0] if usable else Card("", 0, currency)
    zones = {name: places for card in reversed(usable) for name, places in card.zones.items()}
    return Card(nearest.code, nearest.version, currency, tuple(rates), zones)


def changed_zones(old: Zones, new: Zones) -> list[str]:
    """The names of the zones whose places are others now."""
    return sorted(name for name in {*old, *new} if set(old.get(name, ())) != set(new.get(name, ())))


def remote_area(zones: Zones, postal_code: str) -> str:
    """The zone whose places have the longest beginning of this postal code (digits); empty: none has one."""
    beginnings = [
        (len(place), name)
        for name, places in zones.items()
        for place in places
        if place.isdigit() and postal_code.startswith(place)
    ]
    return max(beginnings)[1] if beginnings else ""


def visible(card: Card) -> list[Rate]:
    """The rules that can win: not what a nearer card says of the same, or of everything of its kind."""
    kept: list[Rate] = []
    for rule in sorted(card.rates, key=lambda each: -each.level):
        nearer = [each for each in kept if each.kind == rule.kind and each.level > rule.level]
        if not any(not each.conditions or key(each) == key(rule) for each in nearer):
            kept.append(rule)
    return ordered(kept)
