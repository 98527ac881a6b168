"""Confirmations and write-backs reach the site once in effect, and no wish keeps another back (R14, R32, R34)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.world import NOON, WORLD, a_warehouse, acting_for
from toiya.core.errors import Rejected, Unreachable
from toiya.core.models import EventRow
from toiya.domain.channels import queries
from toiya.domain.channels.actions.connecting import Switches, renew_key, set_switches
from toiya.domain.channels.actions.telling import (
    NothingToTryAgain,
    Told,
    settle_write_backs,
    try_again,
    want_write_backs,
)
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.jobs.calling import outside
from toiya.domain.channels.models import Confirmation, Connection, WriteBack
from toiya.domain.channels.port import IssuedKey, SiteState
from toiya.domain.channels.rules import Outcome, Word
from toiya.domain.channels.sql.claims import Lane, claim_write_backs
from toiya.domain.channels.tests.left import a_parcel_that_left, shipped_order
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db


def confirm(shop: Connection, at: datetime = NOON) -> None:
    want_all(shop.seller_id, at)
    telling.run(telling.CONFIRMATIONS, shop.pk, lambda: at)


def write_back(shop: Connection, at: datetime = NOON) -> None:
    want_all(shop.seller_id, at)
    telling.run(telling.WRITE_BACKS, shop.pk, lambda: at)


def with_orders(shop: Connection, site: PretendSite, number: int, first: int = 701) -> None:
    for cart in range(first, first + number):
        site.sell(str(cart), "A", "B")
    reading.pull(shop.pk, NOON)


def with_shipped(shop: Connection, site: PretendSite, number: int = 1) -> None:
    with_orders(shop, site, number)
    confirm(shop)
    warehouse = a_warehouse()
    for cart in range(701, 701 + number):
        a_parcel_that_left(shipped_order(shop, str(cart)), warehouse, f"4900-{cart}")


def statuses(table: type[Confirmation | WriteBack]) -> list[str]:
    return list(table.objects.order_by("pk").values_list("status", flat=True))


@pytest.mark.seed("A207")
def test_orders_are_confirmed_once(shop: Connection, site: PretendSite) -> None:
    with_orders(shop, site, 3)

    confirm(shop)
    confirm(shop)

    assert sorted(site.done("confirm")) == [f"{cart}-{line}" for cart in (701, 702, 703) for line in (1, 2)]
    assert [rows for name, rows in site.calls if name == "confirm"] == [6]
    assert statuses(Confirmation) == ["accepted"] * 3
    assert EventRow.objects.filter(name="order.confirmed_at_site").count() == 3


def test_a_shop_that_confirms_by_itself_is_left_alone(shop: Connection, site: PretendSite) -> None:
    set_switches(connection_code=shop.code, switches=Switches(is_confirming=False), actor=WORLD, at=NOON)
    with_orders(shop, site, 1)

    confirm(shop)

    assert Confirmation.objects.count() == 0


def test_calls_hold_as_many_rows_as_the_site_takes(shop: Connection, site: PretendSite) -> None:
    site.rows_per_call = 5
    with_orders(shop, site, 6)

    confirm(shop)

    assert [rows for name, rows in site.calls if name == "confirm"] == [4, 4, 2, 2]
    assert statuses(Confirmation) == ["accepted"] * 6


@pytest.mark.seed("L08")
def test_the_number_of_a_parcel_is_written_back_for_each_line(shop: Connection, site: PretendSite) -> None:
    with_shipped(shop, site)

    write_back(shop)
    write_back(shop)

    assert site.done("ship") == ["701-1 ネコポス 4900-701", "701-2 ネコポス 4900-701"]
    assert statuses(WriteBack) == ["accepted"]
    accepted = EventRow.objects.get(name="order.tracking_accepted")
    assert accepted.subject == Order.objects.get().code


def test_a_timeout_after_the_site_accepted_has_one_effect(shop: Connection, site: PretendSite) -> None:
    with_shipped(shop, site)
    site.after["ship"] = Unreachable("timeout")

    write_back(shop)
    assert statuses(WriteBack) == ["waiting"]
    write_back(shop, NOON + timedelta(minutes=2))

    assert statuses(WriteBack) == ["accepted"]
    assert len(site.done("ship")) == 2
    assert site.called("ship") == 1  # the second time the site was asked first, and knew it
    assert EventRow.objects.filter(name="order.tracking_accepted").count() == 1


def test_a_line_that_left_under_another_number_is_declined(shop: Connection, site: PretendSite) -> None:
    with_shipped(shop, site)
    site.before["ship"] = Unreachable("timeout")
    write_back(shop)
    site.before.clear()
    site.turn("701-1", SiteState.SHIPPED, "other")

    write_back(shop, NOON + timedelta(minutes=2))

    wish = WriteBack.objects.get()
    assert (wish.status, wish.problem) == ("rejected", "shipped_elsewhere")


def test_a_worker_killed_in_the_call_leaves_the_wish_to_its_successor(shop: Connection, site: PretendSite) -> None:
    with_shipped(shop, site)
    want_write_backs(seller_id=shop.seller_id, at=NOON)
    ghost = claim_write_backs(Lane(shop.pk, False, 10), NOON)  # and then the light went out

    write_back(shop, NOON + timedelta(minutes=1))
    assert site.called("ship") == 0
    write_back(shop, NOON + timedelta(minutes=3))
    late = [Told(ghost[0], Word(Outcome.REJECTED, "late"))]
    settle_write_backs(shop=shop, told=late, actor=WORLD, at=NOON + timedelta(minutes=4))

    assert statuses(WriteBack) == ["accepted"]
    assert EventRow.objects.filter(name="order.telling_ended").count() == 0


def test_one_refused_row_does_not_touch_the_others(shop: Connection, site: PretendSite) -> None:
    with_shipped(shop, site, 3)
    site.refused["702-2"] = "ship_refused"

    write_back(shop)

    assert statuses(WriteBack) == ["accepted", "rejected", "accepted"]
    ended = EventRow.objects.get(name="order.telling_ended")
    assert ended.data == {"what": "write_back", "status": "rejected", "problem": "ship_refused"}


def test_a_poisoned_wish_is_found_and_blocks_no_other(shop: Connection, site: PretendSite) -> None:
    with_orders(shop, site, 20)
    site.poison.add("707-1")

    confirm(shop)
    assert statuses(Confirmation) == ["waiting"] * 20
    confirm(shop, NOON + timedelta(minutes=2))

    assert statuses(Confirmation).count("accepted") == 19
    with_orders(shop, site, 5, first=801)
    confirm(shop, NOON + timedelta(minutes=3))
    assert statuses(Confirmation).count("accepted") == 24
    shop.refresh_from_db()
    assert shop.status == "working"

    poisoned = Confirmation.objects.get(status="waiting")
    at = NOON
    while Confirmation.objects.get(pk=poisoned.pk).status == "waiting":
        at += timedelta(hours=1)
        confirm(shop, at)
    assert timedelta(hours=72) <= at - NOON <= timedelta(hours=73)
    assert queries.ended_wishes(WORLD)[0].wish_id == poisoned.pk


def test_the_button_tells_a_given_up_wish_again(shop: Connection, site: PretendSite) -> None:
    with_shipped(shop, site)
    site.refused["701-1"] = "ship_refused"
    write_back(shop)
    wish = WriteBack.objects.get()
    site.refused.clear()

    try_again(kind="write_back", wish_id=wish.pk, actor=acting_for(shop.seller), at=NOON)
    write_back(shop)

    assert statuses(WriteBack) == ["accepted"]
    with pytest.raises(NothingToTryAgain):
        try_again(kind="write_back", wish_id=wish.pk, actor=WORLD, at=NOON)


def test_an_expired_key_leaves_every_wish_waiting_until_it_is_renewed(shop: Connection, site: PretendSite) -> None:
    with_shipped(shop, site, 3)
    site.good_key = "new-key"

    for hour in range(100):
        write_back(shop, NOON + timedelta(hours=hour))

    shop.refresh_from_db()
    assert (shop.status, shop.problem) == ("broken", "key_expired")
    assert EventRow.objects.filter(name="shop.broke").count() == 1
    at = NOON + timedelta(hours=100)
    issued = IssuedKey("new-key", at + timedelta(days=365))
    renew_key(connection_code=shop.code, issued=issued, actor=WORLD, at=at)
    write_back(shop, at)
    assert statuses(WriteBack) == ["accepted"] * 3


def test_a_day_without_the_site_is_made_good_within_the_hour(shop: Connection, site: PretendSite) -> None:
    with_shipped(shop, site, 3)
    site.before["*"] = Unreachable("no_connection")

    for minute in range(0, 24 * 60, 5):
        write_back(shop, NOON + timedelta(minutes=minute))
    assert statuses(WriteBack) == ["waiting"] * 3
    assert site.called("ship") < 100

    site.before.clear()
    for minute in range(24 * 60, 25 * 60, 5):
        write_back(shop, NOON + timedelta(minutes=minute))
    assert statuses(WriteBack) == ["accepted"] * 3
    assert set(WriteBack.objects.values_list("failures", flat=True)) == {0}


def test_a_refused_method_ends_each_wish_alone(shop: Connection, site: PretendSite) -> None:
    with_orders(shop, site, 2)
    site.before["confirm"] = Rejected("not_permitted")

    confirm(shop)
    confirm(shop, NOON + timedelta(minutes=2))

    assert statuses(Confirmation) == ["rejected", "rejected"]


def test_an_order_cancelled_meanwhile_needs_no_confirmation(shop: Connection, site: PretendSite) -> None:
    with_orders(shop, site, 1)
    want_all(shop.seller_id, NOON)
    Order.objects.update(status=Order.Status.CANCELLED)

    confirm(shop)

    assert statuses(Confirmation) == ["dropped"]
    assert site.called("confirm") == 0


def test_a_line_in_two_parcels_is_told_with_the_first(shop: Connection, site: PretendSite) -> None:
    with_orders(shop, site, 1)
    warehouse, order = a_warehouse(), shipped_order(shop, "701")
    confirm(shop)
    a_parcel_that_left(order, warehouse, "4900-1", lines=1)
    a_parcel_that_left(order, warehouse, "4900-2")

    write_back(shop)

    assert site.done("ship") == ["701-1 ネコポス 4900-1", "701-2 ネコポス 4900-2"]
    assert statuses(WriteBack) == ["accepted", "accepted"]


def test_calling_inside_a_transaction_is_refused() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        outside(lambda: None)


def test_the_number_of_statements_does_not_grow_with_the_wishes(shop: Connection, site: PretendSite) -> None:
    counts = []
    for first, number in ((100, 1), (200, 2), (300, 40)):
        with_orders(shop, site, number, first=first)
        with CaptureQueriesContext(connection) as captured:
            confirm(shop)
        counts.append(len(captured))

    assert counts[1] == counts[2]
