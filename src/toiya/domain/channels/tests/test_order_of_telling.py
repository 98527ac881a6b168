"""A tracking number waits for its order's confirmation, but never for one in trouble: the site hears both, in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world import NOON, WORLD, a_warehouse
from toiya.core.errors import Unreachable
from toiya.domain.channels.actions.connecting import Switches, set_switches
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.models import Confirmation, Connection, WriteBack
from toiya.domain.channels.rules import LEASE
from toiya.domain.channels.sql.claims import Lane, claim_confirmations
from toiya.domain.channels.tests.left import a_parcel_that_left, shipped_order
from toiya.domain.channels.tests.pretend_site import PretendSite

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(minutes=1)


@pytest.fixture
def shop_with_parcel(shop: Connection, site: PretendSite) -> Connection:
    """An order whose confirmation is still to be told, and whose parcel has left."""
    site.sell("701", "A")
    reading.pull(shop.pk, NOON)
    want_all(shop.seller_id, NOON)
    a_parcel_that_left(shipped_order(shop, "701"), a_warehouse(), "4900-701")
    want_all(shop.seller_id, NOON)
    return shop


def told(shop: Connection, teller: telling.Teller) -> None:
    telling.run(teller, shop.pk, lambda: SOON)


def test_a_number_waits_until_the_order_was_confirmed(shop_with_parcel: Connection, site: PretendSite) -> None:
    told(shop_with_parcel, telling.WRITE_BACKS)
    assert (site.called("ship"), WriteBack.objects.get().attempt) == (0, 0)
    ProcrastinateJob.objects.filter(task_name="channels.write_back").delete()

    told(shop_with_parcel, telling.CONFIRMATIONS)
    assert ProcrastinateJob.objects.filter(task_name="channels.write_back", status="todo").count() == 1
    told(shop_with_parcel, telling.WRITE_BACKS)

    assert [name for name, _rows in site.calls if name in {"confirm", "ship"}] == ["confirm", "ship"]
    assert WriteBack.objects.get().status == "accepted"


def test_what_left_before_we_looked_is_confirmed_first(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A")
    reading.pull(shop.pk, NOON)
    a_parcel_that_left(shipped_order(shop, "701"), a_warehouse(), "4900-701")
    want_all(shop.seller_id, NOON)
    want_all(shop.seller_id, NOON)

    for teller in (telling.WRITE_BACKS, telling.CONFIRMATIONS, telling.WRITE_BACKS):
        told(shop, teller)

    assert [name for name, _rows in site.calls if name in {"confirm", "ship"}] == ["confirm", "ship"]
    assert (Confirmation.objects.get().status, WriteBack.objects.get().status) == ("accepted", "accepted")


def test_a_number_waits_for_a_confirmation_that_a_killed_worker_left(
    shop_with_parcel: Connection, site: PretendSite
) -> None:
    assert len(claim_confirmations(Lane(shop_with_parcel.pk, False, 10), NOON)) == 1  # and then the light went out

    told(shop_with_parcel, telling.WRITE_BACKS)
    told(shop_with_parcel, telling.CONFIRMATIONS)
    assert (site.called("ship"), site.called("confirm")) == (0, 0)
    for teller in (telling.CONFIRMATIONS, telling.WRITE_BACKS):
        telling.run(teller, shop_with_parcel.pk, lambda: NOON + LEASE)

    assert site.done("confirm") == ["701-1"]
    assert WriteBack.objects.get().status == "accepted"


def test_a_number_does_not_wait_for_a_confirmation_in_trouble(shop_with_parcel: Connection, site: PretendSite) -> None:
    site.before["confirm"] = Unreachable("timeout")

    told(shop_with_parcel, telling.CONFIRMATIONS)
    told(shop_with_parcel, telling.WRITE_BACKS)

    assert Confirmation.objects.get().status == "waiting"
    assert WriteBack.objects.get().status == "accepted"


def test_a_number_does_not_wait_for_a_confirmation_that_was_switched_off(
    shop_with_parcel: Connection, site: PretendSite
) -> None:
    switches = Switches(is_confirming=False)
    set_switches(connection_code=shop_with_parcel.code, switches=switches, actor=WORLD, at=NOON)

    told(shop_with_parcel, telling.WRITE_BACKS)

    assert site.done("ship") == ["701-1 ネコポス 4900-701"]
