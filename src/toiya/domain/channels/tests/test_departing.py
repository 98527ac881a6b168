"""Lines that left the normal road at the site: our order follows, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import NOON, WORLD, a_sku, a_warehouse, judged, stock_of
from toiya.core.models import EventRow
from toiya.domain.channels.jobs import reading
from toiya.domain.channels.models import Connection, Notice
from toiya.domain.channels.port import SiteState
from toiya.domain.channels.tests.left import a_parcel_that_left, shipped_order
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.orders.actions.holds import lift_hold
from toiya.domain.orders.models import Hold, Line, Order
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db


def pulled(shop: Connection, site: PretendSite, minutes: int = 0) -> None:
    site.clock = NOON + timedelta(minutes=minutes)
    reading.pull(shop.pk, site.clock)


def test_a_cancelled_order_gives_its_promise_back(shop: Connection, site: PretendSite) -> None:
    sku = a_sku(shop.seller)
    stock_of(sku, a_warehouse(), 5)
    site.sell("701", "LT-NVM")
    pulled(shop, site)
    judged(Order.objects.get())
    assert Balance.objects.get().allocated == 1

    site.claim("701-1", SiteState.CANCELLED)
    pulled(shop, site, 10)
    pulled(shop, site, 20)

    assert Order.objects.get().status == "cancelled"
    assert Balance.objects.get().allocated == 0
    assert EventRow.objects.filter(name="order.cancelled").count() == 1
    assert Notice.objects.count() == 1


def test_one_cancelled_line_leaves_the_other(shop: Connection, site: PretendSite) -> None:
    a_sku(shop.seller)
    site.sell("701", "LT-NVM", "LT-NVM")
    pulled(shop, site)

    site.claim("701-1", SiteState.CANCELLED)
    pulled(shop, site, 10)

    assert Order.objects.get().status == "received"
    assert list(Line.objects.order_by("pk").values_list("external_id", "is_cancelled")) == [
        ("701-1", True),
        ("701-2", False),
    ]


def test_a_cancellation_that_comes_too_late_is_a_hold(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A")
    pulled(shop, site)
    Order.objects.update(status=Order.Status.READY)

    site.claim("701-1", SiteState.CANCELLED)
    pulled(shop, site, 10)

    assert Order.objects.get().status == "ready"
    assert Hold.objects.get().code == "cancel_asked"


def test_a_hold_that_a_person_lifted_stays_lifted(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A")
    pulled(shop, site)
    site.claim("701-1", SiteState.CANCEL_ASKED)
    pulled(shop, site, 10)
    order = Order.objects.get()
    assert Hold.objects.get(lifted_at=None).details == {"lines": 1, "numbers": "701-1"}

    lift_hold(order_code=order.code, code="cancel_asked", actor=WORLD, at=site.clock)
    pulled(shop, site, 20)

    assert not Hold.objects.filter(lifted_at=None).exists()


def test_a_claim_on_an_order_that_comes_later_is_not_forgotten(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A", "B", visible_at=NOON + timedelta(minutes=15))
    site.claim("701-1", SiteState.CANCEL_ASKED)
    pulled(shop, site, 10)
    assert Notice.objects.count() == 0

    site.turn("701-1", SiteState.PAID)
    pulled(shop, site, 20)

    assert Hold.objects.get().code == "cancel_asked"


def test_vanished_orders_are_found_and_explained(shop: Connection, site: PretendSite) -> None:
    for cart in ("701", "702", "703", "704", "705"):
        site.sell(cart, "A")
    pulled(shop, site)
    site.turn("701-1", SiteState.CANCELLED)
    site.turn("702-1", SiteState.SHIPPED, "4900-1")
    del site.orders_by_cart["703"]
    site.turn("704-1", SiteState.CONFIRMED)
    site.turn("705-1", SiteState.UNPAID)

    for hour in (1, 25):
        site.clock = NOON + timedelta(hours=hour)
        reading.reconcile(shop.pk, site.clock)

    found = {
        order.external_id: (order.status, [hold.code for hold in order.holds.all()]) for order in Order.objects.all()
    }
    assert found == {
        "701": ("cancelled", []),
        "702": ("received", ["shipped_elsewhere"]),
        "703": ("received", ["vanished_at_site"]),
        "704": ("received", []),
        "705": ("received", ["not_paid"]),
    }
    assert Notice.objects.get(line_external_id="702-1").reason == "4900-1"
    shop.refresh_from_db()
    assert shop.reconciled_at == site.clock


def test_what_we_shipped_ourselves_has_not_vanished(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A")
    pulled(shop, site)
    a_parcel_that_left(shipped_order(shop, "701"), a_warehouse(), "4900-1")
    site.turn("701-1", SiteState.SHIPPED, "4900-1")

    reading.reconcile(shop.pk, NOON)

    assert Hold.objects.count() == 0
    assert site.called("lines") == 0
