"""What the pages about deliveries read, with a constant number of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from toiya.core.actor import Actor, Permission
from toiya.core.codes import folded
from toiya.core.models import EventRow
from toiya.domain.contracts.queries import booked_by
from toiya.domain.inbound import queries, rules
from toiya.domain.inbound.models import BundleLine, CargoBundle, CartonLine, DockSlot
from toiya.domain.inbound.rules import Step
from toiya.domain.pricing.models import Charge
from toiya.domain.wallet.models import Reservation
from toiya.web.portal.inbound_forms import CartonForm, NoteForm, SendForm
from toiya.web.shared import timeline
from toiya.web.shared.statuses import BUNDLE, CHARGE, Status

S = CargoBundle.Status
OPEN = frozenset({S.REQUESTED, S.CONFIRMED, S.SHIPPED})
MOST_EVENTS = 200
FEE_STATES: Mapping[str, Status] = {
    "open": CHARGE["set_aside"],
    "captured": CHARGE["taken"],
    "voided": CHARGE["given_back"],
}


def bundles_matching(bundles: QuerySet[CargoBundle], words: str) -> QuerySet[CargoBundle]:
    """By bundle code, tracking number, SKU code or the seller's own code."""
    code = folded(words)
    lines = BundleLine.objects.filter(Q(sku__code__startswith=code) | Q(sku__seller_code__iexact=words))
    return bundles.filter(Q(code__startswith=code) | Q(tracking_number=words) | Q(pk__in=lines.values("bundle_id")))


def bundle_rows(bundles: Sequence[CargoBundle]) -> list[dict[str, Any]]:
    """The rows of A129: number of lines and pieces beside each bundle, in one question."""
    lines = BundleLine.objects.filter(bundle__in=[bundle.pk for bundle in bundles]).order_by()
    sums = {
        bundle: (count, pieces)
        for bundle, count, pieces in lines.values_list("bundle_id").annotate(lines=Count("pk"), pieces=Sum("told"))
    }
    return [
        {
            "bundle": bundle,
            "status": BUNDLE[bundle.status],
            "lines": sums.get(bundle.pk, (0, 0))[0],
            "pieces": sums.get(bundle.pk, (0, 0))[1],
        }
        for bundle in bundles
    ]


def _fee(bundle: CargoBundle) -> dict[str, Any]:
    """What is set aside or was taken, and the charges that say why."""
    cause = {"seller_id": bundle.seller_id, "source": bundle.fee_source or bundle.code}
    fee = Reservation.objects.filter(**cause).first()
    charges = list(Charge.objects.priced().filter(**cause).order_by("number"))
    return {"fee": fee, "fee_status": FEE_STATES.get(fee.status) if fee else None, "charges": charges}


def read(bundle: CargoBundle, actor: Actor, at: datetime) -> dict[str, Any]:
    """All that the page of one delivery shows."""
    delivery = queries.delivery_of(bundle)
    limits = queries.limits_of(bundle.warehouse_id)
    lines = list(bundle.lines.select_related("sku").order_by("sku__code"))
    is_large = rules.is_large(limits, delivery)
    slot = DockSlot.objects.filter(bundle=bundle).first()
    may_edit = actor.may(Permission.EDIT_INBOUND)
    is_open = bundle.status in OPEN
    missing = rules.missing_steps(limits, delivery) if is_open else ()
    return {
        "bundle": bundle,
        "status": BUNDLE[bundle.status],
        "lines": lines,
        "pieces": delivery.pieces,
        "cartons": _cartons(bundle),
        "packed": sum(rules.packed(delivery.cartons).values()),
        "kinds_per_carton": limits.most_kinds_a_carton,
        "needs_slot": Step.DOCK_SLOT in missing,
        "needs_cartons": Step.CARTON_LIST in missing,
        "slot": slot,
        "slots": queries.free_slots(bundle, at, is_large=is_large) if is_open and may_edit else [],
        "place": queries.place_of(bundle, at),
        "booked_by": booked_by(bundle, at),
        **_fee(bundle),
        "next": _next(bundle),
        "may_edit": may_edit,
        "is_open": is_open,
        "may_send": may_edit and bundle.status in {S.CONFIRMED, S.SHIPPED},
        "may_delete": may_edit and bundle.status in {S.REQUESTED, S.CONFIRMED},
        "send_form": _send_form(bundle),
        "note_form": NoteForm(
            auto_id="note_%s", initial={"estimated_on": bundle.estimated_on, "remark": bundle.remark}
        ),
        "carton_form": CartonForm(lines=lines, auto_id="box_%s"),
        "days": _days(bundle, actor),
        "labels_url": _labels_url(bundle),
    }


def _labels_url(bundle: CargoBundle) -> str:
    """The page that prints the labels of its cartons, where this installation has one."""
    try:
        return reverse("portal:carton-labels", args=[bundle.code])
    except NoReverseMatch:
        return ""


def _send_form(bundle: CargoBundle) -> SendForm:
    return SendForm(
        auto_id="send_%s",
        initial={
            "carrier": bundle.carrier_name,
            "tracking_number": bundle.tracking_number,
            "cartons": bundle.cartons_told or bundle.cartons.count() or "",
            "estimated_on": bundle.estimated_on,
        },
    )


def _cartons(bundle: CargoBundle) -> list[dict[str, Any]]:
    contents: dict[int, list[CartonLine]] = {}
    for row in CartonLine.objects.filter(carton__bundle=bundle).select_related("sku").order_by("sku__code"):
        contents.setdefault(row.carton_id, []).append(row)
    return [{"carton": box, "lines": contents.get(box.pk, [])} for box in bundle.cartons.order_by("number")]


def _next(bundle: CargoBundle) -> str:
    """One sentence: what comes next, and who does it."""
    return {
        S.REQUESTED: _("The warehouse looks at it. Send nothing before it is confirmed."),
        S.CONFIRMED: _("Confirmed. Put a label on each box, send the goods, then mark them as sent."),
        S.SHIPPED: _("On its way to the warehouse."),
        S.ARRIVED: _("Here. The warehouse counts it."),
        S.COMPLETED: _("Counted and booked."),
        S.REJECTED: _("Not taken. Its requests are open again."),
        S.DELETED: _("Deleted. Its requests are open again."),
    }[CargoBundle.Status(bundle.status)]


def _days(bundle: CargoBundle, actor: Actor) -> Any:
    rows: list[Any] = list(EventRow.objects.visible_to(actor).filter(subject=bundle.code).order_by("-id")[:MOST_EVENTS])
    words = timeline.Words(warehouses={bundle.warehouse_id: bundle.warehouse.name})
    return timeline.by_day(timeline.entries(rows, words), ZoneInfo(bundle.warehouse.time_zone))
