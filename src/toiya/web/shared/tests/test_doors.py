"""Language and appearance, error pages, the gallery."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("toiya.web.shared.tests.addresses")]


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
