"""An entered order is corrected until work on it began: lines are judged anew, nothing is promised twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.books import findings, fingerprint
from tests.floor_world import released
from tests.orders_in_world import an_entered_order, an_entry
from tests.world import NOON, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.members.models import Seller
from toiya.domain.orders.entered import Became, Entered
from toiya.domain.orders.entries import Entry, EntryLine
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.reentering import TooLateToCorrect, correct_order
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(house: Warehouse) -> Seller:
    seller = a_seller()
    stock_of(a_sku(seller), house, 3)
    return seller


def corrected(order: Order, entry: Entry) -> Entered:
    done = correct_order(order_code=order.code, entry=entry, actor=acting_for(order.seller), at=NOON)
    order.refresh_from_db()
    return done


@pytest.mark.seed("A160")
def test_a_corrected_line_gives_its_pieces_back_and_is_judged_at_once(seller: Seller) -> None:
    (order,) = judged(an_entered_order(seller, pieces="3"))
    assert (order.status, Balance.objects.get().allocated) == ("allocated", 3)
    corrected(order, an_entry(pieces="2", remark="By the door", buyer="Sato"))
    assert (order.status, order.note, order.total_minor, Balance.objects.get().allocated) == (
        "allocated",
        "By the door",
        2400,
        2,
    )
    assert sorted(order.lines.values_list("quantity", "is_cancelled")) == [(2, False), (3, True)]
    corrected(order, an_entry(pieces="4"))
    assert (order.status, order.waiting_reason, Balance.objects.get().allocated) == ("waiting", "not_enough_stock", 0)
    assert findings() == []


def test_an_address_alone_leaves_the_promise_and_says_what_changed(seller: Seller) -> None:
    (order,) = judged(an_entered_order(seller))
    corrected(order, an_entry(receiver="佐藤", mobile="090-1234-5678", slot="AM"))
    assert (order.status, order.address.name, order.address.phone) == ("allocated", "佐藤", "090-1234-5678")
    assert order.wish.slot == "AM"
    told = EventRow.objects.get(name="order.reentered")
    assert told.data["fields"] == ["mobile", "name", "phone", "wish"]
    corrected(order, an_entry(receiver="佐藤", mobile="090-1234-5678", slot="AM"))
    assert EventRow.objects.filter(name="order.reentered").count() == 1


def test_what_is_wrong_or_taken_changes_nothing(seller: Seller) -> None:
    order, other = an_entered_order(seller, reference="1"), an_entered_order(seller, reference="2")
    before = fingerprint()
    assert corrected(order, an_entry(receiver="")).became == Became.TO_MEND
    taken = corrected(order, an_entry(reference="2"))
    assert (taken.became, taken.code) == (Became.TAKEN, other.code)
    assert fingerprint() == before


def test_the_floors_orders_others_orders_and_sites_orders_stay(seller: Seller, house: Warehouse) -> None:
    (order,) = judged(an_entered_order(seller))
    of_site = an_order(seller)
    stranger = acting_for(a_seller("Kumo"))
    released(house, order)
    before = fingerprint()
    with pytest.raises(TooLateToCorrect):
        corrected(order, an_entry())
    for code, actor in ((of_site.code, acting_for(seller)), (order.code, stranger)):
        with pytest.raises(NotFound):
            correct_order(order_code=code, entry=an_entry(), actor=actor, at=NOON)
    assert fingerprint() == before


def test_an_order_that_comes_home_is_held_no_longer_and_one_that_leaves_is(seller: Seller) -> None:
    order = an_entered_order(seller)
    abroad = an_entry(country="KR", phone="010-2345-6789", postal_code="04524", address="서울 중구 1")
    corrected(order, replace(abroad, lines=(EntryLine(seller_sku="LT-NVM", quantity="1"),)))
    assert Hold.objects.get(lifted_at=None).details == {
        "country": "KR",
        "hs_codes": 1,
        "customs_texts": 1,
        "origins": 1,
        "values": 1,
    }
    corrected(order, an_entry())
    assert not Hold.objects.filter(lifted_at=None).exists()
    assert findings() == []
