"""What the dock and the seller see of a count: numbers per SKU, cartons still missing, what a scan means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from toiya.core.actor import Actor
from toiya.domain.catalog.models import Sku
from toiya.domain.catalog.queries import first_photo
from toiya.domain.inbound import receiving_rules as rules
from toiya.domain.inbound.models import (
    BundleLine,
    CargoBundle,
    Carton,
    CheckPoint,
    Difference,
    QualityCheck,
    Receipt,
)
from toiya.domain.inbound.receiving_rules import Read

Status = CargoBundle.Status


def delivery(actor: Actor, code: str) -> CargoBundle | None:
    """A delivery this actor may see; people of a building see that building's."""
    rows = CargoBundle.objects.visible_to(actor).filter(code=code).select_related("seller", "warehouse")
    if actor.warehouse_id is not None:
        rows = rows.filter(warehouse_id=actor.warehouse_id)
    found: CargoBundle | None = rows.first()
    return found


def sku_scanned(seller_id: int, read: Read) -> Sku | None:
    """The seller's SKU of this code: ours, the seller's own, or a barcode as EAN-13, UPC or GTIN-14."""
    if not read.code:
        return None
    spellings = {read.code, f"0{read.code}", read.code.removeprefix("0")}
    found: Sku | None = (
        Sku.objects.filter(seller_id=seller_id)
        .filter(Q(code=read.code.upper()) | Q(seller_code__iexact=read.code) | Q(barcodes__barcode__in=spellings))
        .order_by("pk")
        .first()
    )
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a count is."""

    lines: Sequence[BundleLine]
    boxes: Sequence[Carton]
    unknown: int = 0

    @property
    def cartons(self) -> int:
        return len(self.boxes)

    @property
    def missing_cartons(self) -> list[Carton]:
        """Boxes that nobody scanned."""
        return [each for each in self.boxes if each.arrived_at is None]

    @property
    def told(self) -> int:
        return sum(line.told for line in self.lines)

    @property
    def came(self) -> int:
        return sum(line.received + line.damaged for line in self.lines)

    @property
    def damaged(self) -> int:
        return sum(line.damaged for line in self.lines)

    @property
    def open_lines(self) -> list[BundleLine]:
        """SKUs of which fewer came than were told."""
        return [line for line in self.lines if line.received + line.damaged < line.told]

    @property
    def is_as_told(self) -> bool:
        exact = all(line.received == line.told and not line.damaged for line in self.lines)
        return exact and not self.unknown and not self.missing_cartons


def progress(bundle: CargoBundle) -> Progress:
    """The lines with their SKUs and the cartons (two queries); `unknown` only at the end of a count."""
    lines = bundle.lines.select_related("sku").annotate(photo=first_photo("sku_id")).order_by("pk")
    return Progress(list(lines), list(bundle.cartons.order_by("number")))


def whole_progress(bundle: CargoBundle) -> Progress:
    """The same with the number of unknown things (three queries)."""
    things = Receipt.objects.filter(bundle=bundle, sku=None, taken_back=None)
    return replace(progress(bundle), unknown=things.aggregate(sum=Sum("quantity"))["sum"] or 0)


def check_list(sku: Sku) -> list[str]:
    """The points of a SKU's quality check: the seller's own, else keys of `rules.CHECK_LIST`."""
    own = list(CheckPoint.objects.filter(sku=sku).order_by("position").values_list("question", flat=True))
    return own or list(rules.CHECK_LIST)


def is_check_due(bundle: CargoBundle, sku: Sku) -> bool:
    """Whether the seller ordered a quality check and it is not answered for this SKU."""
    return bundle.wants_quality_check and not QualityCheck.objects.filter(bundle=bundle, sku=sku).exists()


def pictured(actor: Actor, bundle: CargoBundle) -> QuerySet[Receipt]:
    """Counts of a delivery that say more than a number: damaged or unknown, the newest first."""
    rows: QuerySet[Receipt] = Receipt.objects.visible_to(actor).filter(bundle=bundle, taken_back=None)
    return rows.exclude(condition=Receipt.Condition.GOOD).select_related("sku").order_by("-pk")


def at_desk(actor: Actor, warehouse_id: int) -> QuerySet[CargoBundle]:
    """Deliveries that stand at the dock or have open differences, the oldest first; `open_differences`, `came`."""
    rows = CargoBundle.objects.visible_to(actor).filter(warehouse_id=warehouse_id).select_related("seller")
    is_open = Q(differences__status=Difference.Status.OPEN)
    wanted = rows.filter(Q(status=Status.ARRIVED) | is_open).distinct()
    found: QuerySet[CargoBundle] = wanted.annotate(
        open_differences=Count("differences", filter=is_open, distinct=True),
        counts=Count("receipts", distinct=True),
    )
    return found.order_by("arrived_at", "pk")


def open_differences(actor: Actor, warehouse_id: int) -> QuerySet[Difference]:
    """Differences nobody settled, the oldest first."""
    rows = Difference.objects.visible_to(actor).filter(bundle__warehouse_id=warehouse_id, status=Difference.Status.OPEN)
    found: QuerySet[Difference] = rows.select_related("bundle__seller", "sku").order_by("found_at", "pk")
    return found


def differences_of(actor: Actor, bundle: CargoBundle) -> QuerySet[Difference]:
    """All differences of a delivery."""
    rows: QuerySet[Difference] = Difference.objects.visible_to(actor).filter(bundle=bundle)
    return rows.select_related("sku").order_by("pk")


def awaited_at(warehouse_id: int) -> int:
    """Deliveries on their way to a building or standing at its dock."""
    return CargoBundle.objects.filter(
        warehouse_id=warehouse_id, status__in=[Status.CONFIRMED, Status.SHIPPED, Status.ARRIVED]
    ).count()


def last_counted_at(bundle: CargoBundle) -> datetime | None:
    """When something was counted last."""
    found: datetime | None = Receipt.objects.filter(bundle=bundle).order_by("-pk").values_list("at", flat=True).first()
    return found
