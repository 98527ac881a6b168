"""
Whose rows a reader sees: every address of the house, asked as another seller with this seller's objects, is 404.

Data-driven: a face adds the fillings of its addresses to FILLINGS, or says in SHARED why an address has no owner.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import (
    NOON,
    a_member,
    a_seller,
    a_shop,
    a_warehouse,
    acting_for,
    an_allocated_order,
    an_order,
    held,
    judged,
    money_in,
)
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Confirmation
from toiya.domain.conversations.actions.talking import start_conversation
from toiya.domain.members.actions.applying import Answers, store_application
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel
from toiya.web.shared.access import declared, views_of

pytestmark = pytest.mark.django_db
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Belongings:
    """One object of each kind that one seller owns."""

    seller: Seller
    order: Order
    packed_order: Order
    parcel: Parcel
    sku: Sku
    shop: str
    wish: int
    application: str
    conversation: str


def belongings(name: str = "Hanataba") -> Belongings:
    """A seller with a waiting order under a hold, a packed one with its label, a SKU, a shop and a declined wish."""
    seller, house = a_seller(name), a_warehouse(f"W-{name}")
    shop = a_shop(seller, shop_id=name)
    money_in(seller, 10_000)
    packed_order = an_allocated_order(seller, house)
    staff, service = a_person(house, "floor_lead"), a_service()
    walked(released(house, packed_order).pick_lists[0].code, staff)
    parcel = labelled(packed("T-001", staff, service))
    (order,) = judged(an_order(seller, {"X-1": 1}, shop_code=shop.code))
    held(order, "not_paid")
    wish = Confirmation.objects.create(
        seller=seller, connection=shop, order=order, status="rejected", due_since=NOON, next_try_at=NOON
    )
    application = an_application(seller)
    talk = start_conversation(kind="order", about=order.code, text="Where?", actor=acting_for(seller), at=NOON)
    sku = Sku.objects.get(seller=seller)
    return Belongings(seller, order, packed_order, parcel, sku, shop.code, wish.pk, application, talk.code)


def an_application(seller: Seller) -> str:
    """A seller's application on which a question is open."""
    answers = Answers(["Qoo10"], "bags", 300, "both")
    made = store_application(seller=seller, answers=answers, desk="desk@example.com", at=NOON)
    made.status, made.question, made.asked_at = "asked", "Which bags?", NOON
    made.save()
    return made.code


Filling = Callable[[Belongings], dict[str, str | int]]


def _order(owned: Belongings) -> dict[str, str | int]:
    line = owned.order.lines.get()
    return {"code": owned.order.code, "line_id": line.pk, "hold": "not_paid"}


# What fills the places of an address: by the beginning of its pattern.
FILLINGS: dict[str, Filling] = {
    "orders/<str:code>/parcels/": lambda owned: {"code": owned.packed_order.code, "parcel": owned.parcel.code},
    "orders/": _order,
    "skus/": lambda owned: {"code": owned.sku.code},
    "application/": lambda owned: {"code": owned.application},
    "conversations/": lambda owned: {"code": owned.conversation},
    "connections/": lambda owned: {"code": owned.shop, "kind": "confirmation", "wish_id": owned.wish},
}
# Addresses with places that name nothing a seller owns.
SHARED: dict[str, str] = {
    "design/floor/": "pictures of our parts, nobody's data",
    "static/": "files",
    "start/plan/": "a step of the plan, the same words for everybody; ticked for one's own seller only",
    "floor/": "the operator's people only; sellers are kept out by permission",
    "office/": "the operator's people only; sellers are kept out by permission",
}


def addresses() -> list[str]:
    """Every address pattern of the house that has places to fill."""
    return [path for path, _view in views_of(get_resolver()) if PLACE.search(path)]


def filled(path: str, owned: Belongings) -> str:
    """The address of this pattern for these objects."""
    start = max((key for key in FILLINGS if path.startswith(key)), key=len)
    values = FILLINGS[start](owned)
    return "/" + PLACE.sub(lambda place: str(values[place[1]]), path)


def owned_paths() -> list[str]:
    return [path for path in addresses() if not any(path.startswith(start) for start in SHARED)]


def test_every_address_is_either_somebodys_or_says_why_not() -> None:
    lost = [path for path in owned_paths() if not any(path.startswith(start) for start in FILLINGS)]
    assert lost == []
    assert len(owned_paths()) >= 12


def test_another_sellers_objects_are_not_there() -> None:
    theirs = belongings()
    stranger = Client()
    stranger.force_login(a_member(a_seller("Kumo")))
    for path in owned_paths():
        address = filled(path, theirs)
        answers = {stranger.get(address).status_code, stranger.post(address).status_code}
        assert answers in ({404}, {404, 405}), (address, answers)


def test_the_owner_finds_each_of_them() -> None:
    """The control: with the owner's own eyes no address is 404, so the walk above looks at real objects."""
    owned = belongings()
    client = Client()
    client.force_login(a_member(owned.seller))
    for path in owned_paths():
        address = filled(path, owned)
        assert client.get(address).status_code in {200, 302, 405}, address


def test_a_strangers_posts_change_nothing() -> None:
    theirs = belongings()
    stranger = Client()
    stranger.force_login(a_member(a_seller("Kumo")))
    for path in owned_paths():
        stranger.post(filled(path, theirs), {"sku": theirs.sku.code, "seller_code": "mine"})
    theirs.order.refresh_from_db()
    theirs.sku.refresh_from_db()
    assert theirs.order.status == Order.Status.WAITING
    assert theirs.order.lines.get().sku_id is None
    assert theirs.order.holds.filter(lifted_at=None).count() == 1
    assert theirs.sku.seller_code == "LT-NVM"


def test_lists_hold_only_ones_own() -> None:
    theirs = belongings()
    stranger = Client()
    stranger.force_login(a_member(a_seller("Kumo")))
    places = ("", "orders/?view=all", "orders/?view=needs-you", "skus/", "wallet/", "connections/", "imports/")
    places += ("start/", "application/", "application/new/", "conversations/")
    words = [
        theirs.application,
        theirs.conversation,
        theirs.order.code,
        theirs.packed_order.code,
        theirs.sku.code,
        theirs.shop,
        theirs.parcel.code,
        "Hanataba",
    ]
    for place in places:
        page = stranger.get(f"/{place}").content.decode()
        assert [word for word in words if word in page] == [], place


def test_every_view_of_the_house_says_what_it_needs() -> None:
    silent = [path for path, view in views_of(get_resolver()) if declared(view) is None]
    assert silent == []
