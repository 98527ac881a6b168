"""What the page of an order says of its parts, of orders it may go with, and of when missing pieces come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toiya.core.actor import Actor
from toiya.domain.inbound.models import BundleLine, CargoBundle
from toiya.domain.orders.models import MergedAway, Order, SplitOff
from toiya.domain.outbound.togethers import orders_together_with

_COMING = (CargoBundle.Status.CONFIRMED, CargoBundle.Status.SHIPPED, CargoBundle.Status.ARRIVED)


@dataclass(frozen=True, slots=True)
class Kin:
    """Orders that an order was divided into or joined with, and those that go to the same receiver."""

    source: Order | None
    parts: Sequence[Order]
    into: Order | None
    joined: Sequence[Order]
    together: Sequence[Order]

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.source or self.parts or self.into or self.joined)

    @property
    def codes(self) -> str:
        """The orders that may go with it, as the form sends them."""
        return " ".join(order.code for order in self.together)


def kin_of(order: Order) -> Kin:
    """Its kin; two statements, when what it was split off from and merged into was read with it."""
    split, merged = SplitOff.objects.filter(source=order), MergedAway.objects.filter(into=order)
    rows = Order.objects.filter(pk__in=split.values("order_id").union(merged.values("order_id")))
    near = list(rows.select_related("split_off", "merged_away").order_by("pk"))
    off, away = getattr(order, "split_off", None), getattr(order, "merged_away", None)
    return Kin(
        source=off.source if off else None,
        parts=[row for row in near if getattr(getattr(row, "split_off", None), "source_id", 0) == order.pk],
        into=away.into if away else None,
        joined=[row for row in near if getattr(getattr(row, "merged_away", None), "into_id", 0) == order.pk],
        together=orders_together_with(order),
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """Pieces of a SKU that are on their way to a warehouse."""

    bundle: str
    day: date
    pieces: int


def coming_soon(actor: Actor, sku_ids: Sequence[int]) -> dict[int, Coming]:
    """The first confirmed bundle with each of the SKUs that still brings some; one statement."""
    rows = (
        BundleLine.objects.visible_to(actor)
        .filter(sku_id__in=sku_ids, bundle__status__in=_COMING)
        .select_related("bundle")
        .order_by("bundle__estimated_on", "pk")
    )
    found: dict[int, Coming] = {}
    for row in rows:
        pieces = row.told - row.received - row.damaged
        if pieces > 0 and row.sku_id not in found:
            found[row.sku_id] = Coming(row.bundle.code, row.bundle.estimated_on, pieces)
    return found
