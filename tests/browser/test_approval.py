"""Approval, first steps and conversations in a real Chromium: axe, phones, dark; asked, answered and approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.applicants import Applicant, an_applicant, an_approver
from tests.world import PASSWORD, a_sku, a_warehouse, an_order
from toiya.core import clock
from toiya.core.actor import Actor
from toiya.domain.conversations.actions import talking
from toiya.domain.conversations.models import Conversation
from toiya.domain.members.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Faults = Callable[[Page], list[str]]


class Desk:
    """An applicant and an approver, with a conversation under way."""

    def __init__(self, address: str) -> None:
        self.address, at = address, clock.now()
        a_warehouse()
        self.applicant: Applicant = an_applicant(at=at - timedelta(hours=30))
        User.objects.update(language="en")
        an_applicant("Twin", at=at - timedelta(hours=1))
        self.sku = a_sku(self.applicant.seller).code
        self.order = an_order(self.applicant.seller, at=at).code
        self.approver: Actor = an_approver()
        self.talk: Conversation = talking.start_conversation(
            kind="order", about=self.order, text="Where is it?\nIt is urgent.", actor=self.applicant.actor, at=at
        )
        talking.answer(conversation_code=self.talk.code, text="On the shelf.", actor=self.approver, at=at)
        talking.note(conversation_code=self.talk.code, text="Looked in A01.", actor=self.approver, at=at)

    def enter(self, page: Page, email: str, home: str) -> Page:
        page.goto(f"{self.address}/sign-in/")
        page.fill("[name=email]", email)
        page.fill("[name=password]", PASSWORD)
        page.click("#enter")
        page.wait_for_url(f"{self.address}{home}")
        return page

    def as_seller(self, page: Page) -> Page:
        return self.enter(page, self.applicant.user.email, "/")

    def as_approver(self, page: Page) -> Page:
        return self.enter(page, User.objects.get(pk=self.approver.id).email, "/office/")


@pytest.fixture
def office_desk(live_server: LiveServer) -> Desk:
    return Desk(live_server.url)


def test_no_page_has_an_axe_violation_or_scrolls_sideways(
    office_desk: Desk, new_page: PageMaker, faults: Faults
) -> None:
    talk, application = office_desk.talk.code, office_desk.applicant.code
    ask = f"/conversations/new/?kind=sku&code={office_desk.sku}"
    places = {
        office_desk.as_seller: [
            "/", "/start/", "/application/", "/application/new/", "/conversations/", f"/conversations/{talk}/", ask,
            f"/orders/{office_desk.order}/",
        ],
        office_desk.as_approver: [
            "/office/applications/", f"/office/applications/{application}/", "/office/conversations/?view=live",
            f"/office/conversations/{talk}/",
        ],
    }  # fmt: skip
    for enter, paths in places.items():
        page = enter(new_page())
        for path in paths:
            page.goto(office_desk.address + path)
            assert faults(page) == []


@pytest.mark.seed("A024", "A025", "L34")
def test_a_seller_is_asked_answers_and_is_approved(office_desk: Desk, new_page: PageMaker) -> None:
    office, seller = office_desk.as_approver(new_page()), office_desk.as_seller(new_page())
    path = f"{office_desk.address}/office/applications/{office_desk.applicant.code}/"
    office.goto(path)
    office.get_by_label("Question to the seller").fill("Which <tea> is it?")
    office.get_by_role("button", name="Ask", exact=True).click()
    expect(office.locator(".toast")).to_contain_text("Asked")
    seller.goto(f"{office_desk.address}/application/")
    expect(seller.locator("blockquote")).to_have_text("Which <tea> is it?")
    seller.get_by_label("Your answer").fill("Green tea")
    seller.get_by_role("button", name="Send answer").click()
    expect(seller.locator("h1 .chip")).to_have_text("Waiting for the decision")
    office.goto(path)
    office.get_by_role("button", name="Approve", exact=True).click()
    expect(office.locator(".toast")).to_contain_text("is approved")
    seller.goto(f"{office_desk.address}/application/")
    seller.get_by_role("link", name="See the next steps").click()
    expect(seller.get_by_role("heading", level=1)).to_have_text("From here to your first parcel")


@pytest.mark.seed("L48")
def test_a_question_is_asked_from_its_order_and_answered(office_desk: Desk, new_page: PageMaker) -> None:
    seller = office_desk.as_seller(new_page(width=360))
    seller.goto(f"{office_desk.address}/skus/{office_desk.sku}/")
    seller.get_by_role("link", name="Ask about this").click()
    seller.get_by_label("Your message").fill("How many are there?")
    seller.get_by_role("button", name="Ask", exact=True).click()
    expect(seller.locator("h1 .chip")).to_have_text("Waiting for the warehouse")
    office = office_desk.as_approver(new_page())
    office.goto(f"{office_desk.address}/office/conversations/")
    office.locator("tbody a").first.click()
    office.get_by_label("Answer or note").fill("Three.")
    office.get_by_role("button", name="Answer the seller").click()
    expect(office.locator("#last")).to_contain_text("Three.")
    seller.reload()
    expect(seller.locator("#last")).to_contain_text("Three.")
