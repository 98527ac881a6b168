"""What parcels would have cost by another service, where they fit it (anchor D-02). Pure but for the reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from toiya.domain.carriers.models import Service
from toiya.domain.carriers.offers import offer_of
from toiya.domain.carriers.service_rules import Offer, billed_cm
from toiya.domain.outbound.boxing import BoxSize, ServiceLimit, takes
from toiya.domain.outbound.models import PackagingBox
from toiya.domain.pricing.rules import Entry, Kind


@dataclass(slots=True)
class Switching:
    """
    Facts of parcels that went by `old`, as if they had gone by `new` where that takes them; others stay as they are.

    A parcel whose box is not known stays: nobody can say whether it fits. `switched` and `stayed` count parcels.
    """

    old: str
    new: ServiceLimit
    boxes: Mapping[tuple[str, str], BoxSize]
    offer: Offer | None
    switched: int = 0
    stayed: int = 0
    _known: dict[tuple[str, str, int, date], bool] = field(default_factory=dict)

    def changed(self, entry: Entry) -> Entry:
        """The fact as it would have been."""
        if entry.facts.get("service") != self.old:
            return entry
        is_shipping, does_fit = entry.kind == Kind.SHIPPING, self._takes(entry)
        self.switched += is_shipping and does_fit
        self.stayed += is_shipping and not does_fit
        if not does_fit:
            return entry
        facts = {name: value for name, value in entry.facts.items() if name != "size"}
        facts["service"] = self.new.code
        box = self.boxes[_box_of(entry)]
        if self.offer and (size := billed_cm(self.offer, box.outer.sum_mm, int(facts.get("weight_g", 0)), entry.on)):
            facts["size"] = size
        listed = self.new.price_minor if is_shipping else entry.list_price_minor
        return entry._replace(facts=facts, list_price_minor=listed)

    def _takes(self, entry: Entry) -> bool:
        weight_g = int(entry.facts.get("weight_g", 0))
        asked = (*_box_of(entry), weight_g, entry.on)
        if asked not in self._known:
            box = self.boxes.get(asked[:2])
            # The weight is the whole parcel's, its box is in it.
            limit = replace(self.new, day=entry.on)
            self._known[asked] = box is not None and takes(limit, replace(box, empty_g=0), weight_g)
        return self._known[asked]


def _box_of(entry: Entry) -> tuple[str, str]:
    return str(entry.facts.get("warehouse", "")), str(entry.facts.get("box", ""))


def switching(old: str, new: Service) -> Switching:
    """The change from one service to another, at the other's list price of today (two queries)."""
    boxes = {(row.warehouse.code, row.code): row.size for row in PackagingBox.objects.select_related("warehouse")}
    offer = offer_of(new)
    known = offer if offer.terms else None
    limit = ServiceLimit(new.code, new.max_weight_g, new.max_size_cm, new.price_minor, known)
    return Switching(old, limit, boxes, known)
