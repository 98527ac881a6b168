"""A site that declines to confirm may have the order as taken already: then there is nothing left to confirm."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.world import NOON
from toiya.core.errors import Unreachable
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.models import Confirmation, Connection
from toiya.domain.channels.port import SiteState
from toiya.domain.channels.tests.pretend_site import PretendSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def sold(shop: Connection, site: PretendSite) -> tuple[str, str]:
    """An order of two lines, pulled; the numbers of its lines."""
    site.sell("701", "A", "B")
    reading.pull(shop.pk, NOON)
    return "701-1", "701-2"


def confirm(shop: Connection, at: datetime = NOON) -> Confirmation:
    want_all(shop.seller_id, at)
    telling.run(telling.CONFIRMATIONS, shop.pk, lambda: at)
    return Confirmation.objects.get()


def test_an_order_that_left_before_its_confirmation_was_answered_counts_as_confirmed(
    shop: Connection, site: PretendSite, sold: tuple[str, str]
) -> None:
    site.after["confirm"] = Unreachable("timeout")
    assert confirm(shop).status == "waiting"
    for line in sold:
        site.turn(line, SiteState.SHIPPED, "4900-701")
        site.refused[line] = "not_on_request"

    assert confirm(shop, NOON + timedelta(minutes=5)).status == "accepted"
    assert sorted(site.done("confirm")) == list(sold)


def test_a_decline_counts_when_the_site_has_not_taken_every_line(
    shop: Connection, site: PretendSite, sold: tuple[str, str]
) -> None:
    site.turn(sold[0], SiteState.CONFIRMED)
    site.turn(sold[1], SiteState.UNPAID)
    site.refused[sold[1]] = "not_on_request"

    declined = confirm(shop)

    assert (declined.status, declined.problem) == ("rejected", "not_on_request")
