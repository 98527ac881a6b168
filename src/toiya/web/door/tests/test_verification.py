"""Verifying the mailbox at the door: the page, the link, the code, another address, and what attackers find there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from tests.letters import Postman, link_in, work_off
from tests.world import PASSWORD
from toiya.core import clock
from toiya.core.models import LimitRow
from toiya.domain.members.models import Challenge, User

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def ask(client: Client, way: str = "link") -> None:
    LimitRow.objects.all().delete()  # the minute has passed
    assert client.post("/verify/again/", {"way": way})["Location"] == "/verify/"
    work_off()


def let_days_pass() -> None:
    User.objects.update(verify_by=clock.now() - timedelta(seconds=1))


@pytest.mark.seed("A019")
def test_the_link_of_the_mail_shows_a_button_that_verifies(browser: Client, mika: User, postman: Postman) -> None:
    ask(browser)
    path = postman.link("mika@example.com")
    for _ in range(3):  # a mail scanner looks first
        page = Client().get(path)
        assert page.status_code == 200
        assert "mika@example.com" in page.content.decode()
    Client().head(path)
    mika.refresh_from_db()
    assert mika.email_verified_at is None, "looking uses nothing up"
    done = Client().post(path)
    assert "mika@example.com is verified." in done.content.decode()
    mika.refresh_from_db()
    assert mika.email_verified_at is not None


def test_the_own_browser_is_led_home(browser: Client, postman: Postman) -> None:
    ask(browser)
    assert browser.post(postman.link("mika@example.com"))["Location"] == "/"
    assert browser.get("/verify/").status_code == 200
    assert "There is nothing to do here." in words(browser, "/verify/")


@pytest.mark.seed("A021")
def test_until_then_a_banner_with_the_days_stands_on_every_page(browser: Client, postman: Postman) -> None:
    for address in ("/", "/orders/", "/skus/", "/settings/contact/"):
        page = words(browser, address)
        assert "14 days are left, then Toiya stays shut until you do." in page, address
        assert 'href="/verify/"' in page
    ask(browser)
    browser.post(postman.link("mika@example.com"))
    assert "stays shut" not in words(browser, "/orders/")


@pytest.mark.seed("A022")
def test_past_the_14_days_every_page_leads_to_the_door(browser: Client) -> None:
    let_days_pass()
    for address in ("/", "/orders/", "/skus/", "/wallet/", "/connections/", "/settings/contact/"):
        assert browser.get(address)["Location"] == "/verify/", address
    assert browser.post("/wallet/top-ups/", {"amount": "1000"})["Location"] == "/verify/"
    answer = browser.get("/orders/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/verify/")
    page = words(browser, "/verify/")
    assert "Toiya is shut for you" in page
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"


@pytest.mark.seed("L35", "A022")
def test_whoever_is_kept_out_comes_back_by_themselves(browser: Client, postman: Postman) -> None:
    let_days_pass()
    ask(browser)
    browser.post(postman.link("mika@example.com"))
    assert browser.get("/orders/").status_code == 200


@pytest.mark.seed("L35", "A023")
def test_the_page_names_the_spam_folder_and_sends_the_mail_again_after_a_minute(
    browser: Client, postman: Postman
) -> None:
    assert "spam folder" in words(browser, "/verify/")
    ask(browser)
    again = browser.post("/verify/again/", {"way": "link"})
    assert again.status_code == 409
    assert "That was tried too often. Wait 1 min" in again.content.decode()
    work_off()
    assert len(postman.mails) == 1


@pytest.mark.seed("A049")
def test_a_code_instead_of_the_link(browser: Client, mika: User, postman: Postman) -> None:
    assert 'name="code"' not in words(browser, "/verify/")
    ask(browser, "code")
    assert 'name="code"' in words(browser, "/verify/")
    code = postman.code()
    wrong = browser.post("/verify/code/", {"code": f"{(int(code) + 1) % 1_000_000:06d}"})
    assert wrong.status_code == 422
    assert "tries left: 4." in wrong.content.decode()
    assert browser.post("/verify/code/", {"code": f" {code[:3]} {code[3:]} "})["Location"] == "/"
    mika.refresh_from_db()
    assert mika.email_verified_at is not None


def test_guessing_codes_ends_after_five_tries(browser: Client, mika: User, postman: Postman) -> None:
    ask(browser, "code")
    code = int(postman.code())
    said = [browser.post("/verify/code/", {"code": f"{(code + each) % 1_000_000:06d}"}) for each in range(1, 6)]
    assert "Five wrong codes were entered" in said[-1].content.decode()
    assert browser.post("/verify/code/", {"code": f"{code:06d}"}).status_code == 422
    mika.refresh_from_db()
    assert mika.email_verified_at is None


@pytest.mark.seed("L35")
def test_a_mistyped_address_is_mended_by_oneself(browser: Client, mika: User, postman: Postman) -> None:
    answer = browser.post("/verify/address/", {"email": "Mika@Gmail.com"})
    assert answer["Location"] == "/verify/"
    work_off()
    page = words(browser, "/verify/")
    assert "mika@gmail.com" in page
    assert "It takes the place of mika@example.com" in page
    mika.refresh_from_db()
    assert mika.email == "mika@example.com"
    browser.post(postman.link("mika@gmail.com"))
    mika.refresh_from_db()
    assert (mika.email, mika.login) == ("mika@gmail.com", "mika@gmail.com")
    assert Client().login(username="mika@gmail.com", password=PASSWORD)


def test_a_proven_address_is_changed_only_with_the_password(browser: Client, mika: User, postman: Postman) -> None:
    User.objects.update(email_verified_at=clock.now(), verify_by=None)
    refused = browser.post("/verify/address/", {"email": "new@example.com", "password": "guess"})
    assert refused.status_code == 422
    assert "That is not your password." in refused.content.decode()
    assert not Challenge.objects.exists()
    browser.post("/verify/address/", {"email": "new@example.com", "password": PASSWORD})
    work_off()
    assert [mail.recipient for mail in postman.mails] == ["new@example.com", "mika@example.com"]


@pytest.mark.seed("A045")
def test_slow_mailboxes_and_slips_get_a_soft_word(browser: Client, mika: User) -> None:
    User.objects.update(email="shop@qq.com")
    assert "Mail from abroad often reaches qq.com late" in words(browser, "/verify/")
    User.objects.update(email="shop@gmial.com")
    assert "Did you mean shop@gmail.com?" in words(browser, "/verify/")


@pytest.mark.seed("A044", "A045")
def test_the_field_says_which_mailbox_to_take(browser: Client) -> None:
    assert "it must take mail from abroad at once" in words(browser, "/verify/address/")


@pytest.mark.parametrize(
    ("change", "says", "status"),
    [
        ({"expires_at": clock.now() - timedelta(days=1)}, "This link is too old", 410),
        ({"used_at": clock.now()}, "This link was used already", 410),
        ({"replaced_at": clock.now()}, "A newer mail replaced this link", 410),
    ],
)
def test_a_link_that_counts_no_more_says_what_to_do(
    browser: Client, mika: User, postman: Postman, change: dict[str, object], says: str, status: int
) -> None:
    ask(browser)
    path = postman.link("mika@example.com")
    Challenge.objects.update(**change)
    for answer in (Client().get(path), Client().post(path)):
        assert answer.status_code == status
        assert says in answer.content.decode()
    mika.refresh_from_db()
    assert mika.email_verified_at is None


def test_an_altered_link_is_unknown(browser: Client, mika: User, postman: Postman) -> None:
    ask(browser)
    path = postman.link("mika@example.com")
    altered = path[:-3] + ("A" if path[-3] != "A" else "B") + path[-2:]
    assert Client().get(altered).status_code == 404
    assert Client().post(altered).status_code == 410
    mika.refresh_from_db()
    assert mika.email_verified_at is None


def test_a_page_with_a_secret_in_its_address_tells_no_other_page(browser: Client, postman: Postman) -> None:
    ask(browser)
    answer = Client().get(postman.link("mika@example.com"))
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]


def test_links_in_letters_never_follow_the_host_a_browser_names(
    browser: Client, postman: Postman, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.TOIYA_URL = "https://toiya.example"
    browser.post(
        "/verify/again/", {"way": "link"}, headers={"host": "evil.example", "x-forwarded-host": "evil.example"}
    )
    Client().post("/password/", {"name": "mika@example.com"}, headers={"host": "evil.example"})
    work_off()
    assert len(postman.mails) == 2
    for mail in postman.mails:
        assert link_in(mail.text).startswith("https://toiya.example/")
        assert "evil" not in mail.text + mail.html


def test_another_site_cannot_press_for_us(browser: Client, mika: User, postman: Postman) -> None:
    ask(browser)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mika)
    posts = ("/verify/again/", "/verify/code/", "/verify/address/", "/verify/phone/", "/password/")
    for address in (*posts, postman.link("mika@example.com"), "/settings/contact/order-mails/"):
        assert strict.post(address, {"email": "thief@example.com"}).status_code == 403, address
    mika.refresh_from_db()
    assert (mika.email_verified_at, Challenge.objects.count()) == (None, 1)


def test_strangers_are_sent_to_sign_in_and_come_back(db: None) -> None:
    for address in ("/verify/", "/verify/address/", "/verify/phone/"):
        assert Client().get(address)["Location"] == f"/sign-in/?next={address}"
    assert Client().post("/verify/again/")["Location"] == "/sign-in/?next=/verify/"


def test_one_persons_code_does_not_verify_another(browser: Client, mika: User, postman: Postman) -> None:
    ask(browser, "code")
    kei = User.objects.create_user(email="kei@example.com", name="Kei")
    other = Client()
    other.force_login(kei)
    assert other.post("/verify/code/", {"code": postman.code()}).status_code == 422
    kei.refresh_from_db()
    assert kei.email_verified_at is None


def test_a_name_cannot_become_a_header(browser: Client, mika: User, postman: Postman) -> None:
    User.objects.update(name="Mika\r\nBcc: all@example.com")
    ask(browser)
    (mail,) = postman.mails
    assert "\n" not in mail.subject
    assert "Hello Mika" in mail.text
