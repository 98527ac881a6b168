"""The jobs under a real worker: one tick of the sweep brings an order in and confirms it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from tests.world import a_seller, a_shop
from toiya.core import clock, jobs
from toiya.domain.channels.jobs import wake_due
from toiya.domain.channels.models import Confirmation
from toiya.domain.channels.port import SiteState
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


def work_off() -> None:
    """Run what is queued for the sites, and what that queues, until nothing is left."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    # In a thread of its own: the one of the tests may hold a browser's event loop.
    with app.replace_connector(connector.get_worker_connector()) as worker, ThreadPoolExecutor(1) as thread:
        once = {"wait": False, "install_signal_handlers": False, "listen_notify": False}
        thread.submit(worker.run_worker, queues=["channels", "default"], **once).result()


def test_one_tick_brings_an_order_in_and_confirms_it(
    transactional_db: None, site: PretendSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)  # else the worker's threads keep theirs
    site.clock = clock.now()
    shop = a_shop(a_seller(), at=site.clock - timedelta(hours=2))
    site.sell("701", "A")

    wake_due(site.clock)
    work_off()
    with transaction.atomic():
        jobs.wake("channels.want", "seller_id", shop.seller_id)
    work_off()

    assert Order.objects.get().shop_code == shop.code
    assert site.line("701-1").state is SiteState.CONFIRMED
    assert Confirmation.objects.get().status == "accepted"
