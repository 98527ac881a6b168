"""The weight of a closed box: whether it can be true, who may say so all the same, and what is learned from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, Permission
from toiya.core.errors import Refusal
from toiya.domain.outbound.enclosures import Asked
from toiya.domain.outbound.models import PackagingBox, Parcel, SkuWeight
from toiya.domain.outbound.sql.packing import PackLine
from toiya.domain.outbound.weight_rules import Expected, Learned, Pieces, expected, lesson


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
    return expected(_pieces(inside, SkuWeight.objects.in_bulk(list(inside))), box.empty_g if box else 0)


def learn_from(
    accepted: Acceptance | None,
    asked: Sequence[Asked],
    lines: Sequence[PackLine],
    parcel: Parcel,
    box: PackagingBox | None,
) -> None:
    """
    A step of sealing: a parcel with nothing of its seller's besides teaches what a piece of one of its SKUs weighs
    (`weight_rules.lesson`); one whose weight a lead accepted only when the catalogue was wrong. Sealing holds the locks
    of the SKUs' balances; parcels in two warehouses meet at the row's own.
    """
    if asked or (accepted is not None and accepted.reason != WeightReason.CATALOGUE):
        return
    inside = _by_sku(lines)
    known = SkuWeight.objects.in_bulk(list(inside)) if len(inside) > 1 else {}
    learning = lesson(_pieces(inside, known), parcel.weight_g - (box.empty_g if box else 0))
    if learning is None:
        return
    place, piece_g = learning
    sku_id = list(inside)[place]
    SkuWeight.objects.get_or_create(sku_id=sku_id, defaults={"seller_id": parcel.seller_id})
    row = SkuWeight.objects.filter(sku_id=sku_id).lock().get()
    taught = _learned(row).taught(piece_g)
    row.parcels, row.mean_g, row.squares_g2 = taught.parcels, taught.mean_g, taught.squares_g2
    row.recent_g = list(taught.recent_g)
    row.save(update_fields=["parcels", "mean_g", "squares_g2", "recent_g"])


def _by_sku(lines: Sequence[PackLine]) -> dict[int, list[PackLine]]:
    inside: dict[int, list[PackLine]] = {}
    for line in lines:
        if line.packed:
            inside.setdefault(line.sku_id, []).append(line)
    return inside


def _pieces(inside: Mapping[int, Sequence[PackLine]], known: Mapping[int, SkuWeight]) -> list[Pieces]:
    return [
        Pieces(sum(line.packed for line in same), same[0].weight_g, _learned(known.get(sku_id)))
        for sku_id, same in inside.items()
    ]


def _learned(row: SkuWeight | None) -> Learned:
    return Learned(row.parcels, row.mean_g, row.squares_g2, tuple(row.recent_g)) if row else Learned()
