"""One order's page: why it waits, whose turn it is, which button frees it; and the way it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import (
    NOON,
    WORLD,
    a_seller,
    a_sku,
    a_warehouse,
    an_allocated_order,
    an_order,
    held,
    judged,
    money_in,
)
from toiya.domain.allocation.actions.promising import take_back_allocation
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.shipping import ship_parcels

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def whys(client: Client, code: str) -> list[tuple[str, str, str, list[str]]]:
    answer = client.get(f"/orders/{code}/")
    assert answer.status_code == 200
    return [
        (why["reason_code"], str(why["fact"]), str(why["owner_word"]), [cure["label"] for cure in why["cures"]])
        for why in answer.context["whys"]
    ]


def test_every_waiting_line_says_why_whose_turn_and_the_way_out(seller: Seller, sign_in: SignIn) -> None:
    a_warehouse()
    a_sku(seller)
    (order,) = judged(an_order(seller, {"LT-NVM": 3, "X-1": 1}))
    assert whys(sign_in(seller), order.code) == [
        (
            "not_enough_stock",
            "Linen tote, navy M: 3 needed, 0 available",
            "You",
            ["Check again", "Change SKU"],
        ),
        ("no_sku", "Thing X-1: no SKU has the seller code X-1", "You", ["Match a SKU"]),
    ]


def test_a_line_without_any_code_says_so(seller: Seller, sign_in: SignIn) -> None:
    a_warehouse()
    (order,) = judged(an_order(seller, {"": 1}))
    assert whys(sign_in(seller), order.code)[0][1] == "Thing : the sales site gave no seller code"


def test_an_allocation_taken_back_is_allocated_by_its_button(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    take_back_allocation(order_code=order.code, actor=WORLD, at=NOON)
    ((code, fact, owner, cures),) = whys(sign_in(seller), order.code)
    assert (code, fact, owner) == ("taken_back", "Linen tote, navy M: the allocation was taken back", "You")
    assert cures == ["Allocate"]


def test_a_wallet_hold_shows_the_missing_money_and_leads_to_the_top_up(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    held(order, "wallet_too_low", needed=385, free=120, missing=265, currency="JPY")
    ((code, fact, _owner, cures),) = whys(sign_in(seller), order.code)
    assert code == "wallet_too_low"
    assert fact.replace("\N{NO-BREAK SPACE}", " ") == (
        "The fee is JPY 385 and the wallet has JPY 120 free: JPY 265 are missing"
    )
    assert cures == ["Top up"]
    assert whys(sign_in(seller, "clerk"), order.code)[0][3] == []


@pytest.mark.parametrize(
    ("hold", "cures"),
    [
        ("cancel_asked", ["Cancel order", "Lift hold"]),
        ("shipped_elsewhere", ["Cancel order", "Lift hold"]),
        ("vanished_at_site", ["Cancel order", "Lift hold"]),
        ("not_paid", ["Lift hold"]),
        ("label_rejected", []),
        ("something_new", []),
    ],
)
def test_each_hold_has_its_way_out(seller: Seller, sign_in: SignIn, hold: str, cures: list[str]) -> None:
    order = an_allocated_order(seller, a_warehouse())
    held(order, hold, problem="no such postcode")
    ((code, _fact, _owner, found),) = whys(sign_in(seller), order.code)
    assert (code, found) == (hold, cures)


def test_a_shipped_order_shows_number_label_fee_and_its_whole_way(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    money_in(seller, 10_000)
    order = an_allocated_order(seller, house)
    staff, service = a_person(house, "floor_lead", name="Mika"), a_service()
    walked(released(house, order).pick_lists[0].code, staff)
    parcel = labelled(packed("T-001", staff, service))
    ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON + timedelta(hours=2))
    client = sign_in(seller)
    answer = client.get(f"/orders/{order.code}/")
    page = answer.content.decode()
    assert "In delivery" in page
    assert parcel.label.tracking_number in page
    assert "JPY\N{NO-BREAK SPACE}385" in page
    told = [entry.sentence for _day, entries in answer.context["page"].days for entry in entries]
    assert told[0] == f"Left on the truck, number {parcel.label.tracking_number}. Fee taken"
    assert told[-1] == "Order received from Qoo10: 1 pc"
    assert "Something else happened" not in told
    owners = [segment.owner for segment in answer.context["page"].segments]
    assert owners == ["site", "warehouse", "carrier"]
    label = client.get(f"/orders/{order.code}/parcels/{parcel.code}/label.pdf")
    assert label["Content-Type"] == "application/pdf"
    assert label.content.startswith(b"%PDF")


def test_the_timeline_shows_one_group_when_asked(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    client = sign_in(seller)
    days = client.get(f"/orders/{order.code}/?show=messages").context["page"].days
    assert [entry.group for _day, entries in days for entry in entries] == ["messages"]
    assert client.get(f"/orders/{order.code}/?show=money").context["page"].days == []


def test_buttons_are_shown_only_to_who_may_use_them_and_when_they_work(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    order = an_allocated_order(seller, house)
    assert b"Take back allocation" in sign_in(seller).get(f"/orders/{order.code}/").content
    released(house, order)
    page = sign_in(seller).get(f"/orders/{order.code}/").content
    assert b"Take back allocation" not in page
    assert b"Cancel order" in page
