"""The evidence of one order in words: whose its time was, what happened, its scans and pictures, as a PDF (L47)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toiya.core.actor import Actor
from toiya.core.models import EventRow
from toiya.domain.carriers.models import CarrierScan
from toiya.domain.claims.fault_rules import charged
from toiya.domain.claims.faults import ledger_of
from toiya.domain.claims.papers import Row, listed, photos_of
from toiya.domain.orders.models import Order, PromiseMove
from toiya.domain.outbound.clock_rules import Stretch
from toiya.domain.outbound.models import Parcel
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared import formats, timeline
from toiya.web.shared.lateness import cause_word, rows_of
from toiya.web.shared.timeline import HAD_WORDS

MOST_EVENTS = 120
HOME_ZONE = "Asia/Tokyo"


def paper(order: Order, actor: Actor, at: datetime) -> bytes:
    """The paper in the reader's language; times of the warehouse."""
    house = Warehouse.objects.order_by("pk").first()
    zone = ZoneInfo(house.time_zone if house else HOME_ZONE)
    events: list[Any] = list(EventRow.objects.visible_to(actor).filter(subject=order.code).order_by("id")[:MOST_EVENTS])
    parcels = list(Parcel.objects.filter(order=order).select_related("label").order_by("pk"))
    rows = [
        *_charged(ledger_of(order, events, at), zone),
        *_missed(order, zone),
        *_happened(events, zone),
        *_scans(parcels, zone),
    ]
    title = _("Evidence for order %(code)s") % {"code": order.external_id or order.code}
    return listed(title, f"{order.code} · {order.seller.name}", rows, photos_of([parcel.pk for parcel in parcels]))


def _charged(ledger: Sequence[Stretch], zone: ZoneInfo) -> list[Row]:
    language = get_language() or "en"
    rows = [Row(_("Whose the time was"))]
    rows += [Row(str(HAD_WORDS[party]), formats.duration(span, language)) for party, span in charged(ledger).items()]
    rows.append(Row(_("Who had it, step by step")))
    for part in ledger:
        what = f"{HAD_WORDS[part.owner]}: {cause_word(part.cause)} ({formats.duration(part.span, language)})"
        rows.append(Row(_moment(part.since, zone), what))
    return rows


def _missed(order: Order, zone: ZoneInfo) -> list[Row]:
    moves = rows_of(PromiseMove.objects.filter(order=order, is_late=True).select_related("order").order_by("pk"))
    rows = [Row(_moment(move.was_for, zone), f"{move.owner}: {move.cause}") for move in moves]
    return [Row(_("Promised for, and missed")), *rows] if rows else []


def _happened(events: Sequence[Any], zone: ZoneInfo) -> list[Row]:
    told = timeline.entries(events)
    return [Row(_("What happened")), *(Row(_moment(each.at, zone), each.sentence) for each in told)]


def _scans(parcels: Sequence[Parcel], zone: ZoneInfo) -> list[Row]:
    scans = CarrierScan.objects.filter(label_id__in=[parcel.label_id for parcel in parcels if parcel.label_id])
    rows = [
        Row(_moment(scan.happened_at, zone), f"{scan.label.tracking_number} {scan.get_state_display()}")
        for scan in scans.select_related("label").defer("label__document", "label__shipment").order_by("happened_at")
    ]
    return [Row(_("Scans of the carrier")), *rows] if rows else []


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
