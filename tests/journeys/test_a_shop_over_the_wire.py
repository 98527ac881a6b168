"""A shop on the pretend Qoo10, over HTTP with the real plug: pulled, confirmed, written back, stock shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.contracts.channel_site import FIRST_OPTION, PLAIN, STOCK, Buy, Purchase, Trouble, Verb
from tests.world import WORLD, a_seller, a_sku, a_warehouse, judged, stock_of
from toiya.domain.channels import plugs
from toiya.domain.channels.actions.connecting import Switches, connect_shop, renew_key
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.models import Confirmation, Connection, Listing, StockPush, WriteBack
from toiya.domain.channels.port import IssuedKey, SiteState
from toiya.domain.channels.tests.left import a_parcel_that_left, shipped_order
from toiya.domain.orders.models import Line, Order
from toiya.integrations.channels.qoo10.tests import sandbox_site
from toiya.integrations.channels.qoo10.tests.sandbox_site import PASSWORD, SandboxShop

pytestmark = [pytest.mark.processes, pytest.mark.django_db]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sandbox_site.running(tmp_path_factory.mktemp("sandbox") / "site.sqlite3") as running:
        yield running


@pytest.fixture
def site(address: str) -> Iterator[SandboxShop]:
    """A fresh shop at the site; its plug stands in the table of plugs."""
    before = dict(plugs.all_channels())
    shop = SandboxShop(address)
    plugs.install({"qoo10": shop.hasty})
    yield shop
    plugs.install(before)
    shop.close()


@pytest.fixture
def at(site: SandboxShop) -> datetime:
    """Late enough for an order that was paid an hour ago to lie in the window."""
    return site.now()


@pytest.fixture
def shop(site: SandboxShop, at: datetime) -> Connection:
    """The shop, connected with the key that its seller's log-in gives."""
    issued = site.channel.issue_key(site.access.shop_id, f"password:{PASSWORD}", at)
    return connect_shop(
        seller_id=a_seller().pk,
        channel="qoo10",
        shop_id=site.access.shop_id,
        name="Hanataba on Qoo10",
        issued=issued,
        switches=Switches(),
        actor=WORLD,
        at=at,
    )


def tell(shop: Connection, at: datetime) -> None:
    want_all(shop.seller_id, at)
    for teller in (telling.CONFIRMATIONS, telling.WRITE_BACKS, telling.STOCK):
        telling.run(teller, shop.pk, lambda: at)


def bought(site: SandboxShop, *codes: tuple[str, str], ago: timedelta = timedelta(hours=1)) -> tuple[str, ...]:
    """A paid cart with a line of each (item code, option code); the numbers of its lines."""
    lines = tuple(Buy(item_code, option_code, 1) for item_code, option_code in codes)
    return site.place(Purchase(lines, paid_ago=ago)).line_ids


@pytest.mark.seed("A200", "A206", "A207", "L08")
def test_an_order_is_pulled_confirmed_and_its_number_written_back(
    shop: Connection, site: SandboxShop, at: datetime
) -> None:
    numbers = bought(site, (PLAIN, ""), (PLAIN, ""))

    reading.pull(shop.pk, at)
    tell(shop, at)

    order = Order.objects.get()
    assert {line.external_id for line in order.lines.all()} == set(numbers)
    assert [site.truth(number).state for number in numbers] == [SiteState.CONFIRMED] * 2

    a_parcel_that_left(order, a_warehouse(), "4900-1234-5678", at=at)
    tell(shop, at)

    truths = [site.truth(number) for number in numbers]
    assert [(truth.state, truth.tracking_number) for truth in truths] == [(SiteState.SHIPPED, "4900-1234-5678")] * 2
    assert WriteBack.objects.get().status == "accepted"


def test_a_timeout_after_the_site_accepted_is_one_effective_write_back(
    shop: Connection, site: SandboxShop, at: datetime
) -> None:
    (number,) = bought(site, (PLAIN, ""))
    reading.pull(shop.pk, at)
    tell(shop, at)
    a_parcel_that_left(Order.objects.get(), a_warehouse(), "4900-1", at=at)
    site.make_trouble(Trouble.CUT_AFTER_COMMIT, Verb.SHIP)

    tell(shop, at)
    tell(shop, at + timedelta(minutes=2))

    truth = site.truth(number)
    assert (truth.times_shipped, truth.tracking_number) == (1, "4900-1")
    assert WriteBack.objects.get().status == "accepted"


def test_a_cancelled_line_leaves_our_order(shop: Connection, site: SandboxShop, at: datetime) -> None:
    first, second = bought(site, (PLAIN, ""), (PLAIN, ""))
    reading.pull(shop.pk, at)

    site.cancel(first)
    later = at + timedelta(minutes=10)
    reading.pull(shop.pk, later)

    assert set(Line.objects.values_list("external_id", "is_cancelled")) == {(first, True), (second, False)}
    site.cancel(second)
    reading.pull(shop.pk, later + timedelta(minutes=10))
    assert Order.objects.get().status == "cancelled"


def test_doubled_rows_a_wrong_charset_and_nulls_make_the_same_orders(
    shop: Connection, site: SandboxShop, at: datetime
) -> None:
    for trouble in (Trouble.DOUBLED_ROWS, Trouble.WRONG_CHARSET_NAMED, Trouble.NULL_FOR_EMPTY):
        site.make_trouble(trouble, Verb.ORDERS)
    numbers = bought(site, (PLAIN, ""), (PLAIN, ""))

    reading.pull(shop.pk, at)

    assert set(Line.objects.values_list("external_id", flat=True)) == set(numbers)
    assert Order.objects.get().address.name == "試験 太郎"


@pytest.mark.seed("A212")
def test_an_expired_key_stops_the_shop_until_it_is_renewed(shop: Connection, site: SandboxShop, at: datetime) -> None:
    (number,) = bought(site, (PLAIN, ""))
    reading.pull(shop.pk, at)
    site.let_keys_expire()

    tell(shop, at)
    shop.refresh_from_db()
    assert (shop.status, shop.problem) == ("broken", "key_expired")

    fresh: IssuedKey = site.channel.issue_key(site.access.shop_id, f"password:{PASSWORD}", at)
    renew_key(connection_code=shop.code, issued=fresh, actor=WORLD, at=at)
    tell(shop, at)
    assert Confirmation.objects.get().status == "accepted"
    assert site.truth(number).times_confirmed == 1


@pytest.mark.seed("L07")
def test_the_site_shows_what_may_still_be_promised(shop: Connection, site: SandboxShop, at: datetime) -> None:
    plain, option = a_sku(shop.seller, PLAIN), a_sku(shop.seller, FIRST_OPTION, option="M")
    warehouse = a_warehouse()
    stock_of(plain, warehouse, 7)
    stock_of(option, warehouse, 4)
    reading.refresh_listings(shop.pk, at)
    tell(shop, at)
    shown = {listing.option_code or listing.item_code: listing for listing in site.channel.listings(site.access)}
    assert (site.shown_stock(shown[PLAIN]), site.shown_stock(shown[FIRST_OPTION])) == (7, 4)

    bought(site, (PLAIN, ""))
    reading.pull(shop.pk, at)
    judged(shipped_order(shop, Order.objects.get().external_id))
    tell(shop, at)

    assert site.shown_stock(shown[PLAIN]) == 6
    assert StockPush.objects.filter(status="accepted").count() == 2
    assert Listing.objects.filter(sku=None).count() == 1
    assert STOCK not in {site.shown_stock(shown[PLAIN]), site.shown_stock(shown[FIRST_OPTION])}
