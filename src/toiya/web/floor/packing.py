"""What the packing screens show beside the pieces: which boxes fit, and why a sealed parcel waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from toiya.domain.carriers.models import Service
from toiya.domain.orders.models import Hold
from toiya.domain.outbound.actions.labelling import CARRIER_HOLD, WALLET_HOLD
from toiya.domain.outbound.actions.packing import Packing
from toiya.domain.outbound.rules import wished_service
from toiya.web.shared.waiting import hold_reason


@dataclass(frozen=True, slots=True)
class Box:
    """A service to send the parcel with."""

    service: Service
    fits: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Boxes:
    """All services, the cheapest first, and the one the parcel goes with unless the packer takes another."""

    boxes: tuple[Box, ...]

    @property
    def chosen(self) -> Service | None:
        return next((box.service for box in self.boxes if box.is_chosen), None)


def boxes_for(packing: Packing, services: Sequence[Service], chosen: Service | None) -> Boxes:
    """
    The packer's choice, else the one the SKUs wish for if it takes what the pieces weigh, else the cheapest that does,
    else the strongest.
    """
    fitting = [service for service in services if service.max_weight_g >= packing.expected_g]
    wish = wished_service([line.preferred_service for line in packing.lines])
    wished = next((service for service in fitting if service.code == wish), None)
    best = (
        chosen
        or wished
        or (fitting[0] if fitting else max(services, key=lambda service: service.max_weight_g, default=None))
    )
    return Boxes(
        tuple(
            Box(service, service.max_weight_g >= packing.expected_g, best is not None and service.pk == best.pk)
            for service in services
        )
    )


@dataclass(frozen=True, slots=True)
class Held:
    """Why a parcel waits for its label, and what the packer does with it."""

    why: str
    then: str


def why_held(hold: Hold) -> Held:
    """A hold in the packer's words."""
    details: dict[str, Any] = hold.details
    aside = _("Put it on the shelf for held parcels. The label comes by itself when the reason is mended.")
    if hold.code == WALLET_HOLD:
        words = _("The seller's wallet is too low: %(currency)s %(missing)s are missing.")
        return Held(words % {"currency": details.get("currency", ""), "missing": details.get("missing", "")}, aside)
    if hold.code == CARRIER_HOLD:
        return Held(_("The carrier made no label: %(problem)s") % {"problem": details.get("problem", "")}, aside)
    return Held(_("The order is on hold (%(code)s).") % {"code": hold_reason(hold.code).status.word}, aside)
