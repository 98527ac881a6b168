"""A seller hears of each lot once, in its warehouse's calendar, as early as it wants."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.floor_world import a_coded_sku
from tests.receiving_world import a_delivery, arrived, counted
from tests.world import NOON, WORLD, a_member, a_seller, a_warehouse, acting_for
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound import sql
from toiya.domain.inbound.actions.lot_warnings import LotDaysOff, set_lot_days, warn_of_lots
from toiya.domain.inbound.models import LotRules, LotWarning
from toiya.domain.members.models import Seller
from toiya.domain.stock.models import BinStock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)  # at NOON, in the warehouse


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def tea(seller: Seller) -> Sku:
    """Lots A to D end in 29, 30, 31 and 60 days."""
    tea = a_coded_sku(seller, "TEA")
    bundle = arrived(a_delivery(seller, a_warehouse(), {tea: 40}))
    for lot, days in (("A", 29), ("B", 30), ("C", 31), ("D", 60)):
        counted(bundle, tea, 10, lot=lot, expires_on=TODAY + timedelta(days=days))
    return tea


def told(seller: Seller) -> list[str]:
    return list(LotWarning.objects.filter(seller=seller).order_by("expires_on").values_list("lot", flat=True))


def test_each_lot_is_told_of_once_when_its_day_comes_near(tea: Sku) -> None:
    seller = tea.seller
    assert sql.sellers_to_warn(NOON) == [seller.pk]
    assert [warn_of_lots(seller_id=seller.pk, actor=WORLD, at=NOON) for _ in range(2)] == [2, 0]
    assert (told(seller), sql.sellers_to_warn(NOON)) == (["A", "B"], [])
    evening = NOON + timedelta(hours=13)  # it is the next day in Japan, not yet in Greenwich
    assert sql.sellers_to_warn(evening) == [seller.pk]
    assert warn_of_lots(seller_id=seller.pk, actor=WORLD, at=evening) == 1
    assert told(seller) == ["A", "B", "C"]
    assert EventRow.objects.filter(name="lots.near_end", subject=seller.code).count() == 2
    assert sql.lots_still_near(seller.pk) == 3
    BinStock.objects.filter(lot="A").update(quantity=0)
    assert sql.lots_still_near(seller.pk) == 2


def test_a_seller_hears_as_early_as_it_wants(tea: Sku) -> None:
    seller, actor = tea.seller, acting_for(tea.seller)
    for days in (0, 1000):
        with pytest.raises(LotDaysOff):
            set_lot_days(seller_id=seller.pk, days=days, actor=actor, at=NOON)
    assert not LotRules.objects.exists()
    set_lot_days(seller_id=seller.pk, days=10, actor=actor, at=NOON)
    assert sql.sellers_to_warn(NOON) == []
    set_lot_days(seller_id=seller.pk, days=60, actor=actor, at=NOON)
    assert warn_of_lots(seller_id=seller.pk, actor=WORLD, at=NOON) == 4


def test_home_shows_them_and_the_page_sets_the_days(tea: Sku) -> None:
    warn_of_lots(seller_id=tea.seller_id, actor=WORLD, at=NOON)
    client = Client()
    client.force_login(a_member(tea.seller))
    place = reverse("portal:stock-expiring")
    assert place in client.get("/").content.decode()
    assert client.post(place, {"told_days": "0"}).status_code == 422
    assert client.post(place, {"told_days": "45"}).status_code == 302
    assert 'value="45"' in client.get(place).content.decode()
    clerk = Client()
    clerk.force_login(a_member(a_seller("Kumo")))
    assert "Lots near" not in clerk.get("/").content.decode()
