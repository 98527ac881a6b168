"""Signing in: by e-mail or log-in id, the brake, the same words and the same work whoever asks, sessions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.world import PASSWORD, a_member, a_seller
from toiya.core.models import EventRow
from toiya.domain.members.actions.joining import add_member
from toiya.domain.members.models import SignedIn, Staff, User
from toiya.web.door import brake

pytestmark = pytest.mark.django_db
WRONG = "Account and password do not belong together. Check both."


@pytest.fixture
def mika() -> User:
    user = User.objects.create_user(email="mika@toiya.example", name="Mika S.", password="warm-kettle-7", language="ja")
    Staff.objects.create(user=user, role="picker", badge="BDG-1")
    Staff.objects.filter(user=user).update(role="administrator")
    return user


def try_in(client: Client, account: str, password: str, **more: str) -> object:
    return client.post("/sign-in/", {"email": account, "password": password, **more})


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_signing_in_leads_to_the_own_face_in_the_own_language(client: Client, mika: User) -> None:
    answer = try_in(client, " Mika@toiya.example", "warm-kettle-7")
    assert (answer.status_code, answer["Location"]) == (302, "/office/")
    assert answer.cookies["django_language"].value == "ja"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", "http:///x"]
)
def test_the_way_on_never_leads_to_another_site(client: Client, mika: User, address: str) -> None:
    assert try_in(client, mika.email, "warm-kettle-7", next=address)["Location"] == "/office/"


def test_the_way_on_within_the_house_is_taken(client: Client, mika: User) -> None:
    assert try_in(client, mika.email, "warm-kettle-7", next="/office/waves/")["Location"] == "/office/waves/"


def test_accounts_of_old_share_a_mailbox_and_the_password_decides(client: Client) -> None:
    seller = a_seller()
    for login, password in (("hanataba-1", "first of the two"), ("hanataba-2", "second of the two")):
        user = User.objects.create_user(email="both@example.com", login=login, name=login, password=password)
        add_member(seller=seller, user=user, role="clerk")
    assert try_in(client, "both@example.com", "second of the two")["Location"] == "/"
    assert User.objects.get(pk=client.session["_auth_user_id"]).login == "hanataba-2"
    other = Client()
    try_in(other, "Hanataba-1", "first of the two")
    assert User.objects.get(pk=other.session["_auth_user_id"]).login == "hanataba-1"
    assert words(try_in(Client(), "hanataba-1", "second of the two")).count(WRONG) >= 1


def work_of(account: str) -> tuple[int, int, str]:
    """Queries, hashes and the page of one refused try, without what differs from page to page by itself."""
    with (
        CaptureQueriesContext(connection) as queries,
        patch.object(
            hashers.Argon2PasswordHasher, "encode", autospec=True, side_effect=hashers.Argon2PasswordHasher.encode
        ) as made,
        patch.object(
            hashers.Argon2PasswordHasher, "verify", autospec=True, side_effect=hashers.Argon2PasswordHasher.verify
        ) as compared,
    ):
        answer = try_in(Client(), account, "guess")
    page = "".join(line for line in words(answer).splitlines() if "csrf" not in line.lower() and account not in line)
    return len(queries), made.call_count + compared.call_count, page


def test_refusing_takes_the_same_work_and_words_whether_the_account_exists_or_not(mika: User) -> None:
    seller = a_seller()
    for login in ("old-1", "old-2"):
        user = User.objects.create_user(email="both@example.com", login=login, name=login, password=PASSWORD)
        add_member(seller=seller, user=user, role="clerk")
    off = a_member(seller, email="off@example.com")
    User.objects.filter(pk=off.pk).update(is_active=False)
    found = {name: work_of(name) for name in ("mika@toiya.example", "nobody@x.example", "both@example.com", off.email)}
    assert len(set(found.values())) == 1, found
    assert WRONG in found["nobody@x.example"][2]


def test_guessing_is_slowed_down_and_nothing_is_looked_at_then(mika: User) -> None:
    for _ in range(brake.ACCOUNT_HERE.most):
        assert WRONG in words(try_in(Client(), mika.email, "guess"))
    with CaptureQueriesContext(connection) as queries:
        answer = try_in(Client(), mika.email, "warm-kettle-7")
    assert answer.status_code == 422
    assert "That was tried too often. Wait 1 min" in words(answer)
    assert not any("members_user" in query["sql"] for query in queries)


def test_the_owner_gets_in_from_a_known_device_while_others_guess(mika: User) -> None:
    at_home = Client()
    try_in(at_home, mika.email, "warm-kettle-7")
    at_home.post("/sign-out/")
    for _ in range(brake.ACCOUNT_HERE.most + 2):
        try_in(Client(), mika.email, "guess")
    assert try_in(Client(), mika.email, "warm-kettle-7").status_code == 422
    assert try_in(at_home, mika.email, "warm-kettle-7").status_code == 302


def test_a_forged_device_cookie_is_a_new_device(mika: User) -> None:
    at_home = Client()
    try_in(at_home, mika.email, "warm-kettle-7")
    forged = Client()
    forged.cookies["toiya_device"] = at_home.cookies["toiya_device"].value[:-2] + "xx"
    for _ in range(brake.ACCOUNT_HERE.most):
        try_in(Client(), mika.email, "guess")
    assert try_in(forged, mika.email, "warm-kettle-7").status_code == 422


@pytest.mark.django_db(transaction=True)
def test_guessing_in_parallel_is_counted_as_one() -> None:
    a_member(a_seller(), email="owner@example.com")

    def guess(number: int) -> bool:
        try:
            return WRONG in words(try_in(Client(), "owner@example.com", f"guess {number}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        looked_at = list(pool.map(guess, range(24)))
    assert sum(looked_at) == brake.ACCOUNT_HERE.most


def test_failures_from_unknown_devices_are_told_without_a_name(mika: User) -> None:
    try_in(Client(), mika.email, "guess")
    try_in(Client(), "nobody@x.example", "guess")
    rows = list(EventRow.objects.filter(name="person.sign_in_failed").order_by("pk"))
    assert len(rows) == 2
    assert len({row.subject for row in rows}) == 2
    assert not any("mika" in f"{row.subject}{row.data}{row.actor_name}" for row in rows)


def test_a_new_device_is_told_once(mika: User) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0"})
    for _ in range(2):
        try_in(client, mika.email, "warm-kettle-7")
        client.post("/sign-out/")
    (row,) = EventRow.objects.filter(name="person.signed_in")
    assert (row.subject, row.data["device"]) == (f"USR-{mika.pk}", "Firefox, Windows")


def test_somebody_without_a_role_is_told_so(client: Client) -> None:
    User.objects.create_user(email="new@toiya.example", name="New", password="warm-kettle-7")
    assert "This account has no role yet." in words(try_in(client, "new@toiya.example", "warm-kettle-7"))


def test_signing_out_ends_the_session(client: Client, mika: User) -> None:
    try_in(client, mika.email, "warm-kettle-7")
    assert SignedIn.objects.filter(user=mika).count() == 1
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session
    assert SignedIn.objects.filter(user=mika).count() == 0


def test_a_session_prepared_by_somebody_else_is_not_the_one_that_is_signed_in(client: Client, mika: User) -> None:
    session = client.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    try_in(client, mika.email, "warm-kettle-7")
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/office/").status_code == 302


def test_forms_without_the_token_are_refused(mika: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in ("/sign-in/", "/sign-out/", "/sign-in/passkey/", "/sign-in/passkey/options/", "/sign-in/again/"):
        strict.force_login(mika)
        assert strict.post(address, {"email": mika.email, "password": "warm-kettle-7"}).status_code == 403, address


def test_demo_people_are_shown_only_in_the_demo(client: Client, mika: User, settings: Settings) -> None:
    settings.DEMO_LOGINS = [{"label": "Office", "email": "mika@toiya.example", "password": "warm-kettle-7"}]
    settings.DEMO = False
    assert "mika@toiya.example" not in words(client.get("/sign-in/"))
    assert client.post("/sign-in/", {"as": "mika@toiya.example"}).status_code == 200
    settings.DEMO = True
    assert "Enter as Office" in words(client.get("/sign-in/"))
    assert client.post("/sign-in/", {"as": "mika@toiya.example"})["Location"] == "/office/"


def test_at_most_ten_sessions_and_the_oldest_ends(mika: User) -> None:
    clients = []
    for _ in range(11):
        client = Client()
        try_in(client, mika.email, "warm-kettle-7")
        clients.append(client)
    assert SignedIn.objects.filter(user=mika).count() == 10
    assert clients[0].get("/office/system/").status_code == 302
    assert clients[1].get("/office/system/").status_code == 200
    assert clients[10].get("/office/system/").status_code == 200


@pytest.mark.parametrize(("mark", "ago"), [("seen_at", timedelta(minutes=31)), ("began_at", timedelta(hours=11))])
def test_a_session_of_the_office_ends_by_idleness_and_by_age(
    client: Client, mika: User, mark: str, ago: timedelta
) -> None:
    try_in(client, mika.email, "warm-kettle-7")
    session = client.session
    session[mark] = (datetime.fromisoformat(session[mark]) - ago).isoformat()
    session.save()
    assert client.get("/office/system/").status_code == 302
    assert SignedIn.objects.filter(user=mika).count() == 0
