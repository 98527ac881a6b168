"""
Whose rows a reader sees: every address of the house, asked as another seller with this seller's objects, is 404.

Data-driven: a face adds the fillings of its addresses to FILLINGS, or says in SHARED why an address has no owner.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.architecture.belongings import FILLINGS, Belongings, belongings
from tests.world import (
    a_member,
    a_seller,
)
from toiya.domain.orders.models import Order
from toiya.web.shared.access import declared, views_of

pytestmark = pytest.mark.django_db
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


# Addresses with places that name nothing a seller owns.
SHARED: dict[str, str] = {
    "design/floor/": "pictures of our parts, nobody's data",
    "static/": "files",
    "terms/": "documents everybody reads before agreeing",
    "start/plan/": "a step of the plan, the same words for everybody; ticked for one's own seller only",
    "imports/new/": "kinds of files and their empty templates, the same for every seller",
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
    places += ("items/", "items/shared/", "items/new/product/")
    places += (
        "labels/?find=LT-NVM",
        "start/",
        "application/",
        "application/new/",
        "conversations/",
        "settings/links/",
        "smart-delivery/?view=bring",
        "inbound/",
        "inbound/requests/",
        "wallet/payments/?view=all",
        "wallet/payments/calendar/",
        "wallet/bills/",
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
        theirs.payment,
        theirs.agreement,
        theirs.invoice.statement.code,
        "Hanataba",
    ]
    for place in places:
        page = stranger.get(f"/{place}").content.decode()
        assert [word for word in words if word in page] == [], place


def test_every_view_of_the_house_says_what_it_needs() -> None:
    silent = [path for path, view in views_of(get_resolver()) if declared(view) is None]
    assert silent == []
