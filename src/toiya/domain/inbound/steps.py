"""Steps that several actions on a delivery share: finding it locked, checks, confirming, letting go."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound import queries, rules
from toiya.domain.inbound.events import BundleConfirmed
from toiya.domain.inbound.models import CargoBundle, DockSlot, InboundRequest
from toiya.domain.members.queries import service_stopped
from toiya.domain.warehouses.models import Warehouse

Status = CargoBundle.Status
FURTHEST = timedelta(days=180)


class DayOutOfRange(Refusal):
    """A day that is over, or too far away."""

    code = "arrival_day_out_of_range"
    message = gettext_lazy("Arrival on %(day)s: enter a day from today to %(last)s.")


class CartonsOutOfRange(Refusal):
    """A number of boxes that no delivery has."""

    code = "cartons_out_of_range"
    message = gettext_lazy("%(cartons)s boxes: enter a whole number from 1 to 500.")


class ServiceStopped(Refusal):
    """Fees are unpaid for so long that nothing is taken in any more (A071)."""

    code = "service_stopped"
    message = gettext_lazy("The service is stopped because fees are unpaid. Pay them on the page Payments first.")


def check_service(seller_id: int) -> None:
    """:raises ServiceStopped: nothing is taken in for this seller until it has paid"""
    if service_stopped(seller_id):
        raise ServiceStopped()


def check_day(day: date, warehouse: Warehouse, at: datetime) -> None:
    """:raises DayOutOfRange: not from today to half a year ahead, in the warehouse's calendar"""
    today = at.astimezone(ZoneInfo(warehouse.time_zone)).date()
    if not today <= day <= today + FURTHEST:
        raise DayOutOfRange(day=day.isoformat(), last=(today + FURTHEST).isoformat())


def check_cartons(cartons: int) -> None:
    """:raises CartonsOutOfRange: a number no delivery has"""
    if not 1 <= cartons <= rules.MOST_CARTONS:
        raise CartonsOutOfRange(cartons=cartons)


def confirm(bundle: CargoBundle, at: datetime) -> BundleConfirmed:
    """The step itself, and what to tell of it."""
    bundle.move_to(Status.CONFIRMED)
    bundle.confirmed_at = at
    bundle.save(update_fields=["status", "confirmed_at"])
    return BundleConfirmed(seller_id=bundle.seller_id, subject=bundle.code, bundle_id=bundle.pk)


def locked_bundle(code: str, actor: Actor) -> CargoBundle:
    """The bundle, locked, with its warehouse. :raises NotFound: not there for this actor"""
    rows = CargoBundle.objects.visible_to(actor).filter(code=code).lock()
    found: CargoBundle | None = rows.select_related("warehouse").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("cargo bundle"), code=code[:20])
    return found


def let_go(bundle: CargoBundle, status: str, at: datetime) -> None:
    """A step of those who end it: requests are open again, the dock is free."""
    bundle.move_to(status)
    bundle.ended_at = at
    bundle.save(update_fields=["status", "ended_at", "reason"])
    requests = list(InboundRequest.objects.filter(bundle=bundle, status=InboundRequest.Status.BUNDLED).lock())
    for request in requests:
        request.move_to(InboundRequest.Status.REQUESTED)
        request.bundle = None
    InboundRequest.objects.bulk_update(requests, ["status", "bundle"])
    DockSlot.objects.filter(bundle=bundle).update(bundle=None)


def confirm_if_allowed(bundle: CargoBundle, at: datetime) -> list[BundleConfirmed]:
    """A step of those who bring what was lacking: confirmed when the rules alone say yes."""
    limits = queries.limits_of(bundle.warehouse_id)
    is_open = bundle.status == Status.REQUESTED
    if is_open and rules.is_confirmed_at_once(limits, queries.delivery_of(bundle)):
        return [confirm(bundle, at)]
    return []
