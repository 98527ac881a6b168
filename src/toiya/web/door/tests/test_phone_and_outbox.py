"""Verifying a phone, with brakes for whoever would earn by our SMS; and the demo's outbox, which no stranger sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.letters import Postman, work_off
from tests.world import PASSWORD, a_member, a_seller
from toiya.core import clock
from toiya.core.models import LimitRow
from toiya.domain.members.models import Challenge, User

pytestmark = pytest.mark.django_db


def send(client: Client, phone: str, **more: str) -> object:
    return client.post("/verify/phone/", {"phone": phone, **more})


@pytest.mark.seed("A046")
def test_a_phone_is_verified_by_the_code_of_an_sms(browser: Client, mika: User, postman: Postman) -> None:
    assert send(browser, "090-1234-5678")["Location"] == "/verify/phone/"
    work_off()
    assert postman.messages[0].recipient == "+819012345678", "the shop's country, where none was written"
    assert "+819012345678" in browser.get("/verify/phone/").content.decode()
    assert browser.post("/verify/phone/code/", {"code": postman.code()})["Location"] == "/settings/contact/"
    mika.refresh_from_db()
    assert (mika.phone, mika.phone_verified_at is not None) == ("+819012345678", True)


@pytest.mark.parametrize("phone", ["", "12345", "no phone", "+81 0990-123456", "0990-123456", "+999 123456789"])
def test_what_is_no_mobile_phone_gets_no_sms(browser: Client, postman: Postman, phone: str) -> None:
    assert send(browser, phone).status_code == 422
    work_off()
    assert (postman.messages, Challenge.objects.count()) == ([], 0)


def test_another_phone_takes_the_place_only_with_password_and_code(
    browser: Client, mika: User, postman: Postman
) -> None:
    User.objects.update(phone="+819012345678", phone_verified_at=clock.now())
    assert send(browser, "+819087654321", password="guess").status_code == 422
    assert send(browser, "+819087654321", password=PASSWORD).status_code == 302
    mika.refresh_from_db()
    assert mika.phone == "+819012345678"


def test_one_person_cannot_make_us_send_many(browser: Client) -> None:
    assert send(browser, "+819012345678").status_code == 302
    assert "too often" in send(browser, "+819012345678").content.decode()


def test_a_country_has_a_budget_that_others_do_not_use_up(
    browser: Client, settings: Settings, postman: Postman
) -> None:
    settings.SMS_A_DAY_PER_COUNTRY = 2
    statuses = []
    for number in ("+819012345678", "+819012345679", "+819012345670", "+821012345678"):
        client = Client()
        client.force_login(a_member(a_seller(f"Shop {number[-1]}{number[2]}")))
        statuses.append(send(client, number).status_code)
    assert statuses == [302, 302, 422, 302]


def test_all_together_have_a_budget(browser: Client, settings: Settings) -> None:
    settings.SMS_A_DAY = 1
    assert send(browser, "+819012345678").status_code == 302
    client = Client()
    client.force_login(a_member(a_seller("Kumo")))
    assert send(client, "+821012345678").status_code == 422


def test_a_number_is_not_rung_by_many_people(db: None) -> None:
    statuses = []
    for each in range(6):
        client = Client()
        client.force_login(a_member(a_seller(f"Shop {each}")))
        statuses.append(send(client, "+819012345678").status_code)
    assert statuses == [302, 302, 302, 302, 422, 422]
    assert LimitRow.objects.exists()


def kept(folder: Path, number: int, **told: str) -> None:
    """A message as the outbox keeps it (integrations/mail/outbox/README.md)."""
    path = folder / f"20261120T03000{number}.000000-toiya.{number}.json"
    path.write_text(json.dumps({**told, "at": f"2026-11-20T03:00:0{number}+00:00", "reference": f"toiya.{number}"}))


def test_on_a_real_installation_there_is_no_outbox(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    assert Client().get("/outbox/").status_code == 404


def test_the_outbox_shows_the_newest_first_with_links_that_work(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO, settings.OUTBOX = True, tmp_path
    link = "https://toiya.example/verify/abc/"
    kept(
        tmp_path, 1, channel="mail", to="mika@example.com", subject="確認 <b>", text=f"{link}\n<script>", language="ja"
    )
    kept(tmp_path, 2, channel="sms", to="+819012345678", subject="", text="Toiya: 493021")
    (tmp_path / "99999999T000000.000000-broken.json").write_text("{")
    page = Client().get("/outbox/").content.decode()
    assert page.index("493021") < page.index("確認")
    assert f'href="{link}"' in page
    assert "<script>" not in page.partition('<div class="letter"')[2].partition("</main>")[0]
    assert "確認 &lt;b&gt;" in page
    only = Client().get("/outbox/?to=mika").content.decode()
    assert "493021" not in only


def test_an_empty_outbox_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO, settings.OUTBOX = True, tmp_path / "nowhere"
    assert "No letters yet" in Client().get("/outbox/").content.decode()
