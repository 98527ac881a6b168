"""Removals: pieces a seller takes home over the same floor as every order, and pieces it has thrown away."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.floor_world import a_person, a_service, in_bin, labelled, packed, released, walked
from tests.returns_world import HOME, disposal_of, removal_of, sent_out, thrown_away
from tests.world import NOON, WORLD, a_seller, a_sku, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.states import NoSuchStep
from toiya.domain.allocation.actions.policies import set_sku_buffer
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.placing import UnusableDraft
from toiya.domain.orders.models import Order, Wish
from toiya.domain.outbound.models import Parcel
from toiya.domain.returns.actions.calling_off import RemovalUnderWay, cancel_removal
from toiya.domain.returns.actions.counting_out import MoreThanConsented, NotLyingThere, NotToThrowAway
from toiya.domain.returns.actions.ordering import (
    NothingToRemove,
    Receiver,
    RemovalChoiceUnknown,
    RemovalNotFree,
)
from toiya.domain.returns.actions.preparing import confirm_removal, prepare_return
from toiya.domain.returns.models import Removal
from toiya.domain.stock.actions.setting_aside import NoConsent
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.wallet.models import Reservation
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def trio(sku: Sku) -> tuple[int, int, int]:
    balance = Balance.objects.get(sku=sku)
    return balance.on_hand, balance.allocated, balance.available


@pytest.mark.seed("L26", "A192")
def test_pieces_are_promised_at_once_and_leave_like_an_order(seller: Seller, warehouse: Warehouse, tote: Sku) -> None:
    service = a_service("road", 20_000)
    removal = removal_of(seller, warehouse, {tote.code: 7}, actor=acting_for(seller), service_code=service.code)
    assert (removal.status, trio(tote)) == ("ordered", (10, 7, 3))
    assert judged(an_order(seller, {"LT-NVM": 4}))[0].waiting_reason == "not_enough_stock"

    order = sent_out(Order.objects.get(removal=removal), a_person(warehouse), warehouse)
    assert (order.channel, order.status, order.external_id) == ("removal", "shipped", removal.code)
    assert trio(tote) == (3, 0, 3)
    assert (order.address.name, order.lines.get().sku_id) == (HOME.name, tote.pk)
    removal = Removal.objects.get()
    assert (removal.is_open, Wish.objects.get().service_code) == (False, "road")
    assert [row.status for row in Reservation.objects.all()] == ["captured"]
    assert findings() == []


@pytest.mark.seed("L26", "A192")
def test_freight_collect_sets_no_shipping_fee_aside_and_the_label_says_so(
    seller: Seller, warehouse: Warehouse, tote: Sku
) -> None:
    removal = removal_of(seller, warehouse, {tote.code: 2}, payer="receiver")
    order, staff = Order.objects.get(removal=removal), a_person(warehouse)
    walked(released(warehouse, order).pick_lists[0].code, staff)
    parcel = labelled(packed("T-001", staff, a_service("road", 20_000)))
    assert (parcel.status, parcel.reservation) == ("labelled", None)
    assert parcel.label is not None
    assert parcel.label.shipment["is_freight_collect"] is True

    second = removal_of(seller, warehouse, {tote.code: 1}, payer="receiver")
    sent_out(Order.objects.get(removal=second), staff, warehouse)
    assert (Reservation.objects.count(), Parcel.objects.get(order__removal=second).status) == (0, "shipped")
    assert findings() == []


def test_everything_takes_all_that_is_free_and_what_the_seller_keeps_back_too(
    seller: Seller, warehouse: Warehouse, tote: Sku
) -> None:
    cup = a_sku(seller, "CUP", "Cup")
    stock_of(cup, warehouse, 3)
    set_sku_buffer(sku_code=cup.code, pieces=2, actor=acting_for(seller), at=NOON)
    judged(an_order(seller, {"LT-NVM": 4}))

    removal = removal_of(seller, warehouse, {}, is_everything=True)
    assert sorted(removal.lines.values_list("sku__seller_code", "quantity")) == [("CUP", 3), ("LT-NVM", 6)]
    assert (trio(tote), trio(cup)) == ((10, 10, 0), (3, 3, 0))
    with pytest.raises(NothingToRemove):
        removal_of(seller, warehouse, {}, is_everything=True)
    assert findings() == []


def test_the_same_form_twice_is_one_removal(seller: Seller, warehouse: Warehouse, tote: Sku) -> None:
    made = {removal_of(seller, warehouse, {tote.code: 2}, token="form-1").pk for _ in range(2)}
    assert (len(made), trio(tote), Order.objects.count()) == (1, (10, 2, 8), 1)


@pytest.mark.parametrize(
    ("pieces", "more", "refusal"),
    [
        ({}, {}, NothingToRemove),
        ({"LT": 11}, {}, RemovalNotFree),
        ({"LT": -1}, {}, RemovalNotFree),
        ({"999999999999-00001": 1}, {}, NotFound),
        ({"LT": 1}, {"payer": "nobody"}, RemovalChoiceUnknown),
        ({"LT": 1}, {"service_code": "rocket"}, NotFound),
        ({"LT": 1}, {"receiver": Receiver("", first_line="Tokyo")}, UnusableDraft),
        ({"LT": 1}, {"kind": "dispose", "reason": "old"}, NoConsent),
        ({"LT": 11}, {"kind": "dispose", "reason": "old", "consents": True}, RemovalNotFree),
    ],
)
def test_what_cannot_be_removed_is_refused_and_changes_nothing(
    pieces: dict[str, int], more: dict[str, object], refusal: type[Refusal], warehouse: Warehouse, tote: Sku
) -> None:
    with pytest.raises(refusal):
        removal_of(tote.seller, warehouse, {code.replace("LT", tote.code): n for code, n in pieces.items()}, **more)
    assert (Removal.objects.count(), Order.objects.count(), trio(tote)) == (0, 0, (10, 0, 10))


@pytest.mark.parametrize("kind", ["send", "dispose"])
def test_it_is_cancelled_before_the_floor_begins_and_no_later(
    kind: str, seller: Seller, warehouse: Warehouse, tote: Sku
) -> None:
    make, owner = disposal_of if kind == "dispose" else removal_of, acting_for(seller)
    first, second = (make(seller, warehouse, {tote.code: 2}) for _ in range(2))
    for _ in range(2):
        done = cancel_removal(code=first.code, reason="Not after all", actor=owner, at=NOON)
    assert (done.status, trio(tote)) == ("cancelled", (10, 2, 8))

    if kind == "dispose":
        thrown_away(second, 1)
    else:
        released(warehouse, Order.objects.get(removal=second))
    with pytest.raises(RemovalUnderWay):
        cancel_removal(code=second.code, reason="", actor=owner, at=NOON)
    with pytest.raises(NotFound):
        cancel_removal(code=second.code, reason="", actor=acting_for(a_seller("Kumo")), at=NOON)
    assert Removal.objects.get(pk=second.pk).status == "ordered"
    assert findings() == []


@pytest.mark.seed("L26")
def test_what_the_seller_agreed_to_is_counted_out_and_not_one_piece_more(
    seller: Seller, warehouse: Warehouse, tote: Sku
) -> None:
    removal = disposal_of(seller, warehouse, {tote.code: 3}, actor=acting_for(seller))
    assert (removal.consent, removal.order, trio(tote)) == (acting_for(seller).name, None, (10, 3, 7))
    for _ in range(2):
        thrown_away(removal, 2, scan_id="sent-twice-9")
    assert (trio(tote), in_bin(warehouse, "A01-01-1")) == ((8, 1, 7), 8)
    with pytest.raises(MoreThanConsented):
        thrown_away(removal, 2)
    with pytest.raises(NotLyingThere):
        thrown_away(removal, 1, bin_code="A01-02-1")
    done = thrown_away(removal, 1)
    assert (done.status, trio(tote)) == ("done", (7, 0, 7))
    assert list(Movement.objects.filter(source=removal.code, kind=21).values_list("quantity", flat=True)) == [2, 1]
    assert findings() == []


def test_pieces_that_are_to_be_sent_are_not_thrown_away(seller: Seller, warehouse: Warehouse, tote: Sku) -> None:
    removal = removal_of(seller, warehouse, {tote.code: 3})
    with pytest.raises(NotToThrowAway):
        thrown_away(removal, 1)
    assert trio(tote) == (10, 3, 7)


@pytest.mark.seed("A192")
def test_what_we_draw_up_moves_nothing_before_a_person_confirms_it(
    seller: Seller, warehouse: Warehouse, tote: Sku
) -> None:
    (first,) = prepare_return(seller_id=seller.pk, reason="Service stopped", actor=WORLD, at=NOON)
    (again,) = prepare_return(seller_id=seller.pk, reason="Service stopped", actor=WORLD, at=NOON)
    assert (first.pk, first.status, first.payer, trio(tote)) == (again.pk, "prepared", "receiver", (10, 0, 10))
    judged(an_order(seller, {"LT-NVM": 4}))

    with pytest.raises(UnusableDraft):
        confirm_removal(code=first.code, receiver=Receiver("Hanataba"), service_code="", actor=WORLD, at=NOON)
    for _ in range(2):
        done = confirm_removal(code=first.code, receiver=HOME, service_code="", actor=WORLD, at=NOON)
    assert (done.status, done.lines.get().quantity, trio(tote)) == ("ordered", 6, (10, 10, 0))
    assert Wish.objects.get().is_freight_collect
    assert findings() == []


def test_what_we_drew_up_may_be_let_be(seller: Seller, warehouse: Warehouse, tote: Sku) -> None:
    (made,) = prepare_return(seller_id=seller.pk, reason="Service stopped", actor=WORLD, at=NOON)
    cancel_removal(code=made.code, reason="They paid", actor=WORLD, at=NOON)
    with pytest.raises(NoSuchStep):
        confirm_removal(code=made.code, receiver=HOME, service_code="", actor=WORLD, at=NOON)
    assert trio(tote) == (10, 0, 10)
    assert findings() == []
