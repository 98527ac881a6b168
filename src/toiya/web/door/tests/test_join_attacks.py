"""What a thief would try on the way from the console to us: each is refused, and nothing changes (S30, T16)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.world import PASSWORD, a_member, a_seller, a_shop
from toiya.core.limits import TooManyTries
from toiya.domain.channels.models import Connection, ConsoleLink, PendingJoin, UsedAssertion
from toiya.domain.channels.tests.pretend_console import ORIGIN, PretendConsole
from toiya.domain.members.actions.joining import add_staff
from toiya.domain.members.models import Seller, User
from toiya.web.door.tests.test_joining import EMAIL, arrive, arrived, signed_in, text

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
NOT_TRUSTED = "This request to join cannot be trusted"


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Seller, User, Connection, ConsoleLink, PendingJoin))


def is_nobody(client: Client) -> bool:
    return "_auth_user_id" not in client.session and "joining" not in client.session


@pytest.mark.parametrize(
    ("what", "raw"),
    [
        ("forged", "signed.99.hanataba"),
        ("empty", ""),
        ("altered", None),
        ("unsigned", "eyJhbGciOiJub25lIn0.e30."),
    ],
)
def test_an_assertion_the_site_did_not_sign_is_refused(console: PretendConsole, what: str, raw: str | None) -> None:
    before, client = counts(), Client()
    sent = console.alter(console.hand_over(), email="thief@example.com") if raw is None else raw
    answer = arrive(client, sent)
    assert (answer.status_code, NOT_TRUSTED in text(answer)) == (409, True), what
    assert (counts(), is_nobody(client)) == (before, True)


def test_an_assertion_for_another_house_is_refused(console: PretendConsole) -> None:
    client = Client()
    raw = console.hand_over(audience="https://other.example/join/qoo10/")
    assert arrive(client, raw).status_code == 409
    assert is_nobody(client)


def test_an_assertion_counts_once_even_after_it_entered(console: PretendConsole) -> None:
    raw = console.hand_over()
    assert arrive(Client(), raw).status_code == 303
    thief = Client()
    assert arrive(thief, raw).status_code == 409
    assert (is_nobody(thief), UsedAssertion.objects.count()) == (True, 1)

    arrived(console, shop_id="kaede", email="k@example.com").post("/join/", {"choice": "new", "agree": "on"})
    entry = console.hand_over("kaede")
    assert arrive(Client(), entry)["Location"] == "/orders/"
    assert arrive(thief, entry).status_code == 409
    assert is_nobody(thief)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "https://site.example.evil.example"])
def test_a_strangers_page_signs_nobody_in(console: PretendConsole, origin: str) -> None:
    """With a thief's own assertion a victim would work in the thief's account: the browser says whose page posts."""
    arrived(console).post("/join/", {"choice": "new", "agree": "on"})
    victim = Client()
    assert arrive(victim, console.hand_over(), origin).status_code == 409
    assert victim.post("/join/qoo10/", {"assertion": console.hand_over()}).status_code == 409
    assert is_nobody(victim)


def test_an_assertion_in_an_address_is_not_looked_at(console: PretendConsole) -> None:
    raw, client = console.hand_over(), Client()
    for address in ("/join/qoo10/", "/join/"):
        answer = client.get(address, {"assertion": raw}, headers={"origin": ORIGIN})
        assert raw not in answer.get("Location", "")
    answer = client.post(f"/join/qoo10/?assertion={raw}", headers={"origin": ORIGIN})
    assert answer.status_code == 409
    assert (is_nobody(client), UsedAssertion.objects.count()) == (True, 0)


@pytest.mark.parametrize("how", [{}, {"next": "https://evil.example/"}, {"return_url": "//evil.example"}])
def test_nobody_is_led_elsewhere(console: PretendConsole, how: dict[str, str]) -> None:
    client = Client()
    raw = console.hand_over()
    answer = client.post(
        "/join/qoo10/?next=https://evil.example/", {"assertion": raw, **how}, headers={"origin": ORIGIN}
    )
    assert answer["Location"] == "/join/"
    answer = client.post("/join/?next=//evil.example", {"choice": "new", "agree": "on", **how})
    assert answer["Location"] == "/orders/"


def test_the_same_address_links_nothing_without_the_password(console: PretendConsole) -> None:
    a_member(a_seller(), email=EMAIL)
    client = arrived(console)
    before = counts()
    for password in ("", "guess", " "):
        answer = client.post("/join/", {"choice": f"account:{EMAIL}", "password": password, "agree": "on"})
        assert answer.status_code == 422
    assert (counts(), console.keys_given) == (before, [])
    assert "_auth_user_id" not in client.session


def test_an_account_with_another_address_cannot_be_picked_from_the_list(console: PretendConsole) -> None:
    a_member(a_seller(), email="other@example.com")
    client = arrived(console)
    answer = client.post("/join/", {"choice": "account:other@example.com", "password": PASSWORD})
    assert answer.status_code == 422
    assert not ConsoleLink.objects.exists()


def test_a_pending_join_is_its_own_browsers_alone(console: PretendConsole) -> None:
    arrived(console)
    thief = Client()
    assert "Join from where you sell" in text(thief.get("/join/"))
    answer = thief.post("/join/", {"choice": "new", "agree": "on"})
    assert "This join is over" in text(answer)
    session = thief.session
    session["joining"] = PendingJoin.objects.get().secret_hash
    session.save()
    thief.cookies["sessionid"] = session.session_key
    thief.post("/join/", {"choice": "new", "agree": "on"})
    assert not Seller.objects.exists()


def test_the_session_gets_a_new_id_on_arriving_and_on_entering(console: PretendConsole) -> None:
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = first = session.session_key
    arrive(client, console.hand_over())
    second = client.session.session_key
    client.post("/join/", {"choice": "new", "agree": "on"})
    assert len({first, second, client.session.session_key}) == 3


@pytest.mark.parametrize("choice", ["new", f"account:{EMAIL}"])
def test_a_shop_that_is_another_sellers_is_refused_without_saying_whose(console: PretendConsole, choice: str) -> None:
    a_shop(a_seller("Kumo"))
    a_member(a_seller("Mine"), email=EMAIL)
    client = arrived(console)
    before = counts()
    answer = client.post("/join/", {"choice": choice, "password": PASSWORD, "agree": "on"})
    assert (answer.status_code, "is connected already" in text(answer), "Kumo" in text(answer)) == (422, True, False)
    assert (counts(), console.keys_given) == (before, [])


def test_typing_tells_nothing_about_which_accounts_there_are(console: PretendConsole) -> None:
    a_member(a_seller(), email="known@example.com")
    client = arrived(console)
    pages = []
    for login in ("known@example.com", "nobody@example.com"):
        answer = client.post("/join/", {"choice": "other", "login": login, "password": "guess"})
        reset = client.post("/join/password/", {"choice": "other", "login": login}, follow=True)
        found = [str(message) for message in reset.context["messages"]]
        pages.append((answer.status_code, TOKEN.sub("", text(answer).replace(login, "…")), found))
    assert pages[0] == pages[1]


def test_guessing_is_braked_per_account_and_per_join(console: PretendConsole) -> None:
    a_member(a_seller(), email=EMAIL)
    wrong = {"choice": f"account:{EMAIL}", "password": "guess"}
    client = arrived(console)
    answers = [text(client.post("/join/", wrong)) for _ in range(9)]
    words = str(TooManyTries.message).split("%")[0]
    assert [words in answer for answer in answers] == [False] * 8 + [True]
    other = arrived(console)
    right = other.post("/join/", {**wrong, "password": PASSWORD})
    assert (right.status_code, words in text(right)) == (422, True)
    assert not ConsoleLink.objects.exists()

    many = arrived(console)
    tried = [
        words in text(many.post("/join/", {"choice": "other", "login": f"nobody{n}", "password": "x"}))
        for n in range(13)
    ]
    assert tried == [False] * 12 + [True]


def test_staff_and_switched_off_accounts_link_nothing(console: PretendConsole) -> None:
    staff = User.objects.create_user(email="mika@example.com", name="Mika", password=PASSWORD)
    add_staff(user=staff, role="administrator", warehouse_id=None, badge="B-1", pin="1111")
    off = a_member(a_seller(), email="off@example.com")
    off.is_active = False
    off.save()
    client = arrived(console)
    for login in ("mika@example.com", "off@example.com"):
        sent = {"choice": "other", "login": login, "password": PASSWORD, "apart": "on", "agree": "on"}
        assert client.post("/join/", sent).status_code == 422
    assert (ConsoleLink.objects.exists(), console.keys_given) == (False, [])


def test_a_link_whose_person_left_enters_nobody(console: PretendConsole) -> None:
    arrived(console).post("/join/", {"choice": "new", "agree": "on"})
    User.objects.update(is_active=False)
    client = Client()
    assert arrive(client, console.hand_over())["Location"] == "/join/"
    assert "_auth_user_id" not in client.session


def test_mass_assignment_makes_nobody_more_than_an_owner(console: PretendConsole) -> None:
    client = arrived(console)
    extra: dict[str, Any] = {"role": "administrator", "is_staff": "1", "email": "thief@example.com", "shop_id": "other"}
    client.post("/join/", {"choice": "new", "agree": "on", **extra})
    user = User.objects.get()
    assert (user.email, [each.role for each in user.memberships.all()]) == (EMAIL, ["owner"])
    assert ConsoleLink.objects.get().shop_id == "hanataba"
    assert signed_in(client) == EMAIL


def test_the_pages_behind_the_arrival_want_their_token(console: PretendConsole) -> None:
    careful = Client(enforce_csrf_checks=True)
    assert arrive(careful, console.hand_over()).status_code == 303
    for address in ("/join/", "/join/password/", "/join/finish/"):
        assert careful.post(address, {"choice": "new", "agree": "on"}).status_code == 403
    assert not Seller.objects.exists()


def test_arrivals_are_braked(console: PretendConsole) -> None:
    client = Client()
    answers = [arrive(client, "x").content for _ in range(31)]
    assert NOT_TRUSTED.encode() in answers[29]
    assert NOT_TRUSTED.encode() not in answers[30]
