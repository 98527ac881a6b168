"""What the operator says of bins: reserve or pick bin, pallet or shelf, where they stand, how much fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.warehouses.events import BinsDescribed
from toiya.domain.warehouses.models import Bin, PalletPlace, Warehouse
from toiya.domain.warehouses.queries import local_day, pallet_places

MOST_NAMES = 200
STAR = "*"


class NoSuchBins(Refusal):
    """Nothing that goods are kept in is called so."""

    code = "no_such_bins"
    message = gettext_lazy(
        "No storage bin here is called %(typed)s. Write codes such as A03-02-1, or a beginning with a star: A03-*."
    )


class SameSpot(Refusal):
    """Several bins cannot stand at one aisle, bay and level."""

    code = "same_spot"
    message = gettext_lazy("%(count)s bins cannot stand at one spot. Name one bin, or leave the bay or level empty.")


class NothingSaid(Refusal):
    """The form was sent empty."""

    code = "nothing_said"
    message = gettext_lazy("Nothing is said of these bins. Choose or enter at least one thing to change.")


@dataclass(frozen=True, slots=True)
class BinFacts:
    """
    What is said of bins; None: it stays as it is. Aisles count from the packing tables, levels from the ground.

    `is_pallet`: it holds a whole pallet, from this day of the warehouse on.
    """

    is_reserve: bool | None = None
    aisle: int | None = None
    bay: int | None = None
    level: int | None = None
    holds_pieces: int | None = None
    is_pallet: bool | None = None


@transaction.atomic
def describe_bins(*, warehouse_id: int, names: str, facts: BinFacts, actor: Actor, at: datetime) -> int:
    """
    Say the same of some storage bins, named by their codes or by a beginning with a star; how many they are.

    The next wave picks by it: from reserves last, and in the order of the walk through the aisles. Storage of pallets
    is counted by it from this day on.

    :raises NotFound: no such warehouse :raises NoSuchBins: one of the names is no bin
    :raises SameSpot: :raises NothingSaid:
    """
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(warehouse_id))
    wanted = [folded(name).removeprefix("BIN-") for name in names.replace(",", " ").split()][:MOST_NAMES]
    bins: list[Bin] = list(Bin.objects.filter(_named(wanted), warehouse=warehouse, kind=Bin.Kind.STORAGE).lock())

    said = {name: value for name, value in asdict(facts).items() if value is not None}
    missing = next((name for name in wanted if not any(_is(row, name) for row in bins)), "" if wanted else "–")
    if missing:
        raise NoSuchBins(typed=missing[:40])
    if not said:
        raise NothingSaid()
    if len(bins) > 1 and {"aisle", "bay", "level"} <= said.keys():
        raise SameSpot(count=len(bins))

    kept = [name for name in said if name != "is_pallet"]
    for row in bins:
        for name in kept:
            setattr(row, name, said[name])
    if kept:
        Bin.objects.bulk_update(bins, kept)
    if facts.is_pallet is not None:
        _write_pallets(bins, facts.is_pallet, local_day(warehouse, at), actor, at)

    told = BinsDescribed(seller_id=None, subject=warehouse.code, bins=" ".join(wanted)[:200], count=len(bins), **said)
    events.record(told, actor=actor, at=at)
    return len(bins)


def _write_pallets(bins: Sequence[Bin], is_pallet: bool, day: date, actor: Actor, at: datetime) -> None:
    """Of those of which it was not so."""
    holding = set(pallet_places(bins[0].warehouse_id, day))
    PalletPlace.objects.bulk_create(
        PalletPlace(bin=row, from_on=day, is_pallet=is_pallet, at=at, actor=actor.name)
        for row in bins
        if (row.pk in holding) != is_pallet
    )


def _named(wanted: list[str]) -> Q:
    found = Q(code__in=[name for name in wanted if not name.endswith(STAR)])
    for name in wanted:
        if name.endswith(STAR) and len(name) > 1:
            found |= Q(code__startswith=name.rstrip(STAR))
    return found


def _is(row: Bin, name: str) -> bool:
    return row.code == name or (len(name) > 1 and name.endswith(STAR) and row.code.startswith(name.rstrip(STAR)))
