"""A seller sends goods only where its agreement reaches; what lies elsewhere stays usable and may go home (A063)."""

from __future__ import annotations

import pytest

from tests.books import findings, fingerprint
from tests.centres_world import applied
from tests.dues_world import signed
from tests.inbound_world import ARRIVAL, a_request
from tests.returns_world import removal_of
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, money_in, stock_of
from toiya.domain.allocation.actions.branching import send_from
from toiya.domain.allocation.models import ChosenWarehouse
from toiya.domain.inbound.actions.bundles import Announcement, create_bundle
from toiya.domain.inbound.actions.requests import Wanted, make_requests
from toiya.domain.members.models import Seller
from toiya.domain.transfers.actions.asking import Wish, ask_transfer
from toiya.domain.warehouses.actions.centres import CentreNotAppliedFor
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    return seller


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.mark.seed("A063")
def test_goods_are_announced_only_to_a_centre_that_was_applied_for(seller: Seller, house: Warehouse) -> None:
    seoul, actor = a_warehouse("SEL", "Seoul"), acting_for(seller)
    applied(seller, seoul)
    wish = Wanted(a_sku(seller).code, 5, house.pk)
    before = fingerprint()
    with pytest.raises(CentreNotAppliedFor) as refused:
        make_requests(seller_id=seller.pk, wanted=[wish], actor=actor, at=NOON)
    assert fingerprint() == before
    assert "/settings/agreement/" in str(refused.value)

    applied(seller, house)
    (made,) = make_requests(seller_id=seller.pk, wanted=[wish], actor=actor, at=NOON)
    signed(seller, seoul)  # the other centre is no longer ticked
    before = fingerprint()
    with pytest.raises(CentreNotAppliedFor):
        create_bundle(seller_id=seller.pk, request_codes=[made.code], plan=Announcement(ARRIVAL), actor=actor, at=NOON)
    assert fingerprint() == before
    applied(seller, house)
    create_bundle(seller_id=seller.pk, request_codes=[made.code], plan=Announcement(ARRIVAL), actor=actor, at=NOON)
    assert findings() == []


@pytest.mark.seed("A063")
def test_a_centre_is_chosen_for_orders_and_transfers_only_when_it_was_applied_for_or_goods_lie_there(
    seller: Seller, house: Warehouse
) -> None:
    seoul, actor, sku = a_warehouse("SEL", "Seoul"), acting_for(seller), a_sku(seller)
    stock_of(sku, house, 9)
    order = an_order(seller)
    before = fingerprint()
    with pytest.raises(CentreNotAppliedFor):
        send_from(order_codes=[order.code], warehouse_code="SEL", actor=actor, at=NOON)
    with pytest.raises(CentreNotAppliedFor):
        ask_transfer(wish=Wish(sku.code, "FNB", "SEL", 2), actor=actor, at=NOON)
    assert fingerprint() == before

    send_from(order_codes=[order.code], warehouse_code="FNB", actor=actor, at=NOON)
    assert ChosenWarehouse.objects.get().warehouse == house, "no agreement reaches it, and goods lie there"
    ask_transfer(wish=Wish(sku.code, "FNB", "SEL", 1), actor=WORLD, at=NOON)  # the office moves goods between its own
    assert removal_of(seller, house, {sku.code: 2}, actor=actor).status == "ordered"
    a_request(sku, house, 1, way="out")

    applied(seller, seoul)
    ask_transfer(wish=Wish(sku.code, "FNB", "SEL", 1), actor=actor, at=NOON)
    (other,) = judged(an_order(seller, {"LT-NVM": 90}))
    assert send_from(order_codes=[other.code], warehouse_code="SEL", actor=actor, at=NOON).done == []
    assert ChosenWarehouse.objects.get(order=other).warehouse == seoul
    assert findings() == []
