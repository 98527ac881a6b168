"""One Smart Delivery order over the wire: bought at the site, packed by its seller, tracked on the site's books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.books import findings
from tests.contracts.channel_site import PLAIN, Buy, Purchase
from tests.floor_world import a_person, a_service
from tests.smart_world import a_packing_seller
from tests.world import WORLD, a_member, a_sku, a_warehouse, money_in
from toiya.domain.allocation.jobs import allocate_waiting
from toiya.domain.carriers.jobs import buy_label
from toiya.domain.carriers.models import Service
from toiya.domain.channels import plugs
from toiya.domain.channels.actions.connecting import Switches, connect_shop
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.models import Connection, StockPush, WriteBack
from toiya.domain.channels.port import SiteState
from toiya.domain.orders.models import Order
from toiya.domain.outbound import jobs
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Movement
from toiya.domain.wallet.models import Reservation
from toiya.domain.warehouses.models import Warehouse
from toiya.integrations.channels.qoo10.tests import sandbox_site
from toiya.integrations.channels.qoo10.tests.sandbox_site import PASSWORD, SandboxShop
from toiya.web.floor.tests.handheld import Handheld

pytestmark = [pytest.mark.processes, pytest.mark.django_db]


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxShop]:
    before = dict(plugs.all_channels())
    with sandbox_site.running(tmp_path_factory.mktemp("sandbox") / "site.sqlite3") as address:
        shop = SandboxShop(address)
        plugs.install({"qoo10": shop.hasty})
        yield shop
        plugs.install(before)
        shop.close()


@pytest.fixture
def at(site: SandboxShop) -> datetime:
    return site.now()


@pytest.fixture
def shop(site: SandboxShop, at: datetime) -> Connection:
    """A shop of a seller that packs itself; one thing on sale there is a SKU of ours too, without stock."""
    seller = a_packing_seller()
    money_in(seller, 2_000)
    a_sku(seller, PLAIN)
    return connect_shop(
        seller_id=seller.pk,
        channel="qoo10",
        shop_id=site.access.shop_id,
        name="Hibari on Qoo10",
        issued=site.channel.issue_key(site.access.shop_id, f"password:{PASSWORD}", at),
        switches=Switches(),
        actor=WORLD,
        at=at,
    )


def _tell(shop: Connection, at: datetime) -> None:
    want_all(shop.seller_id, at)
    for teller in (telling.CONFIRMATIONS, telling.WRITE_BACKS, telling.STOCK):
        telling.run(teller, shop.pk, lambda: at)


def _labelled(order: Order, centre: Warehouse, service: Service) -> str:
    """What the seller does on its page, and the jobs after it; the tracking number."""
    owner = Client()
    owner.force_login(a_member(order.seller))
    told = {
        "selected": order.code,
        "centre": centre.pk,
        f"weight-{order.code}": "850",
        f"service-{order.code}": service.code,
    }
    assert owner.post("/smart-delivery/labels/", told).status_code == 302
    parcel = Parcel.objects.get()
    jobs.want_label(parcel.pk)
    parcel.refresh_from_db()
    assert parcel.label_id is not None
    buy_label(parcel.label_id)
    jobs.finish(parcel.label_id)
    assert owner.get("/smart-delivery/labels.pdf").content[:5] == b"%PDF-"
    return str(Parcel.objects.values_list("label__tracking_number", flat=True).get())


@pytest.mark.seed("A025", "A200", "L08")
def test_from_the_buyers_cart_to_the_number_on_the_sites_books(
    shop: Connection, site: SandboxShop, at: datetime
) -> None:
    centre, service = a_warehouse(), a_service()
    lines = site.place(Purchase((Buy(PLAIN, "", 1), Buy(PLAIN, "", 2)), paid_ago=timedelta(hours=1))).line_ids

    reading.pull(shop.pk, at)
    reading.refresh_listings(shop.pk, at)
    allocate_waiting(shop.seller_id)
    _tell(shop, at)
    order = Order.objects.get()
    assert order.status == Order.Status.TO_HAND_IN
    assert [site.truth(line).state for line in lines] == [SiteState.CONFIRMED] * 2
    assert StockPush.objects.count() == 0  # our empty shelves must not close a shop that sells from its own

    number = _labelled(order, centre, service)
    handheld = Handheld(a_person(centre))
    for screen in ("/floor/hand-in/", "/floor/ship/"):
        handheld.open(screen)
        handheld.scan(number)
        assert handheld.tone == "done", handheld.page
    _tell(shop, at + timedelta(minutes=5))

    truths = [site.truth(line) for line in lines]
    assert [(each.state, each.tracking_number, each.times_shipped) for each in truths] == [
        (SiteState.SHIPPED, number, 1)
    ] * 2
    assert WriteBack.objects.get().status == "accepted"
    assert Reservation.objects.get().status == "captured"
    assert Movement.objects.count() == 0
    assert findings() == []
