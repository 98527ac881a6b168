"""Linked shops and merging accounts, in the settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.world import PASSWORD, a_link, a_member, a_seller, a_shop
from toiya.domain.channels import plugs
from toiya.domain.channels.jobs import follow_merge
from toiya.domain.channels.models import Connection, ConsoleLink
from toiya.domain.channels.tests.pretend_console import PretendConsole
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.members.models import Seller, User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
EMAIL = "minami@hanataba.example"


def an_account(login: str, name: str) -> User:
    user = a_member(a_seller(name), email=f"{login}@example.com")
    user.login, user.email = login, EMAIL
    user.save()
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.seed("A036", "A050")
def test_linked_shops_are_listed_with_their_person_and_registered_address(sign_in: SignIn) -> None:
    seller = a_seller()
    shop = a_shop(seller)
    a_link(shop, a_member(seller, email=EMAIL))
    page = sign_in(seller).get("/settings/links/").content.decode()
    for shown in (shop.name, shop.shop_id, EMAIL):
        assert shown in page
    assert "Merge accounts" in page


@pytest.mark.seed("A043")
def test_what_is_changed_here_changes_nothing_at_the_site() -> None:
    before = dict(plugs.all_channels())
    seller = a_seller()
    owner = a_member(seller)
    link = a_link(a_shop(seller), owner)
    site = PretendSite(link.linked_at, joins=(console := PretendConsole(link.linked_at)))
    plugs.install({"qoo10": site})
    try:
        client = client_of(owner)
        page = client.get("/settings/links/").content.decode()
        assert "a password set here changes nothing there" in page
        owner.set_password("Amber-Kettle-42")
        owner.save()
        client = client_of(owner)
        client.post(f"/settings/links/{link.pk}/")
        assert (site.calls, console.keys_given) == ([], [])
    finally:
        plugs.install(before)


def test_unlinking_asks_once_and_keeps_the_shop(sign_in: SignIn) -> None:
    seller = a_seller()
    link = a_link(a_shop(seller), a_member(seller))
    client = sign_in(seller)
    assert "The shop stays connected" in client.get(f"/settings/links/{link.pk}/").content.decode()
    assert ConsoleLink.objects.exists()
    assert client.post(f"/settings/links/{link.pk}/")["Location"] == "/settings/links/"
    assert (ConsoleLink.objects.exists(), Connection.objects.exists()) == (False, True)


def test_a_viewer_sees_links_and_cannot_unlink(sign_in: SignIn) -> None:
    seller = a_seller()
    link = a_link(a_shop(seller), a_member(seller))
    client = sign_in(seller, role="viewer")
    page = client.get("/settings/links/").content.decode()
    assert f"/settings/links/{link.pk}/" not in page
    assert client.post(f"/settings/links/{link.pk}/").status_code == 403
    assert ConsoleLink.objects.exists()


def statements(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get("/settings/links/").status_code == 200
    return len(seen)


def test_more_links_cost_no_more_statements(sign_in: SignIn) -> None:
    seller = a_seller()
    a_link(a_shop(seller), a_member(seller))
    client = sign_in(seller)
    statements(client)
    few = statements(client)
    for number in range(5):
        a_link(a_shop(seller, shop_id=f"shop{number}"), a_member(seller))
    assert statements(client) == few


@pytest.mark.seed("L40")
def test_who_has_no_password_is_led_to_setting_one_or_a_passkey(seller_without_password: Client) -> None:
    page = seller_without_password.get("/settings/links/").content.decode()
    assert 'href="/settings/security/"' in page


@pytest.fixture
def seller_without_password() -> Client:
    user = a_member(a_seller())
    user.set_unusable_password()
    user.save()
    return client_of(user)


@pytest.mark.seed("L39")
def test_another_account_with_the_address_is_merged_by_its_password() -> None:
    kept, other = an_account("new", "Aoi"), an_account("old", "Kaede")
    link = a_link(a_shop(Seller.objects.get(name="Kaede")), other)
    client = client_of(kept)
    page = client.get("/settings/merge/").content.decode()
    assert ("old" in page, "Kaede" in page) == (True, True)

    answer = client.post("/settings/merge/", {"login": "old", "password": "guess"})
    assert answer.status_code == 422
    assert "do not belong together" in answer.content.decode()
    assert other.memberships.count() == 1

    gone = client_of(other)
    assert client.post("/settings/merge/", {"login": "OLD", "password": PASSWORD})["Location"] == "/settings/merge/"
    assert {each.seller.name for each in kept.memberships.all()} == {"Aoi", "Kaede"}
    assert gone.get("/").status_code == 302
    follow_merge(other.pk)
    link.refresh_from_db()
    assert link.user_id == kept.pk


def test_an_account_of_somebody_else_is_not_merged_even_with_its_password() -> None:
    kept = an_account("new", "Aoi")
    stranger = a_member(a_seller("Kumo"))
    client = client_of(kept)
    for login in (stranger.login, "new"):
        answer = client.post("/settings/merge/", {"login": login, "password": PASSWORD})
        assert (answer.status_code, "cannot be merged" in answer.content.decode()) == (422, True)
    assert stranger.memberships.count() == 1


def test_guessing_the_other_accounts_password_is_braked() -> None:
    client = client_of(an_account("new", "Aoi"))
    an_account("old", "Kaede")
    answers = [client.post("/settings/merge/", {"login": "old", "password": "guess"}) for _ in range(9)]
    assert ["tried too often" in answer.content.decode() for answer in answers] == [False] * 8 + [True]
