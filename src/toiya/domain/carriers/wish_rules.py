"""Whether a receiver's wish for a day and a time can be kept by a service. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from toiya.domain.carriers.destination_rules import comes_in_the_morning, is_island, lead_days
from toiya.domain.carriers.service_rules import Offer, Slot

NOT_OFFERED = "service_not_offered"
NO_DATE = "service_takes_no_date"
NO_SLOT = "service_takes_no_slot"
UNKNOWN_SLOT = "service_has_no_such_slot"
NO_DATE_TO_ISLANDS = "no_date_to_islands"
TOO_EARLY = "date_too_early"
TOO_LATE = "date_too_late"
NOT_IN_THE_MORNING = "no_morning_on_first_day"


@dataclass(frozen=True, slots=True)
class DeliveryWish:
    """Where a parcel goes, when it leaves, and what its receiver asks for (None and empty: nothing)."""

    postal_code: str
    prefecture: str
    ships_on: date
    deliver_on: date | None = None
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason why a wish cannot be kept; `day` is the nearest day that could be, where there is one."""

    code: str
    service: str
    day: date | None = None


def judge_wish(offer: Offer, wish: DeliveryWish) -> tuple[Objection, ...]:
    """
    Everything that speaks against the wish, in order; empty: it can be kept.

    The terms are those of the day the parcel leaves. Words for each code: `wish_words.sentence`.
    """
    terms = offer.on(wish.ships_on)
    if terms is None:
        return (Objection(NOT_OFFERED, offer.name),)
    slot: tuple[Objection, ...] = ()
    if wish.slot and wish.slot not in terms.slots:
        slot = (Objection(UNKNOWN_SLOT if terms.slots else NO_SLOT, offer.name),)
    if wish.deliver_on is None:
        return slot
    if not terms.takes_date:
        return (Objection(NO_DATE, offer.name), *slot)
    return (*_judge_day(offer.name, wish, wish.deliver_on, terms.latest_days), *slot)


def _judge_day(name: str, wish: DeliveryWish, day: date, latest_days: int) -> tuple[Objection, ...]:
    if is_island(wish.postal_code):
        return (Objection(NO_DATE_TO_ISLANDS, name),)
    lead = lead_days(wish.postal_code, wish.prefecture)
    earliest = wish.ships_on + timedelta(days=lead)
    latest = wish.ships_on + timedelta(days=max(lead, latest_days))
    if day < earliest:
        return (Objection(TOO_EARLY, name, earliest),)
    if latest_days and day > latest:
        return (Objection(TOO_LATE, name, latest),)
    if day == earliest and wish.slot == Slot.MORNING and not comes_in_the_morning(wish.prefecture):
        return (Objection(NOT_IN_THE_MORNING, name, earliest + timedelta(days=1)),)
    return ()


def able(offers: Iterable[Offer], wish: DeliveryWish) -> tuple[Offer, ...]:
    """The services that can keep the wish, in the order given."""
    return tuple(offer for offer in offers if not judge_wish(offer, wish))
