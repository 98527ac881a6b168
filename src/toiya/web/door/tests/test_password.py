"""A new password by a link: the same for every name, once, ends sessions, changes nothing at the sales site."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.letters import Postman, work_off
from tests.world import PASSWORD, WORLD
from toiya.core import clock, events
from toiya.core.models import LimitRow
from toiya.domain.members.events import MemberSignedUp
from toiya.domain.members.models import Challenge, Membership, User

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"[A-Za-z0-9]{64}")  # of the form, another for each page
NEW = "Warm kettle on the stove 7"


def asked(name: str) -> None:
    Client().post("/password/", {"name": name})
    work_off()


def put(client: Client, path: str, password: str = NEW, again: str = "") -> object:
    return client.post(path, {"password": password, "again": again or password})


def test_the_sign_in_page_leads_here(db: None) -> None:
    assert 'href="/password/"' in Client().get("/sign-in/").content.decode()


@pytest.mark.seed("A040")
def test_a_new_password_is_set_by_a_link_and_the_old_one_ends(mika: User, postman: Postman) -> None:
    asked("mika@example.com")
    path = postman.link("mika@example.com")
    assert "mika@example.com" in Client().get(path).content.decode()
    client = Client()
    assert put(client, path)["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session, "it signs nobody in: the second factor still stands before them"
    assert not Client().login(username="mika@example.com", password=PASSWORD)
    assert Client().login(username="mika@example.com", password=NEW)
    work_off()
    assert postman.mails[-1].subject == "Your password for Toiya was set anew"


def test_it_ends_every_session(browser: Client, postman: Postman) -> None:
    assert browser.get("/orders/").status_code == 200
    asked("mika@example.com")
    put(Client(), postman.link("mika@example.com"))
    assert browser.get("/orders/")["Location"].startswith("/sign-in/")


def test_known_and_unknown_names_get_the_same_answer_for_the_same_work(mika: User, postman: Postman) -> None:
    Client().post("/password/", {"name": "warm@example.com"})
    seen = []
    for name in ("mika@example.com", "nobody@example.com", "hanataba1"):
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/password/", {"name": name})
            statements = [query["sql"].split(" ")[0] for query in queries]
        page = TOKEN.sub("", client.get(answer["Location"]).content.decode())
        assert len(statements) > 3
        seen.append((answer.status_code, answer["Location"], page, statements))
    assert seen[0] == seen[1] == seen[2]
    work_off()
    assert [mail.recipient for mail in postman.mails] == ["mika@example.com"]


def test_no_password_is_hashed_for_a_known_name_either(mika: User, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr("django.contrib.auth.hashers.Argon2PasswordHasher.encode", lambda *_: hashed.append("one"))
    for name in ("mika@example.com", "nobody@example.com"):
        Client().post("/password/", {"name": name})
    assert hashed == []


def test_asking_is_slowed_down_alike_for_known_and_unknown_names(mika: User) -> None:
    said = []
    for name in ("mika@example.com", "nobody@example.com"):
        LimitRow.objects.all().delete()
        statuses = [Client().post("/password/", {"name": name}).status_code for _ in range(6)]
        said.append(statuses)
    assert said[0] == said[1] == [302, 302, 302, 302, 422, 422]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"expires_at": clock.now() - timedelta(minutes=1)}, "This link is too old"),
        ({"used_at": clock.now()}, "This link was used already"),
        ({"replaced_at": clock.now()}, "A newer mail replaced this link"),
        ({"secret_hash": "0" * 64}, "We do not know this link"),
    ],
)
def test_a_link_that_counts_no_more_sets_nothing(
    mika: User, postman: Postman, change: dict[str, object], says: str
) -> None:
    asked("mika@example.com")
    path = postman.link("mika@example.com")
    Challenge.objects.update(**change)
    for answer in (Client().get(path), put(Client(), path)):
        assert answer.status_code == 410
        assert says in answer.content.decode()
    assert Client().login(username="mika@example.com", password=PASSWORD)


def test_a_link_works_once(mika: User, postman: Postman) -> None:
    asked("mika@example.com")
    path = postman.link("mika@example.com")
    put(Client(), path)
    assert put(Client(), path, "Another-warm-kettle 8").status_code == 410
    assert Client().login(username="mika@example.com", password=NEW)


def test_a_weak_or_mistyped_password_is_not_taken_and_the_link_stays_good(mika: User, postman: Postman) -> None:
    asked("mika@example.com")
    path = postman.link("mika@example.com")
    assert put(Client(), path, "password").status_code == 422
    differing = put(Client(), path, NEW, NEW + "x")
    assert differing.status_code == 422
    assert "The two passwords differ." in differing.content.decode()
    assert put(Client(), path).status_code == 302


@pytest.mark.seed("A042", "A043")
def test_an_account_from_the_console_gets_its_first_password_which_holds_here_only(
    mika: User, postman: Postman
) -> None:
    mika.set_unusable_password()
    mika.save()
    seller = Membership.objects.get(user=mika).seller
    joined = MemberSignedUp(seller_id=seller.pk, subject=seller.code, user_id=mika.pk, kind="business", way="console")
    events.record(joined, actor=WORLD, at=clock.now())
    asked("mika@example.com")
    path = postman.link("mika@example.com")
    page = Client().get(path).content.decode()
    assert "Set your password" in page
    assert "Your sales site keeps its own password" in page
    put(Client(), path)
    answer = Client().post("/sign-in/", {"email": "mika@example.com", "password": NEW})
    assert answer["Location"] == "/"


def test_the_link_also_proves_the_mailbox_it_came_through(mika: User, postman: Postman) -> None:
    asked("mika@example.com")
    put(Client(), postman.link("mika@example.com"))
    mika.refresh_from_db()
    assert (mika.email_verified_at is not None, mika.verify_by) == (True, None)


def test_where_to_go_next_is_never_taken_from_the_address(mika: User, postman: Postman) -> None:
    asked("mika@example.com")
    path = postman.link("mika@example.com")
    evil = "https://evil.example/"
    answer = Client().post(f"{path}?next={evil}", {"password": NEW, "again": NEW, "next": evil})
    assert answer["Location"] == "/sign-in/"
