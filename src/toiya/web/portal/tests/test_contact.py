"""How we reach the person: state of mailbox and phone, the mails about orders, and the banner when mail comes back."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.world import a_member, a_seller
from toiya.core import clock
from toiya.core.models import EventRow
from toiya.domain.members.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def mika(db: None) -> User:
    return a_member(a_seller(), "viewer", email="mika@example.com")


@pytest.fixture
def browser(mika: User) -> Client:
    client = Client()
    client.force_login(mika)
    return client


@pytest.mark.seed("A046")
def test_mailbox_and_phone_are_shown_with_their_state(browser: Client) -> None:
    page = browser.get("/settings/contact/").content.decode()
    assert page.count("Not verified yet") == 1
    User.objects.update(phone="+819012345678", email_verified_at=clock.now(), phone_verified_at=clock.now())
    page = browser.get("/settings/contact/").content.decode()
    assert "Not verified yet" not in page
    assert "+819012345678" in page


@pytest.mark.seed("A046")
def test_mails_about_orders_are_switched_by_oneself_for_oneself(browser: Client, mika: User) -> None:
    other = a_member(a_seller("Kumo"))
    assert browser.post("/settings/contact/order-mails/", {"user_id": other.pk})["Location"] == "/settings/contact/"
    mika.refresh_from_db()
    other.refresh_from_db()
    assert (mika.wants_order_mails, other.wants_order_mails) == (False, True)
    browser.post("/settings/contact/order-mails/", {"wants": "on"})
    mika.refresh_from_db()
    assert mika.wants_order_mails
    assert EventRow.objects.filter(name="member.order_mails_set", subject=str(mika.pk)).count() == 2


@pytest.mark.seed("A046")
def test_a_mailbox_that_sends_our_mail_back_is_told_on_every_page(browser: Client) -> None:
    User.objects.update(mail_bounced_at=clock.now())
    page = browser.get("/orders/").content.decode()
    assert "Mail to mika@example.com comes back: correct your address." in page
    assert 'href="/settings/contact/"' in page
    assert "Mail comes back" in browser.get("/settings/contact/").content.decode()


@pytest.mark.seed("A021")
def test_an_unverified_mailbox_goes_before_the_others(browser: Client) -> None:
    User.objects.update(mail_bounced_at=clock.now(), verify_by=clock.now())
    assert browser.get("/settings/contact/")["Location"] == "/verify/"


def test_staff_have_no_place_here(db: None) -> None:
    assert Client().get("/settings/contact/")["Location"].startswith("/sign-in/")
