"""Two approvers press at the same moment; two people ask about the same thing at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from tests.applicants import Applicant, an_applicant, an_approver
from tests.races.together import Ends, together
from tests.world import NOON, a_seller, acting_for, an_order
from toiya.core.models import EventRow
from toiya.core.rows import LockableRows
from toiya.domain.conversations.actions.talking import start_conversation
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.members.actions import approving
from toiya.domain.members.models import Application, Seller

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 1.5


def decide_at_once(applicant: Applicant) -> Ends:
    """Four approvals and four rejections in the same moment."""

    def approve(actor: Any) -> Callable[[], object]:
        return lambda: approving.approve_application(
            application_code=applicant.code, service="both", actor=actor, at=NOON
        )

    def reject(actor: Any) -> Callable[[], object]:
        return lambda: approving.reject_application(
            application_code=applicant.code, reason="No papers", actor=actor, at=NOON
        )

    return together([act(an_approver(f"Approver {n}")) for n in range(4) for act in (approve, reject)])


def decisions() -> int:
    return EventRow.objects.filter(name__in=["application.approved", "application.rejected"]).count()


def test_of_eight_decisions_at_once_one_stands_and_the_others_name_it(transactional_db: None) -> None:
    applicant = an_applicant()
    ends = decide_at_once(applicant)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [approving.AlreadyDecided] * 7
    assert all("Approver" in str(refusal) for refusal in ends.refusals)
    seller, application = Seller.objects.get(pk=applicant.seller.pk), Application.objects.get()
    expected = {"approved": "active", "rejected": "rejected"}
    assert seller.status == expected[application.status]
    assert decisions() == 1


def test_control_without_the_lock_more_than_one_stands(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    applicant = an_applicant()
    gate, before = Barrier(8, timeout=PATIENCE), approving._decide

    def wait_and_decide(*args: Any) -> None:
        with suppress(BrokenBarrierError):
            gate.wait()
        before(*args)

    monkeypatch.setattr(LockableRows, "lock", lambda rows: rows.order_by("pk"))
    monkeypatch.setattr(approving, "_decide", wait_and_decide)
    decide_at_once(applicant)
    assert decisions() > 1


def test_eight_questions_about_one_thing_at_once_are_one_conversation(transactional_db: None) -> None:
    seller = a_seller()
    order, actor = an_order(seller), acting_for(seller)
    ends = together(
        [
            lambda number=number: start_conversation(  # type: ignore[misc]
                kind="order", about=order.code, text=f"Question {number}", actor=actor, at=NOON
            )
            for number in range(8)
        ]
    )
    assert (ends.troubles, ends.refusals) == ([], [])
    talk = Conversation.objects.get()
    assert Entry.objects.filter(conversation=talk).count() == 8
    assert EventRow.objects.filter(name="conversation.started").count() == 1
