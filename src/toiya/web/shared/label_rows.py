"""Which SKUs labels are wanted for, and how many: from ticked rows, requests, deliveries, boxes, stock or by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.http import QueryDict

from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.domain.catalog.models import Barcode, Sku
from toiya.domain.catalog.papers import Wanted, jans_of
from toiya.domain.inbound.models import BundleLine, CartonLine, InboundRequest
from toiya.domain.stock.models import BinStock
from toiya.web.shared.whole_numbers import whole_number

MOST_ROWS = 200
_SEPARATORS = re.compile(r"[\s,;、，；]+")
_CODES_READ = 200


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One line of the form, as typed."""

    sku: Sku
    copies: str
    lot: str = ""
    expires: str = ""
    jan: str = ""

    def wanted(self) -> Wanted | None:
        """What to print, or None when the number or the day cannot be read."""
        copies = whole_number(self.copies.strip() or "0")
        try:
            expires_on = date.fromisoformat(self.expires) if self.expires else None
        except ValueError:
            return None
        return None if copies is None else Wanted(self.sku, copies, self.lot, expires_on)


def asked_rows(asked: QueryDict, actor: Actor) -> list[LabelRow]:
    """The rows an address asks for: with the numbers told, one of each, or as many as are in stock (`fill`)."""
    told = _told(asked, actor)
    codes = [folded(code) for code in (*asked.getlist("selected"), *asked.getlist("sku"))][:_CODES_READ]
    found = Q(code__in=codes) | Q(pk__in=told)
    typed = [word for word in _SEPARATORS.split(folded(asked.get("find", ""))) if word][:_CODES_READ]
    if typed:
        coded = Barcode.objects.visible_to(actor).filter(barcode__in=typed)
        found |= Q(code__in=typed) | Q(seller_code__in=typed) | Q(pk__in=coded.values("sku_id"))
    skus = Sku.objects.visible_to(actor).filter(found).select_related("seller").order_by("item_id", "code")
    shown = list(skus[:MOST_ROWS])
    jans = jans_of(sku.pk for sku in shown)
    if asked.get("fill") == "stock":
        return _in_stock(shown, jans)
    is_one = asked.get("fill") == "one"
    return [LabelRow(sku, "1" if is_one else str(told.get(sku.pk, 1)), jan=jans.get(sku.pk, "")) for sku in shown]


def _told(asked: QueryDict, actor: Actor) -> dict[int, int]:
    """Pieces by SKU of the requests, deliveries and boxes that are named."""
    sources: list[Iterable[tuple[int, int]]] = []
    if requests := asked.getlist("request"):
        found = InboundRequest.objects.visible_to(actor).filter(code__in=requests[:_CODES_READ])
        sources.append(found.values_list("sku_id", "quantity"))
    if bundles := asked.getlist("bundle"):
        lines = BundleLine.objects.visible_to(actor).filter(bundle__code__in=bundles[:_CODES_READ])
        sources.append(lines.values_list("sku_id", "told"))
    if cartons := asked.getlist("carton"):
        inside = CartonLine.objects.visible_to(actor).filter(carton__code__in=cartons[:_CODES_READ])
        sources.append(inside.values_list("sku_id", "quantity"))
    told: dict[int, int] = {}
    for source in sources:
        for sku_id, pieces in source:
            told[sku_id] = told.get(sku_id, 0) + pieces
    return told


def _in_stock(skus: list[Sku], jans: Mapping[int, str]) -> list[LabelRow]:
    """One row per SKU, and per lot of those that have lots, with the pieces on hand (A132)."""
    lying = BinStock.objects.filter(sku__in=skus, quantity__gt=0).values_list("sku_id", "lot", "expires_on")
    pieces: dict[int, dict[tuple[str, str], int]] = {}
    summed = lying.annotate(sum=Sum("quantity")).order_by("sku_id", "expires_on", "lot")
    for sku_id, lot, expires_on, quantity in summed:
        key = (lot, expires_on.isoformat() if expires_on else "")
        pieces.setdefault(sku_id, {})[key] = quantity
    rows = []
    for sku in skus:
        lots = pieces.get(sku.pk, {})
        jan = jans.get(sku.pk, "")
        if not any(key != ("", "") for key in lots):
            rows.append(LabelRow(sku, str(sum(lots.values())), jan=jan))
            continue
        rows += [LabelRow(sku, str(quantity), lot, day, jan) for (lot, day), quantity in lots.items()]
    return rows[:MOST_ROWS]


def typed_rows(typed: QueryDict, actor: Actor) -> list[LabelRow]:
    """The rows of the form that was sent; SKUs that are not the reader's are left out."""
    codes = typed.getlist("code")[:MOST_ROWS]
    skus = {sku.code: sku for sku in Sku.objects.visible_to(actor).filter(code__in=codes).select_related("seller")}
    jans = jans_of(sku.pk for sku in skus.values())
    copies, lots, days = typed.getlist("copies"), typed.getlist("lot"), typed.getlist("expires")
    return [
        LabelRow(skus[code], _at(copies, place), _at(lots, place)[:40], _at(days, place), jans.get(skus[code].pk, ""))
        for place, code in enumerate(codes)
        if code in skus
    ]


def _at(values: list[str], place: int) -> str:
    return values[place].strip()[:40] if place < len(values) else ""
