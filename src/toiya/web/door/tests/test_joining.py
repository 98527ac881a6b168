"""Joining from the console through the pages: a new account, an existing one, one press afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.proven import code_now, with_app
from tests.world import PASSWORD, a_member, a_seller, a_shop
from toiya.core import clock
from toiya.core.models import EventRow
from toiya.domain.channels import plugs
from toiya.domain.channels.actions.connecting import access_to
from toiya.domain.channels.models import Connection, ConsoleLink, PendingJoin
from toiya.domain.channels.port import JoinPurpose
from toiya.domain.channels.tests.pretend_console import ORIGIN, PretendConsole
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.members.models import Consent, ResetWish, Seller, User

pytestmark = pytest.mark.django_db
EMAIL = "minami@hanataba.example"


def arrive(client: Client, raw: str, origin: str = ORIGIN) -> Any:
    return client.post("/join/qoo10/", {"assertion": raw}, headers={"origin": origin})


def arrived(console: PretendConsole, **how: Any) -> Client:
    client = Client()
    answer = arrive(client, console.hand_over(**how))
    assert (answer.status_code, answer["Location"]) == (303, "/join/")
    return client


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def signed_in(client: Client) -> str:
    return User.objects.get(pk=client.session["_auth_user_id"]).login


def an_account(login: str, name: str, email: str = EMAIL) -> User:
    """An account of old: an id, and an e-mail that others have too."""
    user = a_member(a_seller(name), email=f"{login}@example.com")
    user.login, user.email = login, email
    user.save()
    return user


@pytest.mark.seed("A028", "A031", "A032", "A033")
def test_a_new_account_is_agreed_done_and_on_the_order_page(console: PretendConsole) -> None:
    client = arrived(console)
    page = text(client.get("/join/"))
    for shown in (EMAIL, "田中 みなみ", "+819000000000", "花束株式会社", "千葉県船橋市浜町2-1-1", "Hanataba on Qoo10"):
        assert shown in page
    assert "Create a new account" in page
    for document in ("terms", "privacy", "fees"):
        assert f"/terms/{document}/" in page
        assert client.get(f"/terms/{document}/").status_code == 200

    answer = client.post("/join/", {"choice": "new"})
    assert (answer.status_code, "Tick the box to agree" in text(answer)) == (422, True)
    assert not Seller.objects.exists()

    answer = client.post("/join/", {"choice": "new", "agree": "on"})
    assert (answer.status_code, answer["Location"]) == (303, "/orders/")
    assert client.get("/orders/").status_code == 200
    assert signed_in(client) == EMAIL
    assert Consent.objects.count() == 3
    assert "joining" not in client.session


@pytest.mark.seed("A029", "A030")
def test_joining_connects_the_shop_with_its_key_and_switches_smart_inventory_on(console: PretendConsole) -> None:
    client = arrived(console)
    assert console.keys_given == []
    client.post("/join/", {"choice": "new", "agree": "on"})
    shop = Connection.objects.get()
    assert (shop.shop_id, access_to(shop).key, shop.is_pulling, shop.is_pushing_stock) == (
        "hanataba", "a-key", True, True,
    )  # fmt: skip
    assert (console.keys_given, console.smart_inventory) == (["hanataba"], {"hanataba"})
    assert "Apply for fulfilment" in text(client.get("/orders/"))


@pytest.mark.seed("A041", "L40")
def test_a_password_may_be_set_at_once_or_later(console: PretendConsole) -> None:
    arrived(console).post("/join/", {"choice": "new", "agree": "on"})
    assert not User.objects.get(login=EMAIL).has_usable_password()

    other = arrived(console, shop_id="kaede", email="kaede@example.com")
    answer = other.post("/join/", {"choice": "new", "agree": "on", "new_password": "123"})
    assert answer.status_code == 422
    assert not User.objects.filter(login="kaede@example.com").exists()
    other.post("/join/", {"choice": "new", "agree": "on", "new_password": "Amber-Kettle-42"})
    assert User.objects.get(login="kaede@example.com").check_password("Amber-Kettle-42")


@pytest.mark.seed("A042")
def test_afterwards_the_address_and_the_own_password_sign_in(console: PretendConsole) -> None:
    arrived(console).post("/join/", {"choice": "new", "agree": "on", "new_password": "Amber-Kettle-42"})
    client = Client()
    answer = client.post("/sign-in/", {"email": EMAIL, "password": "Amber-Kettle-42"})
    assert (answer.status_code, signed_in(client)) == (302, EMAIL)


@pytest.mark.seed("A036")
def test_a_linked_shop_opens_the_door_by_one_press(console: PretendConsole) -> None:
    arrived(console).post("/join/", {"choice": "new", "agree": "on"})
    for purpose in JoinPurpose:
        client = Client()
        answer = arrive(client, console.hand_over(purpose=purpose))
        assert (answer.status_code, answer["Location"]) == (303, "/orders/")
        assert signed_in(client) == EMAIL
    assert len(console.keys_given) == 1
    assert EventRow.objects.filter(name="shop.entered_from_console").count() == 2


@pytest.mark.seed("A035", "A039")
def test_accounts_with_the_address_are_listed_and_the_first_is_chosen(console: PretendConsole) -> None:
    an_account("hana-old", "Hanataba")
    an_account("hana-second", "Kaede")
    an_account("stranger", "Kumo", email="kumo@example.com")
    page = text(arrived(console).get("/join/"))
    assert "There is an account with this e-mail already" in page
    first, second = page.index("account:hana-old"), page.index("account:hana-second")
    assert first < second < page.index('value="other"') < page.index('value="new"')
    assert page.count("checked") == 1
    assert page.index("checked") < second
    assert "hana-old, for Hanataba" in page
    assert "stranger" not in page


@pytest.mark.seed("A036", "A039")
def test_the_password_of_the_chosen_account_links_it(console: PretendConsole) -> None:
    an_account("hana-old", "Hanataba")
    second = an_account("hana-second", "Kaede")
    client = arrived(console)
    answer = client.post("/join/", {"choice": "account:hana-second", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, "/orders/")
    link = ConsoleLink.objects.get()
    assert (link.user_id, link.seller.name, link.connection.shop_id) == (second.pk, "Kaede", "hanataba")
    assert signed_in(client) == "hana-second"
    assert User.objects.count() == 2


@pytest.mark.seed("A038")
@pytest.mark.parametrize("typed", ["OLD-ID ", "another@example.com"])
def test_an_account_may_be_typed_in_by_id_or_address(console: PretendConsole, typed: str) -> None:
    user = an_account("old-id", "Hanataba", email="another@example.com")
    client = arrived(console)
    assert client.post("/join/", {"choice": "other", "password": PASSWORD}).status_code == 422
    answer = client.post("/join/", {"choice": "other", "login": typed, "password": PASSWORD})
    assert answer.status_code == 303
    assert ConsoleLink.objects.get().user_id == user.pk


@pytest.mark.seed("A037")
def test_the_known_account_may_be_refused_for_a_new_one(console: PretendConsole) -> None:
    a_member(a_seller(), email=EMAIL)
    client = arrived(console)
    page = text(client.get("/join/"))
    assert "qoo10-hanataba" in page
    assert "One log-in can have several shops" in page
    client.post("/join/", {"choice": "new", "agree": "on"})
    assert signed_in(client) == "qoo10-hanataba"
    assert ConsoleLink.objects.get().user.email == EMAIL


@pytest.mark.seed("L39")
def test_the_known_account_may_keep_the_shop_apart(console: PretendConsole) -> None:
    owner = a_member(a_seller(), email=EMAIL)
    client = arrived(console)
    choice = {"choice": f"account:{EMAIL}", "password": PASSWORD, "apart": "on"}
    assert client.post("/join/", choice).status_code == 422
    assert client.post("/join/", {**choice, "agree": "on"}).status_code == 303
    assert owner.memberships.count() == 2
    assert ConsoleLink.objects.get().seller.name == "Hanataba on Qoo10"
    assert client.session["seller_code"] == ConsoleLink.objects.get().seller.code


@pytest.mark.seed("A040", "A043")
def test_a_reset_link_is_mailed_on_the_way_and_the_site_hears_nothing(console: PretendConsole) -> None:
    user = an_account("hana-old", "Hanataba")
    client = arrived(console)
    answer = client.post("/join/password/", {"choice": "account:hana-old"})
    assert answer["Location"] == "/join/"
    assert ResetWish.objects.get().asked == "hana-old"
    assert EventRow.objects.filter(name="member.password_reset_asked").count() == 1
    page = text(client.get("/join/"))
    assert "Your password at Pretend does not change." in page
    assert "The password at Pretend stays as it is." in page

    user.set_password("Amber-Kettle-42")
    user.save()
    client.post("/join/", {"choice": "account:hana-old", "password": "Amber-Kettle-42"})
    assert signed_in(client) == "hana-old"
    assert console.keys_given == ["hanataba"]  # for joining; nothing was said of a password


@pytest.mark.seed("A027")
def test_a_site_whose_console_leads_nowhere_says_so_and_offers_the_wizard(console: PretendConsole) -> None:
    raw = console.hand_over()
    plugs.install({"qoo10": PretendSite(console.clock)})
    client = Client()
    page = text(client.get("/join/"))
    assert "The console of Pretend offers no way over to us." in page
    assert 'href="/connections/new/"' in page
    assert arrive(client, raw)["Location"] == "/join/"
    assert not PendingJoin.objects.exists()


@pytest.mark.seed("L38")
def test_without_an_assertion_each_site_says_how_and_a_file_will_do(console: PretendConsole) -> None:
    page = text(Client().get("/join/"))
    assert f'href="{ORIGIN}/smart-inventory/" target="_blank" rel="noopener"' in page
    assert "Bring your CSV" in page
    assert 'href="/sign-up/"' in page
    assert text(Client().get("/join/qoo10/", follow=True)) == page or "Bring your CSV" in page


def test_a_silent_site_changes_nothing_and_the_join_waits(console: PretendConsole) -> None:
    client = arrived(console)
    console.is_silent = True
    answer = client.post("/join/", {"choice": "new", "agree": "on"})
    assert (answer.status_code, "does not answer. Nothing was changed" in text(answer)) == (422, True)
    assert not Seller.objects.exists()
    console.is_silent = False
    assert client.post("/join/", {"choice": "new", "agree": "on"}).status_code == 303


def test_an_account_that_has_the_shop_already_is_linked_to_that_seller(console: PretendConsole) -> None:
    first, second = a_seller("Hanataba"), a_seller("Kaede")
    owner = a_member(first, email=EMAIL)
    second.memberships.create(user=owner, role="manager")
    shop = a_shop(second)
    arrived(console).post("/join/", {"choice": f"account:{EMAIL}", "password": PASSWORD})
    link = ConsoleLink.objects.get()
    assert (link.seller_id, link.connection_id) == (second.pk, shop.pk)


def proves(client: Client) -> None:
    """The code of the app, at the second step."""
    answer = client.post("/sign-in/second-step/", {"code": code_now()})
    assert (answer.status_code, answer["Location"]) == (302, "/join/finish/")


def test_a_second_factor_is_asked_for_before_linking(console: PretendConsole) -> None:
    user = a_member(a_seller(), email=EMAIL)
    with_app(user)
    client = arrived(console)
    answer = client.post("/join/", {"choice": f"account:{EMAIL}", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/second-step/")
    assert client.post("/join/finish/")["Location"] == "/sign-in/second-step/"
    assert ("_auth_user_id" in client.session, ConsoleLink.objects.exists(), console.keys_given) == (False, False, [])

    proves(client)
    assert "_auth_user_id" not in client.session
    assert "One press links the shop" in text(client.get("/join/finish/"))
    assert not ConsoleLink.objects.exists()
    assert client.post("/join/finish/")["Location"] == "/orders/"
    assert (signed_in(client), ConsoleLink.objects.get().user_id) == (EMAIL, user.pk)


def test_a_factor_given_for_one_account_opens_no_other(console: PretendConsole) -> None:
    user = a_member(a_seller(), email=EMAIL)
    with_app(user)
    client = arrived(console)
    client.post("/join/", {"choice": f"account:{EMAIL}", "password": PASSWORD})
    session = client.session
    session["factor_given_for"] = {"user": user.pk + 10_000, "at": clock.now().isoformat()}
    session.save()
    assert client.post("/join/finish/")["Location"] == "/sign-in/second-step/"
    assert not ConsoleLink.objects.exists()


def test_a_second_factor_is_asked_for_at_one_press_entry(console: PretendConsole) -> None:
    arrived(console).post("/join/", {"choice": "new", "agree": "on"})
    with_app(User.objects.get())
    client = Client()
    assert arrive(client, console.hand_over())["Location"] == "/sign-in/second-step/"
    assert client.post("/join/finish/")["Location"] == "/sign-in/second-step/"
    assert "_auth_user_id" not in client.session
    proves(client)
    assert client.post("/join/finish/")["Location"] == "/orders/"
    assert signed_in(client) == EMAIL


def test_finishing_what_was_not_begun_is_refused(console: PretendConsole) -> None:
    assert Client().post("/join/finish/").status_code == 409
    assert arrived(console).post("/join/finish/").status_code == 409
    assert Client().post("/join/password/", {"choice": "new"}).status_code == 409
