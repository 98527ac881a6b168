"""The seller's side of approval: where it stands, answering, applying again; what nobody may send along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from tests.applicants import Applicant, an_applicant, an_approver
from tests.world import NOON, a_warehouse
from toiya.domain.members.actions import approving
from toiya.domain.members.models import Application, Seller
from toiya.web.portal.approval import pending_banner

pytestmark = pytest.mark.django_db
FORM = {"service": "both", "warehouse": "", "sites": "Qoo10\nGmarket", "goods": "tea", "deliveries_a_month": "40"}


def client_of(applicant: Applicant) -> Client:
    client = Client()
    client.force_login(applicant.user)
    return client


def banner_of(applicant: Applicant) -> dict[str, object] | None:
    request = RequestFactory().get("/")
    request.actor = applicant.actor  # type: ignore[attr-defined]
    return pending_banner(request)


@pytest.mark.seed("A024", "L34")
def test_the_page_says_what_who_and_how_long() -> None:
    an_applicant("First")
    applicant = an_applicant("Second", at=NOON + timedelta(hours=1))
    page = client_of(applicant).get("/application/").content.decode()
    assert "Your place in the queue is 2" in page
    assert "we mean to answer within 1 d" in page
    assert "contact@qxpress.net" in page
    assert "02-2620-1168" in page
    assert "green tea" in page


def test_past_decisions_say_how_long_it_takes() -> None:
    for name in "ABC":
        done = an_applicant(name)
        approving.approve_application(
            application_code=done.code, service="both", actor=an_approver(), at=NOON + timedelta(hours=5)
        )
    page = client_of(an_applicant()).get("/application/").content.decode()
    assert "a decision usually took 5 h" in page


def test_a_question_is_answered_on_the_page() -> None:
    applicant = an_applicant()
    approving.ask_seller(application_code=applicant.code, question="Which tea?", actor=an_approver(), at=NOON)
    client = client_of(applicant)
    assert "Which tea?" in client.get("/application/").content.decode()
    path = f"/application/{applicant.code}/answer/"
    assert client.post(path, {"answer": ""}).status_code == 422
    assert client.post(path, {"answer": "a\x07b"}).status_code == 422
    assert client.post(path, {"answer": "Green", "status": "approved", "service": "both"}).status_code == 302
    applicant.application.refresh_from_db()
    assert (applicant.application.status, applicant.application.answer) == ("waiting", "Green")
    assert applicant.application.service == "fulfilment"
    assert client.post(path, {"answer": "again"}).status_code == 422


def test_text_with_tags_stays_text() -> None:
    applicant = an_applicant()
    attack = "<script>alert(1)</script>"
    approving.ask_seller(application_code=applicant.code, question=attack, actor=an_approver(), at=NOON)
    page = client_of(applicant).get("/application/").content.decode()
    assert attack not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_rejected_seller_applies_again_and_nothing_else_can_be_sent_along() -> None:
    applicant = an_applicant()
    approving.reject_application(application_code=applicant.code, reason="No papers", actor=an_approver(), at=NOON)
    client = client_of(applicant)
    assert "No papers" in client.get("/application/").content.decode()
    sent = {**FORM, "status": "approved", "seller": "1", "desk": "me@example.com", "uses_fulfilment": "1"}
    assert client.post("/application/new/", sent).status_code == 302
    seller = Seller.objects.get(pk=applicant.seller.pk)
    made = Application.objects.latest("id")
    assert (seller.status, made.status, made.desk) == ("pending", "waiting", "contact@qxpress.net")
    assert (made.sites, made.goods, made.deliveries_a_month) == (["Qoo10", "Gmarket"], "tea", 40)
    assert client.post("/application/new/", FORM).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"service": "all"}, {"deliveries_a_month": "-1"}, {"sites": ""}, {"warehouse": "99"}]
)
def test_a_form_that_cannot_be_kept_is_shown_again(wrong: dict[str, str]) -> None:
    applicant = an_applicant()
    approving.reject_application(application_code=applicant.code, reason="x", actor=an_approver(), at=NOON)
    assert client_of(applicant).post("/application/new/", FORM | wrong).status_code == 422
    assert Application.objects.count() == 1


def test_a_rejected_seller_works_on_nothing() -> None:
    applicant = an_applicant()
    approving.reject_application(application_code=applicant.code, reason="x", actor=an_approver(), at=NOON)
    client = client_of(applicant)
    for path in ("/connections/new/", "/imports/", "/wallet/top-ups/"):
        assert client.get(path).status_code == 403, path
        assert client.post(path, {}).status_code == 403, path


def test_a_seller_does_not_approve_itself_by_any_address() -> None:
    applicant = an_applicant()
    client = client_of(applicant)
    for act in ("approval", "rejection", "question"):
        answer = client.post(f"/office/applications/{applicant.code}/{act}/", {"service": "both", "reason": "x"})
        assert answer.status_code == 403
    assert client.get("/office/applications/").status_code == 403
    applicant.application.refresh_from_db()
    assert applicant.application.status == "waiting"


@pytest.mark.seed("A034", "L41")
def test_fulfilment_and_its_warehouse_are_asked_for_here() -> None:
    applicant = an_applicant(service="smart_delivery")
    approving.approve_application(
        application_code=applicant.code, service="smart_delivery", actor=an_approver(), at=NOON
    )
    house = a_warehouse()
    client = client_of(applicant)
    page = client.get("/start/").content.decode()
    assert 'href="/application/new/?service=fulfilment"' in page
    assert house.name in page
    sent = {**FORM, "service": "fulfilment", "warehouse": str(house.pk)}
    assert client.post("/application/new/", sent).status_code == 302
    assert Application.objects.latest("id").warehouse_id == house.pk


def test_the_banner_says_what_a_waiting_seller_must_know() -> None:
    applicant = an_applicant()
    waiting = banner_of(applicant)
    assert waiting is not None
    assert "waits for the decision" in str(waiting["text"])
    assert waiting["url"] == "/application/"
    approving.ask_seller(application_code=applicant.code, question="?", actor=an_approver(), at=NOON)
    assert "has a question" in str((banner_of(applicant) or {})["text"])
    approving.reject_application(application_code=applicant.code, reason="x", actor=an_approver(), at=NOON)
    assert (banner_of(applicant) or {})["kind"] == "stop"


def test_an_active_seller_has_no_banner() -> None:
    applicant = an_applicant()
    approving.approve_application(application_code=applicant.code, service="both", actor=an_approver(), at=NOON)
    assert banner_of(applicant) is None
