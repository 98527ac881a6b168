"""What carriage depends on: where a parcel goes, its size as the service bills it, its weight; no name, no street."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from toiya.domain.carriers.abroad import HOME
from toiya.domain.carriers.destination_rules import digits_of, prefecture_of
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.offers import offer_of
from toiya.domain.carriers.service_rules import billed_cm
from toiya.domain.orders import places
from toiya.domain.orders.models import Address
from toiya.domain.pricing.card_rules import remote_area
from toiya.domain.pricing.rules import Zones


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a parcel goes, as far as its price depends on it; the prefecture is empty abroad, or when nobody knows."""

    country: str
    postal_code: str = ""
    prefecture: str = ""


@dataclass(frozen=True, slots=True)
class Goes:
    """A parcel on the day it leaves: its weight, and its three sides together (0: not measured)."""

    on: date
    weight_g: int
    sum_mm: int = 0


def destination_of(address: Address) -> Destination:
    """By the address as it is written, else by the post's table."""
    prefecture = prefecture_of(address.first_line) if address.country == HOME else ""
    return destination(address.country, address.postal_code, prefecture)


def destination(country: str, postal_code: str, prefecture: str = "") -> Destination:
    """By the post's table where the prefecture is not told."""
    if country == HOME and not prefecture:
        towns = places.towns_of(places.digits_of(postal_code))
        prefecture = towns[0].prefecture if towns else ""
    return Destination(country, postal_code, prefecture)


def carriage_facts(service: Service, goes: Goes, to: Destination, zones: Zones) -> dict[str, str | int]:
    """
    What rules of a card may ask for. Of the postal code only its beginning is kept, and the name of the card's zone
    that lists it (`remote`): charges outlive what is known of a buyer. `zones` are the card's. At most one statement.
    """
    facts: dict[str, str | int] = {"country": to.country, "zone": to.postal_code[:2], "weight_g": goes.weight_g}
    if to.prefecture:
        facts["prefecture"] = to.prefecture
    remote = remote_area(zones, digits_of(to.postal_code)) if to.country == HOME else ""
    if remote:
        facts["remote"] = remote
    if goes.sum_mm:
        facts["size_cm"] = -(-goes.sum_mm // 10)
        if size := billed_cm(offer_of(service), goes.sum_mm, goes.weight_g, goes.on):
            facts["size"] = size
    return facts
