"""Which day and hours an order is wished to arrive, and whether a service can still keep that as the label is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from toiya.domain.carriers.abroad import HOME, services_to
from toiya.domain.carriers.catalogue import BY_CODE
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.offers import offer_of
from toiya.domain.carriers.service_rules import Offer, Slot, Terms
from toiya.domain.carriers.wish_rules import NO_DATE, DeliveryWish, Objection, judge_wish
from toiya.domain.orders import places
from toiya.domain.orders.models import Address, Hold, Order, Wish
from toiya.domain.outbound.models import Parcel

WISH_HOLD = "wish_not_kept"
_ANY = Terms(date.min, takes_date=True, slots=frozenset(Slot))


@dataclass(frozen=True, slots=True)
class Arrival:
    """When an order is wished to arrive; nothing: at any time."""

    day: date | None = None
    slot: str = ""

    @property
    def words(self) -> str:
        """The wish as a short text, the same for the same wish."""
        return " ".join(part for part in (self.day.isoformat() if self.day else "", self.slot) if part)


ANY_TIME = Arrival()


def arrival_of(order: Order) -> Arrival:
    """The wish of an order; none once a person said: send it all the same."""
    wish: Wish | None = getattr(order, "wish", None)
    if wish is None or not (wish.deliver_on or wish.slot):
        return ANY_TIME
    arrival = Arrival(wish.deliver_on, wish.slot)
    waived = Hold.objects.filter(order=order, code=WISH_HOLD, lifted_at__isnull=False)
    is_waived = waived.filter(details__wish=arrival.words).exists()
    return ANY_TIME if is_waived else arrival


def objections(arrival: Arrival, service: Service, address: Address, ships_on: date) -> Sequence[Objection]:
    """What speaks against the wish with this service, from this day on; empty: it can be kept."""
    if not arrival.words:
        return ()
    if address.country != HOME:
        return (Objection(NO_DATE, service.name),)
    towns = places.towns_of(places.digits_of(address.postal_code))
    prefecture = towns[0].prefecture if towns else ""
    asked = DeliveryWish(address.postal_code, prefecture, ships_on, arrival.day, arrival.slot)
    return judge_wish(_terms(service), asked)


def services_for(parcel: Parcel, day: date) -> list[Service]:
    """The services that go to a parcel's country; of them those that can keep its order's wish, if any can."""
    address = parcel.order.address
    arrival = arrival_of(parcel.order)
    return able(arrival, services_to(address.country), address, day)


def able(arrival: Arrival, services: Sequence[Service], address: Address, ships_on: date) -> list[Service]:
    """The services that can keep the wish; all of them where none can."""
    keeping = [service for service in services if not objections(arrival, service, address, ships_on)]
    return keeping or list(services)


def _terms(service: Service) -> Offer:
    """The terms the office set; else the public ones of the catalogue; nothing is known against any other service."""
    known = BY_CODE.get(service.code.upper())
    offer = offer_of(service)
    if offer.terms:
        return offer
    return known if known and known.carrier == service.carrier else replace(offer, terms=(_ANY,))
