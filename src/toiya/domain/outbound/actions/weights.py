"""The weight of a closed box: whether it can be true, who may say so all the same, and what is learned from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, Permission
from toiya.core.errors import Refusal
from toiya.domain.outbound.enclosures import Asked
from toiya.domain.outbound.models import PackagingBox, Parcel, SkuWeight
from toiya.domain.outbound.sql.packing import PackLine
from toiya.domain.outbound.weight_rules import Expected, Learned, Pieces, expected


class WeightReason(models.TextChoices):
    """Why a parcel that weighs otherwise is right."""

    CATALOGUE = "catalogue", _("The weight in the catalogue is wrong")
    PACKAGING = "packaging", _("More or less packaging than usual")
    COUNTED = "counted", _("Opened and counted: everything is in")


class WeightOff(Refusal):
    """The scale says something else than the pieces weigh."""

    code = "weight_off"
    message = gettext_lazy(
        "The scale says %(measured)s g, the pieces weigh about %(expected)s g. Check the box, then weigh once more."
    )


class WeightNeedsLead(Refusal):
    """Only a lead says that a weight is right which does not fit, and why."""

    code = "weight_needs_lead"
    message = gettext_lazy("Only a lead may accept this weight, with a reason. Ask the lead to scan a badge here.")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A lead says that a weight is right, and why (a `WeightReason`)."""

    lead: Actor
    reason: str


def check_acceptance(acceptance: Acceptance | None) -> None:
    """A check of sealing. :raises WeightNeedsLead: not a lead, or no reason"""
    if acceptance is None:
        return
    if not acceptance.lead.may(Permission.LEAD_FLOOR) or acceptance.reason not in WeightReason.values:
        raise WeightNeedsLead()


def expected_of(lines: Sequence[PackLine], box: PackagingBox | None) -> Expected:
    """A step of sealing: what the box with these pieces should weigh; one statement."""
    inside = _by_sku(lines)
    known = SkuWeight.objects.in_bulk(list(inside))
    pieces = [
        Pieces(sum(line.packed for line in same), same[0].weight_g, _learned(known.get(sku_id)))
        for sku_id, same in inside.items()
    ]
    return expected(pieces, box.empty_g if box else 0)


def learn_from(
    accepted: Acceptance | None,
    asked: Sequence[Asked],
    lines: Sequence[PackLine],
    parcel: Parcel,
    box: PackagingBox | None,
) -> None:
    """
    A step of sealing: a parcel with pieces of one SKU alone, and nothing of its seller's besides, teaches what a piece
    weighs; one whose weight a lead accepted only when the catalogue was wrong. Sealing holds the lock of the SKU's
    balance; parcels in two warehouses meet at the row's own.
    """
    inside = _by_sku(lines)
    pieces_g = parcel.weight_g - (box.empty_g if box else 0)
    is_telling = accepted is None or accepted.reason == WeightReason.CATALOGUE
    if asked or not is_telling or len(inside) != 1 or pieces_g < 1:
        return
    ((sku_id, same),) = inside.items()
    SkuWeight.objects.get_or_create(sku_id=sku_id, defaults={"seller_id": parcel.seller_id})
    row = SkuWeight.objects.filter(sku_id=sku_id).lock().get()
    taught = _learned(row).taught(pieces_g / sum(line.packed for line in same))
    row.parcels, row.mean_g, row.squares_g2 = taught.parcels, taught.mean_g, taught.squares_g2
    row.save(update_fields=["parcels", "mean_g", "squares_g2"])


def _learned(row: SkuWeight | None) -> Learned:
    return Learned(row.parcels, row.mean_g, row.squares_g2) if row else Learned()


def _by_sku(lines: Sequence[PackLine]) -> dict[int, list[PackLine]]:
    inside: dict[int, list[PackLine]] = {}
    for line in lines:
        if line.packed:
            inside.setdefault(line.sku_id, []).append(line)
    return inside
