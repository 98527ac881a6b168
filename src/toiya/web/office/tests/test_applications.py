"""The office's queues: applications and questions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.applicants import an_applicant, an_approver
from tests.world import a_seller, acting_for, an_order
from toiya.core.actor import Actor
from toiya.domain.conversations.actions import talking
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.members.models import Application, Seller, User

pytestmark = pytest.mark.django_db


def at_desk(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


@pytest.mark.seed("L34")
def test_the_queue_is_oldest_first_with_age_and_is_filtered_by_country() -> None:
    now = timezone.now()
    young = an_applicant("Young", at=now - timedelta(hours=2))
    old = an_applicant("Old", at=now - timedelta(days=3))
    sg = an_applicant("Merlion", country="SG", at=now - timedelta(hours=5))
    client = at_desk(an_approver())
    page = client.get("/office/applications/")
    assert [row.application.code for row in page.context["rows"]] == [old.code, sg.code, young.code]
    assert [row.is_late for row in page.context["rows"]] == [True, False, False]
    assert page.context["countries"] == [("KR", "South Korea"), ("SG", "Singapore")]
    filtered = client.get("/office/applications/?country=SG").context["rows"]
    assert [row.application.code for row in filtered] == [sg.code]
    rail = {item.url: item.count for item in page.context["shell"].rail}
    assert rail["/office/applications/"] == 3
    assert client.get("/office/applications/?view=nothing&country=%00x").status_code == 200


@pytest.mark.seed("A024", "A025", "L34")
def test_one_application_is_decided_on_its_page() -> None:
    applicant = an_applicant()
    client = at_desk(an_approver())
    path = f"/office/applications/{applicant.code}/"
    page = client.get(path).content.decode()
    for told in ("Qoo10, Gmarket", "green tea", "300", "120-81-47521", applicant.user.email, "contact@qxpress.net"):
        assert told in page
    assert client.post(f"{path}question/", {"question": " "}).status_code == 422
    assert client.post(f"{path}question/", {"question": "Which tea?"}).status_code == 302
    assert client.post(f"{path}rejection/", {"reason": ""}).status_code == 422
    assert client.post(f"{path}approval/", {"service": "all"}).status_code == 409
    assert client.post(f"{path}approval/", {"service": "both", "status": "rejected"}).status_code == 302
    seller = Seller.objects.get(pk=applicant.seller.pk)
    assert (seller.status, seller.uses_smart_delivery, seller.uses_fulfilment) == ("active", True, True)


def test_the_second_approver_reads_who_was_faster() -> None:
    applicant = an_applicant()
    path = f"/office/applications/{applicant.code}/"
    at_desk(an_approver("Sato")).post(f"{path}approval/", {"service": "both"})
    answer = at_desk(an_approver("Kim")).post(f"{path}rejection/", {"reason": "x"})
    assert answer.status_code == 409
    assert "Sato decided" in answer.content.decode()
    assert Seller.objects.get(pk=applicant.seller.pk).status == "active"


def test_only_approvers_decide() -> None:
    applicant = an_applicant()
    client = at_desk(an_approver(role="accountant"))
    assert client.get("/office/applications/").status_code == 403
    assert client.post(f"/office/applications/{applicant.code}/approval/", {"service": "both"}).status_code == 403
    assert at_desk(an_approver()).get("/office/applications/APP-222222-2/").status_code == 404
    assert Application.objects.get().status == "waiting"


def test_a_twin_firm_and_tags_are_shown_as_what_they_are() -> None:
    applicant = an_applicant("<b>Bold</b>")
    an_applicant("Twin")
    page = at_desk(an_approver()).get(f"/office/applications/{applicant.code}/").content.decode()
    assert "The same registration number belongs to Twin" in page
    assert "<b>Bold</b>" not in page


def test_the_lists_take_as_many_queries_for_many_as_for_few() -> None:
    client = at_desk(an_approver())
    for path in ("/office/applications/", "/office/conversations/"):
        counts = []
        for size in (1, 5):
            for number in range(size):
                name = f"{path[8]}{size}{number}"
                an_applicant(name)
                seller = a_seller(f"S{name}")
                order = an_order(seller)
                talking.start_conversation(
                    kind="order", about=order.code, text="x", actor=acting_for(seller), at=timezone.now()
                )
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts.append(len(asked))
        assert counts[0] == counts[1], path


@pytest.mark.seed("L48")
def test_a_question_is_answered_noted_handed_over_and_closed() -> None:
    seller = a_seller()
    order = an_order(seller)
    talk = talking.start_conversation(
        kind="order", about=order.code, text="<i>Where?</i>", actor=acting_for(seller), at=timezone.now()
    )
    approver, colleague = an_approver(), an_approver("Kim")
    client = at_desk(approver)
    page = client.get("/office/conversations/")
    assert [row["conversation"].code for row in page.context["rows"]] == [talk.code]
    path = f"/office/conversations/{talk.code}/"
    assert "<i>Where?</i>" not in client.get(path).content.decode()
    assert client.post(f"{path}entries/", {"text": ""}).status_code == 422
    assert client.post(f"{path}entries/", {"text": "Look in A.", "internal": "1"}).status_code == 302
    assert client.post(f"{path}entries/", {"text": "On its way."}).status_code == 302
    assert [(entry.is_internal, entry.side) for entry in Entry.objects.order_by("id")] == [
        (False, "seller"), (True, "operator"), (False, "operator"),
    ]  # fmt: skip
    assert client.post(f"{path}handover/", {"to": colleague.id}).status_code == 302
    assert client.post(f"{path}handover/", {"to": "x"}).status_code == 409
    talk.refresh_from_db()
    assert talk.assigned_to_id == int(colleague.id)
    mine = at_desk(colleague).get("/office/conversations/?view=live&mine=1").context["rows"]
    assert [row["conversation"].code for row in mine] == [talk.code]
    assert client.post(f"{path}settling/").status_code == 409
    assert client.post(f"{path}closing/").status_code == 302
    assert client.post(f"{path}entries/", {"text": "more"}).status_code == 409


def test_the_operator_writes_first_about_an_application() -> None:
    applicant = an_applicant()
    client = at_desk(an_approver())
    path = "/office/conversations/new/"
    about = {"kind": "application", "code": applicant.code}
    assert client.get(path, about).status_code == 200
    assert client.post(path, {**about, "text": ""}).status_code == 422
    client.post(path, {**about, "text": "Hello"})
    made = Conversation.objects.get()
    assert (made.seller_id, made.status) == (applicant.seller.pk, "waiting_for_seller")
    assert client.get(path, about)["Location"] == f"/office/conversations/{made.code}/"
    assert client.get(path, {"kind": "order", "code": "ORD-222222-2"}).status_code == 404
