"""Asking, answering, approving, rejecting, applying again; what nobody may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.applicants import Applicant, an_applicant, an_approver
from tests.world import NOON, WORLD
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.core.texts import NothingWritten, TextTooLong, UnseenCharacters
from toiya.domain.members import queries, queue
from toiya.domain.members.actions import approving, reapplying
from toiya.domain.members.actions.applying import Answers
from toiya.domain.members.models import Application, Membership, Seller, User

pytestmark = pytest.mark.django_db
Status = Application.Status
LATER = NOON + timedelta(hours=3)
ANSWERS = Answers(["Qoo10"], "tea", 300, "fulfilment")


@pytest.fixture
def applicant() -> Applicant:
    return an_applicant()


def fresh(applicant: Applicant) -> tuple[str, str]:
    applicant.seller.refresh_from_db()
    applicant.application.refresh_from_db()
    return applicant.seller.status, applicant.application.status


def events() -> list[str]:
    names = EventRow.objects.filter(name__startswith="application.").order_by("id")
    return list(names.values_list("name", flat=True))


@pytest.mark.seed("A024", "L34")
def test_an_approved_seller_works_with_the_service_it_was_granted(applicant: Applicant) -> None:
    approver = an_approver()
    approving.approve_application(application_code=applicant.code, service="smart_delivery", actor=approver, at=LATER)
    assert fresh(applicant) == ("active", "approved")
    assert (applicant.seller.uses_fulfilment, applicant.seller.uses_smart_delivery) == (False, True)
    assert (applicant.application.decided_at, applicant.application.decided_by_id) == (LATER, int(approver.id))
    assert events() == ["application.approved"]


def test_a_question_is_asked_and_answered(applicant: Applicant) -> None:
    approver = an_approver()
    approving.ask_seller(application_code=applicant.code, question=" Which tea? ", actor=approver, at=LATER)
    assert fresh(applicant) == ("pending", "asked")
    assert applicant.application.question == "Which tea?"
    with pytest.raises(approving.AlreadyAsked):
        approving.ask_seller(application_code=applicant.code, question="And?", actor=approver, at=LATER)
    reapplying.answer_question(application_code=applicant.code, answer="Green", actor=applicant.actor, at=LATER)
    assert fresh(applicant) == ("pending", "waiting")
    with pytest.raises(reapplying.NothingAsked):
        reapplying.answer_question(application_code=applicant.code, answer="x", actor=applicant.actor, at=LATER)
    assert applicant.application.answer == "Green"
    assert events() == ["application.asked", "application.answered"]


def test_a_rejected_seller_reads_why_and_applies_again(applicant: Applicant) -> None:
    approving.reject_application(application_code=applicant.code, reason="No papers", actor=an_approver(), at=LATER)
    assert fresh(applicant) == ("rejected", "rejected")
    assert applicant.application.reason == "No papers"
    again = reapplying.apply_for_service(
        seller_id=applicant.seller.pk, answers=ANSWERS, warehouse_id=None, actor=applicant.actor, at=LATER
    )
    applicant.seller.refresh_from_db()
    assert (applicant.seller.status, again.status) == ("pending", "waiting")
    assert again.desk == "contact@qxpress.net"
    assert events() == ["application.rejected", "application.submitted"]


def test_a_rejected_or_waiting_seller_may_look_and_tell_but_not_work(applicant: Applicant) -> None:
    def may() -> set[str]:
        actor = queries.actor_of(applicant.user, at=LATER)
        assert actor is not None
        return {str(each) for each in actor.permissions}

    for _ in ("waiting", "rejected"):
        assert may() >= {"see_company", "edit_company", "talk"}
        assert may() & {"edit_orders", "edit_catalog", "edit_connections", "top_up", "edit_keys"} == set()
        if _ == "waiting":
            approving.reject_application(application_code=applicant.code, reason="x", actor=an_approver(), at=LATER)
    reapplying.apply_for_service(
        seller_id=applicant.seller.pk, answers=ANSWERS, warehouse_id=None, actor=applicant.actor, at=LATER
    )
    code = Application.objects.get(status="waiting").code
    approving.approve_application(application_code=code, service="both", actor=an_approver(), at=LATER)
    assert may() >= {"edit_orders", "edit_connections"}


@pytest.mark.parametrize("decision", ["approve", "reject", "ask"])
def test_the_second_decision_is_refused_with_the_name_of_the_first(applicant: Applicant, decision: str) -> None:
    first, second = an_approver("Sato"), an_approver("Kim")
    approving.approve_application(application_code=applicant.code, service="both", actor=first, at=LATER)
    acts = {
        "approve": lambda: approving.approve_application(
            application_code=applicant.code, service="fulfilment", actor=second, at=LATER
        ),
        "reject": lambda: approving.reject_application(
            application_code=applicant.code, reason="x", actor=second, at=LATER
        ),
        "ask": lambda: approving.ask_seller(application_code=applicant.code, question="x", actor=second, at=LATER),
    }
    with pytest.raises(approving.AlreadyDecided) as refused:
        acts[decision]()
    assert "Sato" in str(refused.value)
    assert fresh(applicant) == ("active", "approved")
    assert applicant.seller.uses_smart_delivery
    assert events() == ["application.approved"]


def test_a_seller_approves_nobody_not_even_by_the_action(applicant: Applicant) -> None:
    for actor in (applicant.actor, an_applicant("Kumo").actor):
        with pytest.raises(NotFound):
            approving.approve_application(application_code=applicant.code, service="both", actor=actor, at=LATER)
    assert fresh(applicant) == ("pending", "waiting")


def test_an_approver_does_not_decide_about_a_seller_they_work_for(applicant: Applicant) -> None:
    approver = an_approver()
    Membership.objects.create(user=User.objects.get(pk=approver.id), seller=applicant.seller, role="viewer")
    with pytest.raises(approving.OwnApplication):
        approving.approve_application(application_code=applicant.code, service="both", actor=approver, at=LATER)
    assert fresh(applicant) == ("pending", "waiting")


def test_another_sellers_question_cannot_be_answered(applicant: Applicant) -> None:
    approving.ask_seller(application_code=applicant.code, question="Which?", actor=an_approver(), at=LATER)
    with pytest.raises(NotFound):
        reapplying.answer_question(
            application_code=applicant.code, answer="mine", actor=an_applicant("Kumo").actor, at=LATER
        )
    with pytest.raises(NotFound):
        reapplying.apply_for_service(
            seller_id=applicant.seller.pk, answers=ANSWERS, warehouse_id=None, actor=an_applicant("Ari").actor, at=LATER
        )
    assert fresh(applicant) == ("pending", "asked")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", NothingWritten), ("x" * 2001, TextTooLong), ("a\x1bb", UnseenCharacters)],
)
def test_questions_answers_and_reasons_are_plain_text(applicant: Applicant, text: str, refusal: type[Refusal]) -> None:
    approver = an_approver()
    with pytest.raises(refusal):
        approving.ask_seller(application_code=applicant.code, question=text, actor=approver, at=LATER)
    with pytest.raises(refusal):
        approving.reject_application(application_code=applicant.code, reason=text, actor=approver, at=LATER)
    assert fresh(applicant) == ("pending", "waiting")
    assert events() == []


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (replace(ANSWERS, service="everything"), "no_such_service"),
        (replace(ANSWERS, deliveries_a_month=0), "deliveries_out_of_range"),
        (replace(ANSWERS, deliveries_a_month=10_000_001), "deliveries_out_of_range"),
        (replace(ANSWERS, sites=["s"] * 11), "too_many_sites"),
        (replace(ANSWERS, sites=["a\nb"]), "unseen_characters"),
        (replace(ANSWERS, goods=""), "nothing_written"),
    ],
)
def test_answers_that_cannot_be_kept_are_refused(applicant: Applicant, answers: Answers, code: str) -> None:
    approving.reject_application(application_code=applicant.code, reason="x", actor=an_approver(), at=LATER)
    with pytest.raises(Refusal) as refused:
        reapplying.apply_for_service(
            seller_id=applicant.seller.pk, answers=answers, warehouse_id=None, actor=applicant.actor, at=LATER
        )
    assert refused.value.code == code
    assert fresh(applicant) == ("rejected", "rejected")
    assert Application.objects.count() == 1


def test_one_application_is_open_at_a_time(applicant: Applicant) -> None:
    with pytest.raises(reapplying.ApplicationOpen):
        reapplying.apply_for_service(
            seller_id=applicant.seller.pk, answers=ANSWERS, warehouse_id=None, actor=applicant.actor, at=LATER
        )
    assert Application.objects.count() == 1


def active(applicant: Applicant, country: str, *, fulfilment: bool) -> Seller:
    service = "fulfilment" if fulfilment else "smart_delivery"
    approving.approve_application(application_code=applicant.code, service=service, actor=an_approver(), at=NOON)
    Seller.objects.filter(pk=applicant.seller.pk).update(country=country)
    applicant.seller.refresh_from_db()
    return applicant.seller


@pytest.mark.seed("A034", "L41")
def test_an_active_seller_gets_the_other_service_here_and_at_once_where_no_approval_is_asked(
    applicant: Applicant,
) -> None:
    seller = active(applicant, "JP", fulfilment=False)
    granted = reapplying.apply_for_service(
        seller_id=seller.pk, answers=ANSWERS, warehouse_id=None, actor=applicant.actor, at=LATER
    )
    seller.refresh_from_db()
    assert (granted.status, seller.status) == ("approved", "active")
    assert (seller.uses_fulfilment, seller.uses_smart_delivery) == (True, True)
    with pytest.raises(reapplying.ServiceHadAlready):
        reapplying.apply_for_service(
            seller_id=seller.pk, answers=ANSWERS, warehouse_id=None, actor=applicant.actor, at=LATER
        )


@pytest.mark.seed("A034", "L41")
def test_where_approval_is_asked_an_active_seller_keeps_what_it_has_while_it_waits(applicant: Applicant) -> None:
    seller = active(applicant, "KR", fulfilment=True)
    waiting = reapplying.apply_for_service(
        seller_id=seller.pk,
        answers=replace(ANSWERS, service="both"),
        warehouse_id=None,
        actor=applicant.actor,
        at=LATER,
    )
    seller.refresh_from_db()
    assert (waiting.status, seller.status, seller.uses_smart_delivery) == ("waiting", "active", False)
    approving.reject_application(application_code=waiting.code, reason="Too few", actor=an_approver(), at=LATER)
    seller.refresh_from_db()
    assert (seller.status, seller.uses_fulfilment, seller.uses_smart_delivery) == ("active", True, False)


@pytest.mark.seed("A026")
def test_the_desk_of_a_new_application_follows_the_setting(applicant: Applicant, settings: Any) -> None:
    settings.DESKS = "KR=korea@example.com"
    approving.reject_application(application_code=applicant.code, reason="x", actor=an_approver(), at=LATER)
    again = reapplying.apply_for_service(
        seller_id=applicant.seller.pk, answers=ANSWERS, warehouse_id=None, actor=applicant.actor, at=LATER
    )
    assert again.desk == "korea@example.com"


def test_the_place_in_the_queue_counts_those_that_wait_for_the_operator() -> None:
    first, second, third = (an_applicant(name, at=NOON + timedelta(hours=n)) for n, name in enumerate("ABC"))
    approver = an_approver()
    assert [queue.place_of(each.application) for each in (first, second, third)] == [1, 2, 3]
    approving.ask_seller(application_code=first.code, question="?", actor=approver, at=LATER)
    assert queue.place_of(third.application) == 2
    assert queue.waiting_count() == 2


def test_the_typical_wait_is_measured_from_decisions_of_people() -> None:
    for hours, name in enumerate("ABCDE", start=1):
        applicant = an_applicant(name)
        actor = WORLD if name == "A" else an_approver()
        at = NOON + timedelta(hours=100 if name == "A" else hours)
        approving.approve_application(application_code=applicant.code, service="both", actor=actor, at=at)
    assert queue.typical_wait() == timedelta(hours=3.5)


def test_an_approver_is_told_of_the_same_firm_and_the_same_phone_elsewhere(applicant: Applicant) -> None:
    twin = an_applicant("Kumo", registration_number="120-81-47521", phone="+82226201168")
    an_applicant("Other country", country="JP", registration_number="120-81-47521", phone="+81300000000")
    remarks = queue.remarks_on(applicant.seller, applicant.seller.profile, [applicant.user], [])
    grave = [(remark.code, remark.about) for remark in remarks if remark.is_grave]
    assert grave == [
        ("same_registration_number", f"Kumo ({twin.seller.code})"),
        ("same_phone", f"Kumo ({twin.seller.code})"),
    ]
    assert {remark.code for remark in remarks if not remark.is_grave} == {
        "no_certificate",
        "no_real_name",
        "email_unverified",
    }
