"""Two people at one request, one cap or one time at the dock."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.books import findings
from tests.centres_world import applied
from tests.inbound_world import ARRIVAL, a_bundle, a_request, rules_of
from tests.races.together import together
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, money_in
from toiya.domain.inbound.actions.bundles import Announcement, NotToBundle, create_bundle
from toiya.domain.inbound.actions.requests import Wanted, make_requests
from toiya.domain.inbound.actions.slots import Opening, SlotTaken, book_slot, make_slots
from toiya.domain.inbound.judging import TooManyOpenPieces
from toiya.domain.inbound.models import CargoBundle, DockSlot, InboundRequest
from toiya.domain.wallet.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


def test_a_request_ticked_by_six_at_once_comes_in_one_delivery() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    money_in(seller, 10_000)
    request = a_request(a_sku(seller), house, 10)

    def press() -> None:
        plan = Announcement(ARRIVAL)
        create_bundle(seller_id=seller.pk, request_codes=[request.code], plan=plan, actor=acting_for(seller), at=NOON)

    ends = together([press] * THREADS)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [NotToBundle] * (THREADS - 1)
    assert CargoBundle.objects.get().lines.get().told == 10
    assert Account.objects.get(seller=seller, kind="reserved").balance_minor == 150
    assert findings("I24") == []


def test_a_cap_is_not_passed_by_asking_at_once() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    rules_of(house, most_open_pieces=100)
    sku = a_sku(seller)
    ends = together([lambda: a_request(sku, house, 30)] * THREADS)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [TooManyOpenPieces] * (THREADS - 3)
    assert InboundRequest.objects.count() == 3


def test_one_call_sent_six_times_at_once_is_one_request() -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    wish = Wanted(a_sku(seller).code, 5, house.pk, source_key="api|one")

    def call() -> str:
        return make_requests(seller_id=seller.pk, wanted=[wish], actor=acting_for(seller), at=NOON)[0].code

    ends = together([call] * THREADS)
    assert (ends.troubles, ends.refusals) == ([], [])
    assert set(ends.answers) == {InboundRequest.objects.get().code}


def test_a_time_at_the_dock_is_one_deliverys() -> None:
    house = a_warehouse()
    opening = Opening(date(2026, 11, 25), time(9), 60, 1, "W05", DockSlot.Size.NORMAL)
    make_slots(warehouse_id=house.pk, opening=opening, actor=WORLD, at=NOON)
    slot = DockSlot.objects.get()
    bundles = [a_bundle(seller, house, {a_sku(seller): 10}) for seller in map(a_seller, "ABCD")]

    def book(bundle: CargoBundle) -> None:
        book_slot(bundle_code=bundle.code, slot_id=slot.pk, actor=acting_for(bundle.seller), at=NOON)

    ends = together([lambda bundle=bundle: book(bundle) for bundle in bundles])  # type: ignore[misc]
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [SlotTaken] * 3
