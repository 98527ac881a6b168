"""Whose rules judge how an order is wished to be delivered: the carriers', for the orders beside them."""

from __future__ import annotations

from toiya.domain.orders import delivery
from toiya.domain.outbound.wishes import CarriersRules


def install_wishes() -> None:
    """Put the rules in force; called once at the start."""
    delivery.install(CarriersRules())
