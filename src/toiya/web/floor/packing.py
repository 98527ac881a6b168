"""What the packing screens show beside the pieces: which boxes fit, and why a sealed parcel waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from toiya.core.money import Money
from toiya.domain.carriers.catalogue import BY_CODE
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.service_rules import Offer
from toiya.domain.orders.models import Hold
from toiya.domain.outbound import boxing
from toiya.domain.outbound.actions.labelling import CARRIER_HOLD, WALLET_HOLD
from toiya.domain.outbound.actions.packing import Packing
from toiya.domain.outbound.boxing import Piece, ServiceLimit
from toiya.domain.outbound.models import PackagingBox, Parcel
from toiya.domain.outbound.rules import wished_service
from toiya.web.shared.waiting import hold_reason


@dataclass(frozen=True, slots=True)
class Box:
    """A service to send the parcel with, the box it would go in, and what both cost."""

    service: Service
    fits: bool
    is_chosen: bool
    box: PackagingBox | None = None
    cost: Money | None = None


@dataclass(frozen=True, slots=True)
class Boxes:
    """All services, the cheapest first, and the one the parcel goes with unless the packer takes another."""

    boxes: tuple[Box, ...]
    wish: Service | None = None

    @property
    def chosen(self) -> Service | None:
        return next((box.service for box in self.boxes if box.is_chosen), None)

    @property
    def box(self) -> PackagingBox | None:
        """The box the parcel goes in."""
        return next((box.box for box in self.boxes if box.is_chosen), None)

    @property
    def has_room(self) -> bool:
        """Whether any box and service takes all the pieces; else they go in several boxes."""
        return not self.boxes or any(box.fits for box in self.boxes)

    @property
    def unmet(self) -> Service | None:
        """The service that the seller wishes for and that the parcel does not go with."""
        return self.wish if self.wish is not None and self.wish != self.chosen else None


@dataclass(frozen=True, slots=True)
class Taken:
    """What the packer chose for a parcel; nothing, until then."""

    service: Service | None = None
    box: PackagingBox | None = None


def taken_for(parcel: Parcel) -> Taken:
    """What was chosen for this parcel, read with it."""
    boxed = getattr(parcel, "boxed", None)
    return Taken(parcel.service, boxed.box if boxed else None)


def boxes_for(
    packing: Packing,
    services: Sequence[Service],
    taken: Taken,
    boxes: Sequence[PackagingBox] = (),
    day: date = date.max,
) -> Boxes:
    """
    The packer's choice, else the service that the SKUs wish for if it takes the pieces, else the cheapest that does,
    else the strongest (A166). Each with the cheapest box that holds the pieces; a box the packer took stays.
    """
    offered = [] if packing.is_own_box else [taken.box] if taken.box else boxes
    wish = wished_service([line.preferred_service for line in packing.lines])
    proposal = boxing.propose(_pieces(packing), [box.size for box in offered], _limits(services, day), wish)
    by_code = {service.code: service for service in services}
    strongest = max(services, key=lambda service: service.max_weight_g, default=None)
    best = taken.service or (by_code[proposal.best.service] if proposal.best else strongest)
    named = {box.code: box for box in offered}
    rows = tuple(
        Box(
            by_code[offer.service],
            offer.fits,
            best is not None and offer.service == best.code,
            named.get(offer.box) or taken.box,
            Money(offer.cost_minor, by_code[offer.service].currency),
        )
        for offer in proposal.offers
    )
    return Boxes(rows, by_code.get(wish))


def _limits(services: Sequence[Service], day: date) -> list[ServiceLimit]:
    """What each service takes on that day: what the contract says and, for services we know, the carrier's terms."""
    return [
        ServiceLimit(each.code, each.max_weight_g, each.max_size_cm, each.price_minor, _terms(each), day)
        for each in services
    ]


def _terms(service: Service) -> Offer | None:
    known = BY_CODE.get(service.code.upper())
    return known if known and known.carrier == service.carrier else None


def _pieces(packing: Packing) -> list[Piece]:
    """Every piece of the parcel; those of unknown weight count nothing, as long as nobody weighed them."""
    return [
        Piece((line.length_mm, line.width_mm, line.height_mm), line.picked, line.weight_g if packing.expected_g else 0)
        for line in packing.lines
    ]


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
        missing = Money(details.get("missing", 0), details.get("currency", "JPY"))
        return Held(_("The seller's wallet is too low: %(missing)s are missing.") % {"missing": missing}, aside)
    if hold.code == CARRIER_HOLD:
        return Held(_("The carrier made no label: %(problem)s") % {"problem": details.get("problem", "")}, aside)
    return Held(_("The order is on hold (%(code)s).") % {"code": hold_reason(hold.code).status.word}, aside)
