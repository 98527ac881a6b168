"""What the screens ask about goods: stock as it was, what lies aside, what nears its last usable day, what to count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When

from toiya.core.actor import Actor
from toiya.domain.stock.actions.ledger import EFFECTS
from toiya.domain.stock.models import BinStock, CountRules, CountTask, Movement, StockNote
from toiya.domain.stock.rules import Limits
from toiya.domain.warehouses.models import Bin

_BINS_AT = """
SELECT bin_id, lot, sum(quantity) FROM (
    SELECT to_bin_id AS bin_id, lot, quantity FROM stock_movement
    WHERE sku_id = %(sku)s AND at <= %(at)s AND to_bin_id IS NOT NULL
    UNION ALL
    SELECT from_bin_id, lot, -quantity FROM stock_movement
    WHERE sku_id = %(sku)s AND at <= %(at)s AND from_bin_id IS NOT NULL
) steps GROUP BY bin_id, lot HAVING sum(quantity) <> 0 ORDER BY bin_id, lot
"""
_TOUCHED_DAYS = 30
_LIVE = (CountTask.Status.OPEN, CountTask.Status.RECOUNT, CountTask.Status.TO_JUDGE)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many pieces there were: on hand, of that promised and set aside."""

    on_hand: int
    allocated: int
    blocked: int

    @property
    def available(self) -> int:
        """Pieces that could be promised then."""
        return self.on_hand - self.allocated - self.blocked


def standing_at(sku_ids: Iterable[int], moment: datetime) -> dict[tuple[int, int], Standing]:
    """Each SKU's stock per warehouse as its movements up to that moment say; key is (SKU, warehouse). One query."""
    wanted = list(sku_ids)
    rows = (
        Movement.objects.filter(sku_id__in=wanted, at__lte=moment)
        .values_list("sku_id", "warehouse_id")
        .annotate(on_hand=_effect(0), allocated=_effect(1), blocked=_effect(2))
        .order_by("sku_id", "warehouse_id")
    )
    return {(sku, warehouse): Standing(*numbers) for sku, warehouse, *numbers in rows}


def bins_at(sku_id: int, moment: datetime) -> list[tuple[int, str, int]]:
    """What lay where at that moment: bin, lot, pieces."""
    with connection.cursor() as cursor:
        cursor.execute(_BINS_AT, {"sku": sku_id, "at": moment})
        return [(row[0], row[1], int(row[2])) for row in cursor.fetchall()]


def _effect(place: int) -> Sum:
    cases = [When(kind=kind, then=Value(effect[place])) for kind, effect in EFFECTS.items()]
    return Sum(F("quantity") * Case(*cases, output_field=IntegerField()))


def aside(actor: Actor) -> QuerySet[Any]:
    """Pieces in quarantine or damaged, with `because`: the code of the note that brought the newest of them there."""
    newest = Movement.objects.filter(
        sku_id=OuterRef("sku_id"), to_bin_id=OuterRef("bin_id"), lot=OuterRef("lot"), kind=Movement.Kind.BLOCK
    ).order_by("-id")
    lying = BinStock.objects.visible_to(actor).filter(bin__kind__in=Bin.BLOCKED, quantity__gt=0)
    found: QuerySet[Any] = lying.annotate(because=Subquery(newest.values("source")[:1]))
    return found.select_related("bin", "sku", "seller")


def notes_by_code(codes: Iterable[str]) -> dict[str, StockNote]:
    """The notes among these sources of movements."""
    wanted = {code for code in codes if code.startswith("STN-")}
    return {note.code: note for note in StockNote.objects.filter(code__in=wanted)} if wanted else {}


def expiring(actor: Actor, today: date, days: int) -> QuerySet[Any]:
    """Pieces whose last usable day is past or comes within so many days."""
    last = today + timedelta(days=days)
    lying = BinStock.objects.visible_to(actor).filter(expires_on__lte=last, quantity__gt=0)
    return lying.select_related("bin", "sku", "seller")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A bin that should be counted, and why."""

    stock: BinStock
    cause: str

    @property
    def word(self) -> str:
        """The cause in the reader's language."""
        return str(CountTask.Cause(self.cause).label)


def proposals(warehouse_id: int, at: datetime, most: int = 30) -> list[Proposal]:
    """Shelf bins worth a count: picked short, touched most in 30 days, never counted. None that is being counted."""
    live = CountTask.objects.filter(
        sku_id=OuterRef("sku_id"), bin_id=OuterRef("bin_id"), lot=OuterRef("lot"), status__in=_LIVE
    )
    ever = CountTask.objects.filter(sku_id=OuterRef("sku_id"), bin_id=OuterRef("bin_id"), lot=OuterRef("lot"))
    lying = (
        BinStock.objects.filter(warehouse_id=warehouse_id, bin__kind=Bin.Kind.STORAGE)
        .exclude(Exists(live))
        .select_related("bin", "sku", "seller")
    )
    since = at - timedelta(days=_TOUCHED_DAYS)
    moved = Movement.objects.filter(warehouse_id=warehouse_id, at__gte=since, from_bin_id__isnull=False)
    short = moved.filter(kind=Movement.Kind.LOST, source__startswith="ORD-")
    found: dict[int, Proposal] = {}
    _take(found, lying, short, CountTask.Cause.SHORT, most)
    _take(found, lying, moved, CountTask.Cause.TOUCHED, most // 3)
    for row in lying.filter(quantity__gt=0).exclude(Exists(ever)).order_by("bin__walk_order", "pk")[:most]:
        found.setdefault(row.pk, Proposal(row, CountTask.Cause.NEVER))
    return list(found.values())[:most]


def _take(found: dict[int, Proposal], lying: QuerySet[Any], moved: QuerySet[Any], cause: str, most: int) -> None:
    """The places that most of these movements left."""
    places = moved.values_list("sku_id", "from_bin_id", "lot").annotate(times=Count("id")).order_by("-times")[:most]
    keys = [(sku, place, lot) for sku, place, lot, _times in places]
    rows = lying.filter(sku_id__in={key[0] for key in keys}, bin_id__in={key[1] for key in keys})
    by_key = {(row.sku_id, row.bin_id, row.lot): row for row in rows}
    for key in keys:
        if key in by_key:
            found.setdefault(by_key[key].pk, Proposal(by_key[key], cause))


def count_limits(warehouse_id: int) -> Limits:
    """From when on counts are doubted in a building; the defaults where nobody wrote any."""
    found = CountRules.objects.filter(warehouse_id=warehouse_id).first()
    return Limits(found.recount_pieces, found.recount_minor, found.lead_pieces) if found else Limits()
