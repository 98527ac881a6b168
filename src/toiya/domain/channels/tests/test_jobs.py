"""What the sweep wakes, and what the screens ask."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world import NOON, WORLD, a_seller, a_shop, acting_for
from toiya.domain.channels import queries
from toiya.domain.channels.actions.connecting import Switches, set_switches
from toiya.domain.channels.jobs import reading, telling, wake_due, want_all
from toiya.domain.channels.models import Connection
from toiya.domain.channels.tests.pretend_site import PretendSite

pytestmark = pytest.mark.django_db


def woken(at: datetime) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    wake_due(at)
    return set(ProcrastinateJob.objects.values_list("task_name", flat=True))


def test_a_new_shop_is_pulled_and_read_at_once(shop: Connection) -> None:
    assert woken(NOON) == {"channels.pull", "channels.refresh_listings", "channels.want"}


def test_nothing_is_woken_twice_in_ten_minutes(shop: Connection, site: PretendSite) -> None:
    reading.pull(shop.pk, NOON)
    reading.refresh_listings(shop.pk, NOON)
    want_all(shop.seller_id, NOON)

    assert woken(NOON + timedelta(minutes=4)) == set()
    assert woken(NOON + timedelta(minutes=10)) == {"channels.pull", "channels.want"}
    assert "channels.reconcile" in woken(NOON + timedelta(hours=24))


def test_a_wish_stored_wakes_its_telling_and_the_sweep_finds_it_too(shop: Connection, site: PretendSite) -> None:
    site.sell("701", "A")
    reading.pull(shop.pk, NOON)
    assert ProcrastinateJob.objects.filter(task_name="channels.confirm").count() == 0

    want_all(shop.seller_id, NOON)

    job = ProcrastinateJob.objects.get(task_name="channels.confirm")
    assert (job.queue_name, job.args) == ("channels", {"connection_id": shop.pk})
    assert "channels.confirm" in woken(NOON)
    telling.run(telling.CONFIRMATIONS, shop.pk, lambda: NOON)
    assert "channels.confirm" not in woken(NOON)


def test_a_resting_shop_is_not_woken(shop: Connection, site: PretendSite) -> None:
    site.good_key = "new-key"
    reading.pull(shop.pk, NOON)

    assert woken(NOON + timedelta(minutes=30)) == set()
    assert "channels.pull" in woken(NOON + timedelta(minutes=61))


def test_a_shop_that_is_switched_off_is_read_for_listings_only(shop: Connection) -> None:
    off = Switches(is_pulling=False, is_confirming=False, is_writing_back=False, is_pushing_stock=False)
    set_switches(connection_code=shop.code, switches=off, actor=WORLD, at=NOON)

    assert woken(NOON) == {"channels.refresh_listings", "channels.want"}


def test_a_seller_sees_the_health_of_its_own_shops(shop: Connection, site: PretendSite) -> None:
    other = a_seller("Other")
    a_shop(other, shop_id="other")
    site.sell("701", "A")
    reading.pull(shop.pk, NOON)
    want_all(shop.seller_id, NOON)

    own = queries.connections(acting_for(shop.seller), NOON)

    assert [(health.connection.pk, health.waiting, health.ended) for health in own] == [(shop.pk, 1, 0)]
    assert len(queries.connections(WORLD, NOON)) == 2
    assert queries.connections(WORLD, NOON + timedelta(days=340))[0].ends_soon
