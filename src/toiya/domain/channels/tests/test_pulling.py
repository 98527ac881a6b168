"""Orders come in once, whatever the site, the network and we ourselves do (R01, R02)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import NOON, WORLD, a_seller, a_shop, a_sku, a_warehouse, judged, stock_of
from toiya.core.errors import Rejected, Unreachable
from toiya.core.models import EventRow
from toiya.domain.channels.actions import pulling
from toiya.domain.channels.actions.connecting import Switches, set_switches
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.models import Connection, Pull, Stranger
from toiya.domain.channels.port import SiteReceiver, SiteState
from toiya.domain.channels.rules import Window
from toiya.domain.channels.tests.pretend_site import RECEIVER, PretendSite
from toiya.domain.orders.models import Line, Order

pytestmark = pytest.mark.django_db


def carts(shop: Connection) -> list[str]:
    return sorted(Order.objects.filter(shop_code=shop.code).values_list("external_id", flat=True))


@pytest.mark.seed("A200", "A206")
def test_the_same_pull_ten_times_is_one_order_each(shop: Connection, site: PretendSite) -> None:
    for cart in ("701", "702", "703"):
        site.sell(cart, "A", "B")

    for minute in range(10):
        site.clock = NOON + timedelta(minutes=10 * minute)
        reading.pull(shop.pk, site.clock)

    assert carts(shop) == ["701", "702", "703"]
    assert Line.objects.count() == 6
    assert EventRow.objects.filter(name="order.placed").count() == 3
    assert EventRow.objects.filter(name="shop.orders_pulled").count() == 1
    assert list(Pull.objects.order_by("pk").values_list("orders_new", flat=True)) == [3] + [0] * 9


@pytest.mark.seed("A215")
def test_an_order_keeps_what_the_site_says(shop: Connection, site: PretendSite) -> None:
    sku = a_sku(shop.seller)
    site.sell("701", "LT-NVM", note="ring twice", ship_by=NOON + timedelta(days=2))

    reading.pull(shop.pk, NOON)

    order = Order.objects.get()
    line = order.lines.get()
    assert (order.channel, order.shop_code, order.total_minor, order.note) == ("qoo10", shop.code, 1200, "ring twice")
    assert (order.address.name, order.address.phone) == ("田中 みなみ", "+81-90-1234-5678")
    assert (line.external_id, line.sku_id, line.quantity) == ("701-1", sku.pk, 1)


def test_an_order_that_appears_late_still_comes(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A", paid_at=NOON - timedelta(minutes=30), visible_at=NOON + timedelta(minutes=25))
    reading.pull(shop.pk, NOON)
    assert carts(shop) == []

    site.clock = NOON + timedelta(minutes=30)
    reading.pull(shop.pk, site.clock)

    assert carts(shop) == ["701"]


def test_a_crash_after_the_page_and_before_the_commit_loses_nothing(
    shop: Connection, site: PretendSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.sell("701", "A")

    def power_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(pulling.events, "record", power_off)
        with pytest.raises(KeyboardInterrupt):
            reading.pull(shop.pk, NOON)
    shop.refresh_from_db()
    assert (carts(shop), shop.pulled_until) == ([], None)

    reading.pull(shop.pk, NOON)

    shop.refresh_from_db()
    assert (carts(shop), shop.pulled_until) == (["701"], NOON - timedelta(minutes=2))


def test_no_answer_moves_nothing_and_the_shop_is_tried_again(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A")
    site.after["orders"] = Unreachable("timeout")

    reading.pull(shop.pk, NOON)
    shop.refresh_from_db()
    assert (shop.status, shop.problem, shop.pulled_until, carts(shop)) == ("degraded", "timeout", None, [])
    reading.pull(shop.pk, NOON)  # it rests for a minute
    assert site.called("orders") == 1

    reading.pull(shop.pk, NOON + timedelta(minutes=2))

    shop.refresh_from_db()
    assert (shop.status, carts(shop)) == ("working", ["701"])


def test_a_refused_key_breaks_the_connection_and_nothing_is_lost(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A")
    site.before["*"] = Rejected("key_expired")

    reading.pull(shop.pk, NOON)

    shop.refresh_from_db()
    assert (shop.status, shop.pulled_until) == ("broken", None)
    assert EventRow.objects.filter(name="shop.broke", subject=shop.code).count() == 1


def test_a_plug_that_stumbles_degrades_its_shop_only(shop: Connection, site: PretendSite) -> None:
    site.before["orders"] = KeyError("packNo")

    reading.pull(shop.pk, NOON)

    shop.refresh_from_db()
    assert (shop.status, shop.problem, shop.site_message) == ("degraded", "plug_stumbled", "KeyError")


def test_a_shop_that_is_switched_off_is_not_asked(shop: Connection, site: PretendSite) -> None:
    set_switches(connection_code=shop.code, switches=Switches(is_pulling=False), actor=WORLD, at=NOON)

    reading.pull(shop.pk, NOON)

    assert site.calls == []


def test_an_order_that_cannot_be_placed_stops_no_neighbour(shop: Connection, site: PretendSite) -> None:
    nameless = SiteReceiver("", "", "", "JP", "", "千葉県", "")
    endless = SiteReceiver("あ" * 200, "", "", "JP", "", "千葉県", "")
    site.sell("701", "A")
    site.sell("702", "A", receiver=nameless)
    site.sell("703", "A", receiver=endless)
    site.sell("704", "A")

    reading.pull(shop.pk, NOON)

    assert carts(shop) == ["701", "704"]
    strange = Stranger.objects.order_by("external_id").values_list("external_id", "field", "problem")
    assert list(strange) == [("702", "receiver", "missing"), ("703", "receiver", "too_long")]
    assert Pull.objects.get().orders_refused == 2


def test_a_stranger_that_was_mended_at_the_site_is_placed(shop: Connection, site: PretendSite) -> None:
    strange = site.sell("702", "A", receiver=SiteReceiver("", "", "", "JP", "", "千葉県", ""))
    reading.pull(shop.pk, NOON)
    site.orders_by_cart["702"] = replace(strange, receiver=RECEIVER)

    site.clock = NOON + timedelta(minutes=10)
    reading.pull(shop.pk, site.clock)

    assert carts(shop) == ["702"]
    assert Stranger.objects.get().settled_at == site.clock


def test_a_waiting_order_gets_the_lines_its_cart_gained(shop: Connection, site: PretendSite) -> None:
    a_sku(shop.seller)
    site.sell("701", "LT-NVM")
    reading.pull(shop.pk, NOON)
    site.sell("701", "LT-NVM")

    for minute in (10, 20):
        site.clock = NOON + timedelta(minutes=minute)
        reading.pull(shop.pk, site.clock)

    order = Order.objects.get()
    assert list(order.lines.order_by("pk").values_list("external_id", flat=True)) == ["701-1", "701-2"]
    assert order.total_minor == 2400
    assert EventRow.objects.filter(name="order.lines_added").count() == 1


def test_lines_that_come_too_late_are_an_order_of_their_own(shop: Connection, site: PretendSite) -> None:
    sku = a_sku(shop.seller)
    stock_of(sku, a_warehouse(), 5)
    site.sell("701", "LT-NVM")
    reading.pull(shop.pk, NOON)
    judged(Order.objects.get())
    site.sell("701", "LT-NVM", "LT-NVM")

    for minute in (10, 20, 30):
        site.clock = NOON + timedelta(minutes=minute)
        reading.pull(shop.pk, site.clock)

    assert carts(shop) == ["701", "701/2"]
    part = Order.objects.get(external_id="701/2")
    assert list(part.lines.order_by("pk").values_list("external_id", flat=True)) == ["701-2", "701-3"]
    assert part.total_minor == 2400


def test_lines_added_to_a_confirmed_order_are_confirmed_too(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A")
    reading.pull(shop.pk, NOON)
    want_all(shop.seller_id, NOON)
    telling.run(telling.CONFIRMATIONS, shop.pk, lambda: NOON)
    site.sell("701", "B")

    reading.pull(shop.pk, NOON)
    telling.run(telling.CONFIRMATIONS, shop.pk, lambda: NOON)

    assert site.done("confirm") == ["701-1", "701-2"]


def test_a_line_in_a_state_we_do_not_know_is_shown_not_dropped(shop: Connection, site: PretendSite) -> None:
    order = site.sell("701", "A", "B")
    odd = replace(order, lines=(replace(order.lines[0], state=SiteState.UNKNOWN), order.lines[1]))
    window = Window(NOON - timedelta(days=1), NOON)

    for _ in range(2):
        pulling.store_pull(connection_id=shop.pk, window=window, site_orders=[odd], actor=WORLD, at=NOON)

    assert list(Line.objects.values_list("external_id", flat=True)) == ["701-2"]
    assert Stranger.objects.get().field == "state"
    assert EventRow.objects.filter(name="shop.orders_pulled").count() == 1


def test_two_shops_may_have_the_same_cart_number(shop: Connection, site: PretendSite) -> None:
    other = a_shop(a_seller("Other"), shop_id="other")
    site.sell("701", "A")

    reading.pull(shop.pk, NOON)
    reading.pull(other.pk, NOON)

    assert (carts(shop), carts(other)) == (["701"], ["701"])


def test_a_page_that_shows_a_cart_twice_makes_one_order(shop: Connection, site: PretendSite) -> None:
    order = site.sell("701", "A", "B")
    window = Window(NOON - timedelta(days=1), NOON)

    pulling.store_pull(connection_id=shop.pk, window=window, site_orders=[order, order], actor=WORLD, at=NOON)

    assert Line.objects.count() == 2


def test_a_set_of_orders_costs_the_same_statements_as_one(shop: Connection, site: PretendSite) -> None:
    window = Window(NOON - timedelta(days=1), NOON)
    counts = []
    for size in (2, 1, 50):  # the first one also queues the jobs that the others find waiting
        orders = [site.sell(f"{size}{number:03d}", "A", "B") for number in range(size)]
        with CaptureQueriesContext(connection) as captured:
            pulling.store_pull(connection_id=shop.pk, window=window, site_orders=orders, actor=WORLD, at=NOON)
        counts.append(len(captured))

    assert counts[1] == counts[2]
