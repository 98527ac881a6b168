"""Signing in and out, language and appearance, error pages, the gallery."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from toiya.domain.members.models import Staff, User
from toiya.web.shared.sign_in import TRIES

pytestmark = [pytest.mark.django_db, pytest.mark.urls("toiya.web.shared.tests.addresses")]


@pytest.fixture
def mika() -> User:
    cache.clear()
    user = User.objects.create_user(email="mika@toiya.example", name="Mika S.", password="warm-kettle-7", language="ja")
    Staff.objects.create(user=user, role="administrator", badge="BDG-1")
    return user


def entered(client: Client, password: str, **more: str) -> object:
    return client.post("/sign-in/", {"email": "Mika@toiya.example", "password": password, **more})


def test_signing_in_leads_to_the_own_face_in_the_own_language(client: Client, mika: User) -> None:
    answer = client.post("/sign-in/", {"email": "mika@toiya.example", "password": "warm-kettle-7"})
    assert (answer.status_code, answer["Location"]) == (302, "/office/")
    assert answer.cookies["django_language"].value == "ja"


def test_the_address_asked_for_comes_next_but_never_another_site(client: Client, mika: User) -> None:
    asked = {"email": "mika@toiya.example", "password": "warm-kettle-7"}
    assert client.post("/sign-in/", asked | {"next": "/office/waves/"})["Location"] == "/office/waves/"
    assert client.post("/sign-in/", asked | {"next": "https://evil.example/"})["Location"] == "/office/"


def test_a_wrong_password_and_an_unknown_mail_sound_the_same(client: Client, mika: User) -> None:
    wrong = client.post("/sign-in/", {"email": "mika@toiya.example", "password": "guess"})
    unknown = client.post("/sign-in/", {"email": "nobody@toiya.example", "password": "guess"})
    for answer in (wrong, unknown):
        assert answer.status_code == 422
        assert "E-mail and password do not belong together. Check both." in answer.content.decode()
    assert 'value="mika@toiya.example"' in wrong.content.decode()


def test_guessing_is_slowed_down(client: Client, mika: User) -> None:
    for _ in range(TRIES):
        client.post("/sign-in/", {"email": "mika@toiya.example", "password": "guess"})
    answer = client.post("/sign-in/", {"email": "mika@toiya.example", "password": "warm-kettle-7"})
    assert answer.status_code == 422
    assert "Wait 5 minutes" in answer.content.decode()


def test_somebody_without_a_role_is_told_so(client: Client) -> None:
    cache.clear()
    User.objects.create_user(email="new@toiya.example", name="New", password="warm-kettle-7")
    answer = client.post("/sign-in/", {"email": "new@toiya.example", "password": "warm-kettle-7"})
    assert "This account has no role yet." in answer.content.decode()


def test_signing_out_ends_the_session(client: Client, mika: User) -> None:
    client.force_login(mika)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_demo_people_are_shown_only_in_the_demo(client: Client, mika: User, settings: Settings) -> None:
    settings.DEMO_LOGINS = [{"label": "Office", "email": "mika@toiya.example", "password": "warm-kettle-7"}]
    settings.DEMO = False
    assert "mika@toiya.example" not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/", {"as": "mika@toiya.example"}).status_code == 200
    settings.DEMO = True
    assert "Enter as Office" in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/", {"as": "mika@toiya.example"})["Location"] == "/office/"


def test_the_language_is_kept_and_the_same_page_shown(client: Client) -> None:
    answer = client.post("/language/", {"language": "zh-hans", "next": "/sign-in/?next=/orders/"})
    assert answer["Location"] == "/sign-in/?next=/orders/"
    page = client.get("/sign-in/").content.decode()
    assert '<html lang="zh-Hans"' in page


def test_theme_and_row_height_are_in_the_first_paint(client: Client) -> None:
    client.post("/appearance/", {"theme": "dark", "density": "compact"})
    page = client.get("/sign-in/").content.decode()
    assert 'data-theme="dark" data-density="compact"' in page
    client.post("/appearance/", {"theme": "pink"})
    assert 'data-theme="dark"' in client.get("/sign-in/").content.decode()


def test_what_is_not_there_has_our_own_page(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_pages_forbid_everything_but_our_own_files(client: Client) -> None:
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_gallery_is_not_there_in_earnest(client: Client, settings: Settings) -> None:
    settings.DEBUG = settings.DEMO = False
    assert client.get("/design/").status_code == 404
    settings.DEMO = True
    assert client.get("/design/").status_code == 200
    assert client.get("/design/floor/stop/").status_code == 200
    assert client.get("/design/floor/nothing/").status_code == 404
