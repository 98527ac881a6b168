"""
Whose rows a reader sees: every address of the house, asked as another seller with this seller's objects, is 404.

Data-driven: a face adds the fillings of its addresses to FILLINGS, or says in SHARED why an address has no owner.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.inbound_world import a_bundle
from tests.receiving_world import a_delivery, arrived, counted
from tests.smart_world import serves, with_label
from tests.world import (
    NOON,
    WORLD,
    a_key,
    a_link,
    a_member,
    a_seller,
    a_shop,
    a_warehouse,
    acting_for,
    an_allocated_order,
    an_invitation,
    an_order,
    held,
    judged,
    money_in,
)
from toiya.core import clock, papers
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Confirmation
from toiya.domain.conversations.actions.talking import start_conversation
from toiya.domain.inbound.actions.cartons import CartonDraft, add_cartons
from toiya.domain.members.actions.applying import Answers, store_application
from toiya.domain.members.actions.certificates import add_certificate
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.orders.ways import Way
from toiya.domain.outbound.actions.announcing import make_hand_in_list
from toiya.domain.outbound.actions.ways import choose_way
from toiya.domain.outbound.models import Parcel
from toiya.domain.warehouses.models import Warehouse
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
    certificate: str
    application: str
    conversation: str
    link: int
    own_parcel: Parcel
    bundle: str
    member: int
    invitation: str
    key: str
    delivery: str
    carton: str
    counted: str
    count: int


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
    paper = papers.keep(papers.Paper("certificate.pdf", papers.PDF, b"%PDF-1.4"), at=NOON)
    certificate = add_certificate(seller_id=seller.pk, paper=paper, actor=acting_for(seller), at=NOON)
    own, bundle = _own_parcel(seller, house, service)
    delivery, carton = _delivery(seller, house)
    talk = start_conversation(kind="order", about=order.code, text="Where?", actor=acting_for(seller), at=NOON)
    return Belongings(
        seller=seller,
        order=order,
        packed_order=packed_order,
        parcel=parcel,
        sku=Sku.objects.get(seller=seller),
        shop=shop.code,
        wish=wish.pk,
        certificate=certificate.code,
        application=an_application(seller),
        conversation=talk.code,
        link=a_link(shop, a_member(seller)).pk,
        own_parcel=own,
        bundle=bundle,
        member=a_member(seller, "clerk").pk,
        invitation=an_invitation(seller).code,
        key=a_key(seller)[0].code,
        delivery=delivery,
        carton=carton,
        **a_counted_delivery(seller, house),
    )


def _delivery(seller: Seller, house: Warehouse) -> tuple[str, str]:
    """A delivery that was asked for, and its carton."""
    sku = Sku.objects.get(seller=seller)
    made = a_bundle(seller, house, {sku: 4}, at=clock.now(), estimated_on=clock.now().date() + timedelta(days=3))
    draft = CartonDraft({sku.code: 4})
    (carton,) = add_cartons(bundle_code=made.code, draft=draft, actor=acting_for(seller), at=clock.now())
    return made.code, carton.code


def an_application(seller: Seller) -> str:
    """A seller's application on which a question is open."""
    answers = Answers(["Qoo10"], "bags", 300, "both")
    made = store_application(seller=seller, answers=answers, desk="desk@example.com", at=NOON)
    made.status, made.question, made.asked_at = "asked", "Which bags?", NOON
    made.save()
    return made.code


def a_counted_delivery(seller: Seller, house: Warehouse) -> dict[str, Any]:
    """A delivery at the dock with a photo of a thing nobody knows."""
    photo = papers.keep(papers.Paper("photo.png", papers.PNG, b"\x89PNG\r\n\x1a\n"), at=NOON)
    bundle = arrived(a_delivery(seller, house, {Sku.objects.get(seller=seller): 1}))
    counted(bundle, None, 1, scanned="?", photo_key=photo.storage_key)
    return {"counted": bundle.code, "count": bundle.receipts.get().pk}


def _own_parcel(seller: Seller, house: Warehouse, service: Service) -> tuple[Parcel, str]:
    """A parcel of Smart Delivery with its label, and the list it stands on."""
    serves(seller, fulfilment=True, smart_delivery=True)
    order = an_order(seller)
    choose_way(order_code=order.code, way=Way.SMART_DELIVERY, actor=WORLD, at=NOON)
    order.refresh_from_db()
    parcel = with_label(order, house, service)
    bundle = make_hand_in_list(seller_id=seller.pk, warehouse_id=house.pk, actor=WORLD, at=NOON)
    return parcel, bundle.code


Filling = Callable[[Belongings], dict[str, str | int]]


def _order(owned: Belongings) -> dict[str, str | int]:
    line = owned.order.lines.get()
    return {"code": owned.order.code, "line_id": line.pk, "hold": "not_paid"}


# What fills the places of an address: by the beginning of its pattern.
FILLINGS: dict[str, Filling] = {
    "orders/<str:code>/parcels/": lambda owned: {"code": owned.packed_order.code, "parcel": owned.parcel.code},
    "orders/": _order,
    "smart-delivery/": lambda owned: {"parcel": owned.own_parcel.code, "bundle": owned.bundle},
    "inbound/": lambda owned: {"code": owned.delivery, "carton": owned.carton},
    "inbound/<str:code>/counts/": lambda owned: {"code": owned.counted},
    "inbound/<str:code>/photos/": lambda owned: {"code": owned.counted, "receipt": owned.count},
    "skus/": lambda owned: {"code": owned.sku.code},
    "settings/company/certificates/": lambda owned: {"code": owned.certificate},
    "application/": lambda owned: {"code": owned.application},
    "conversations/": lambda owned: {"code": owned.conversation},
    "settings/links/": lambda owned: {"link_id": owned.link},
    "settings/team/": lambda owned: {"person": owned.member, "code": owned.invitation},
    "settings/keys/": lambda owned: {"code": owned.key},
    "connections/": lambda owned: {"code": owned.shop, "kind": "confirmation", "wish_id": owned.wish},
}
# Addresses with places that name nothing a seller owns.
SHARED: dict[str, str] = {
    "design/floor/": "pictures of our parts, nobody's data",
    "static/": "files",
    "terms/": "documents everybody reads before agreeing",
    "start/plan/": "a step of the plan, the same words for everybody; ticked for one's own seller only",
    "join/": "kinds of sites and documents; whose a join is says the browser session",
    "verify/": "a secret that only its mailbox knows; what it names is its holder's own",
    "password/": "a secret that only its mailbox knows; what it names is its holder's own",
    "floor/": "the operator's people only; sellers are kept out by permission",
    "settings/security/": "one's own factors and sessions, by person: web/shared/tests/test_oneself.py",
    "invitation/": "the link itself is the proof",
    "api/": "keys instead of sessions: web/api/tests",
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
    places += (
        "start/",
        "application/",
        "application/new/",
        "conversations/",
        "settings/links/",
        "smart-delivery/?view=bring",
        "inbound/",
        "inbound/requests/",
    )
    words = [
        theirs.application,
        theirs.conversation,
        theirs.order.code,
        theirs.packed_order.code,
        theirs.sku.code,
        theirs.shop,
        theirs.parcel.code,
        theirs.bundle,
        theirs.delivery,
        "Hanataba",
    ]
    for place in places:
        page = stranger.get(f"/{place}").content.decode()
        assert [word for word in words if word in page] == [], place


def test_every_view_of_the_house_says_what_it_needs() -> None:
    silent = [path for path, view in views_of(get_resolver()) if declared(view) is None]
    assert silent == []
