"""Which of our two services serves an order. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Fulfilment: we store, pick and pack. Smart Delivery: the seller packs and hands in, we label and forward."""

    FULFILMENT = "fulfilment"
    SMART_DELIVERY = "smart_delivery"


@dataclass(frozen=True, slots=True)
class Services:
    """Which of the two a seller uses."""

    fulfilment: bool
    smart_delivery: bool

    @property
    def are_both(self) -> bool:
        """Whether there is anything to choose."""
        return self.fulfilment and self.smart_delivery

    def offer(self, way: str) -> bool:
        """Whether the seller has this service."""
        return self.smart_delivery if way == Way.SMART_DELIVERY else self.fulfilment


def way_of(services: Services, *, chosen: str = "", of_shop: str = "") -> Way:
    """
    The service of one order: the only one the seller has; else what a person chose for the order, else what is set
    for its shop, else Fulfilment.
    """
    if not services.smart_delivery:
        return Way.FULFILMENT
    if not services.fulfilment:
        return Way.SMART_DELIVERY
    return Way(chosen or of_shop or Way.FULFILMENT)
