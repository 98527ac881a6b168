"""Shops: their health, testing and pulling, connecting with Get Auth, renewing the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.world import NOON, a_seller, a_shop, an_order
from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels import plugs
from toiya.domain.channels.actions.connecting import access_to
from toiya.domain.channels.models import Confirmation, Connection
from toiya.domain.channels.port import IssuedKey, ShopAccess
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@dataclass
class SiteWithConsole(PretendSite):
    """A site that grants keys for one-time codes on a page of its own."""

    code: str = "one-time"

    def console_url(self, return_url: str) -> str:
        return f"https://site.example/console?back={return_url}"

    def issue_key(self, shop_id: str, grant: str, at: datetime) -> IssuedKey:  # noqa: ARG002
        if grant != self.code:
            raise Rejected("grant_refused", "unknown code")
        self.code = ""
        return IssuedKey(self.good_key, at + timedelta(days=365))


@pytest.fixture
def site() -> Iterator[SiteWithConsole]:
    before = dict(plugs.all_channels())
    pretend = SiteWithConsole(NOON)
    plugs.install({"qoo10": pretend})
    yield pretend
    plugs.install(before)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def said(answer: object) -> list[str]:
    return [str(message) for message in answer.context["messages"]]  # type: ignore[attr-defined]


def begun(client: Client) -> str:
    """A shop chosen; the state that the way to the site carries."""
    client.post("/connections/new/", {"channel": "qoo10", "shop_id": "hanataba", "name": "My shop"})
    return str(client.session["connecting"]["state"])


@pytest.mark.seed("A204")
def test_a_shop_is_connected_step_by_step(seller: Seller, sign_in: SignIn, site: SiteWithConsole) -> None:
    client = sign_in(seller)
    state = begun(client)
    page = client.get("/connections/new/access/").content.decode()
    assert f"https://site.example/console?back=http://testserver/connections/new/return/?state={state}" in page
    answer = client.get("/connections/new/return/", {"state": state, "code": "one-time"})
    assert answer["Location"] == "/connections/new/switches/"
    assert site.good_key not in str(dict(client.session))
    answer = client.post("/connections/new/switches/", {"is_pulling": "on", "is_writing_back": "on"}, follow=True)
    shop = Connection.objects.get()
    assert said(answer) == ["My shop is connected. Its orders are on their way."]
    assert (shop.seller_id, shop.shop_id, shop.is_pulling, shop.is_confirming) == (seller.pk, "hanataba", True, False)
    assert access_to(shop) == ShopAccess("hanataba", site.good_key)
    assert "connecting" not in client.session


def test_a_return_with_another_state_or_twice_connects_nothing(
    seller: Seller, sign_in: SignIn, site: SiteWithConsole
) -> None:
    client = sign_in(seller)
    state = begun(client)
    for wrong in ({"state": "another", "code": "one-time"}, {"code": "one-time"}):
        assert client.get("/connections/new/return/", wrong)["Location"] == "/connections/new/"
    assert site.code == "one-time"
    client.get("/connections/new/return/", {"state": state, "code": "one-time"})
    answer = client.get("/connections/new/return/", {"state": state, "code": "one-time"})
    assert answer["Location"] == "/connections/new/"
    fresh = sign_in(seller)
    assert fresh.get("/connections/new/return/", {"state": "", "code": "x"})["Location"] == "/connections/new/"
    assert fresh.get("/connections/new/switches/")["Location"] == "/connections/new/"
    assert fresh.get("/connections/new/access/")["Location"] == "/connections/new/"


def test_a_refused_code_and_a_silent_site_are_said_with_their_mend(
    seller: Seller, sign_in: SignIn, site: SiteWithConsole
) -> None:
    client = sign_in(seller)
    answer = client.get("/connections/new/return/", {"state": begun(client), "code": "old"})
    assert (answer.status_code, "too old" in answer.content.decode()) == (422, True)
    site.before["test"] = Unreachable("no_answer")
    answer = client.get("/connections/new/return/", {"state": begun(client), "code": "one-time"})
    assert "Pretend does not answer. Nothing was changed" in answer.content.decode()
    assert not Connection.objects.exists()


def test_a_site_without_a_console_takes_the_password_once(seller: Seller, sign_in: SignIn) -> None:
    before = dict(plugs.all_channels())
    plugs.install({"qoo10": PretendSite(NOON)})
    try:
        client = sign_in(seller)
        begun(client)
        assert client.post("/connections/new/access/", {"password": ""}).status_code == 422
        answer = client.post("/connections/new/access/", {"password": "secret word"})
        assert answer["Location"] == "/connections/new/switches/"
        assert "secret word" not in str(dict(client.session))
    finally:
        plugs.install(before)


def test_a_shop_of_somebody_else_is_refused_without_saying_whose(
    seller: Seller, sign_in: SignIn, site: SiteWithConsole
) -> None:
    a_shop(a_seller("Kumo"))
    client = sign_in(seller)
    client.get("/connections/new/return/", {"state": begun(client), "code": "one-time"})
    answer = client.post("/connections/new/switches/", {"is_pulling": "on"})
    assert answer.status_code == 422
    assert "The shop hanataba is connected already." in answer.content.decode()
    assert "Kumo" not in answer.content.decode()


@pytest.mark.seed("A211")
def test_testing_keeps_what_the_site_said(seller: Seller, sign_in: SignIn, site: SiteWithConsole) -> None:
    shop = a_shop(seller)
    client = sign_in(seller)
    answer = client.post(f"/connections/{shop.code}/test/", follow=True)
    assert said(answer) == ["Hanataba on Qoo10 answers, and the key lets us read orders."]
    site.good_key = "another"
    answer = client.post(f"/connections/{shop.code}/test/", follow=True)
    assert said(answer) == ["The key has ended. Renew it."]
    shop.refresh_from_db()
    assert shop.status == "broken"
    assert answer.context["why"]["reason_code"] == "key"
    assert [cure["label"] for cure in answer.context["why"]["cures"]] == ["Renew key"]


def test_renewing_the_key_mends_the_shop(seller: Seller, sign_in: SignIn, site: SiteWithConsole) -> None:
    shop = a_shop(seller)
    Connection.objects.filter(pk=shop.pk).update(status="broken", problem="key_expired")
    site.good_key = "new-key"
    client = sign_in(seller)
    client.get(f"/connections/{shop.code}/key/")
    state = client.session["connecting"]["state"]
    answer = client.get("/connections/new/return/", {"state": state, "code": "one-time"})
    assert answer["Location"] == f"/connections/{shop.code}/"
    shop.refresh_from_db()
    assert (shop.status, access_to(shop).key) == ("working", "new-key")


def test_switches_are_saved(seller: Seller, sign_in: SignIn) -> None:
    shop = a_shop(seller)
    sign_in(seller).post(f"/connections/{shop.code}/", {"is_pulling": "on"})
    shop.refresh_from_db()
    assert (shop.is_pulling, shop.is_confirming, shop.is_writing_back, shop.is_pushing_stock) == (
        True,
        False,
        False,
        False,
    )


def test_pull_now_wakes_the_pull_once(seller: Seller, sign_in: SignIn) -> None:
    shop = a_shop(seller)
    client = sign_in(seller)
    for _ in range(2):
        client.post(f"/connections/{shop.code}/pull/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queueing_lock = %s", [f"channels.pull/{shop.pk}"])
        assert cursor.fetchone() == (1,)


def test_what_the_site_declined_is_told_once_more(seller: Seller, sign_in: SignIn) -> None:
    shop = a_shop(seller)
    order = an_order(seller, shop_code=shop.code)
    wish = Confirmation.objects.create(
        seller=seller,
        connection=shop,
        order=order,
        status="rejected",
        due_since=NOON,
        next_try_at=NOON,
        site_message="-10017 wrong day",
        settled_at=NOON,
    )
    client = sign_in(seller)
    assert "-10017 wrong day" in client.get(f"/connections/{shop.code}/").content.decode()
    client.post(f"/connections/{shop.code}/wishes/confirmation/{wish.pk}/")
    wish.refresh_from_db()
    assert wish.status == "waiting"
    assert client.post(f"/connections/{shop.code}/wishes/confirmation/{wish.pk}/").status_code == 409


def test_staff_see_shops_and_change_nothing(seller: Seller, sign_in: SignIn) -> None:
    shop = a_shop(seller)
    client = sign_in(seller, "clerk")
    assert client.get("/connections/").status_code == 200
    page = client.get(f"/connections/{shop.code}/").content.decode()
    assert "Test connection" not in page
    assert client.post(f"/connections/{shop.code}/", {}).status_code == 403
    for act in ("test/", "pull/"):
        assert client.post(f"/connections/{shop.code}/{act}").status_code == 403
    assert client.get("/connections/new/").status_code == 403
