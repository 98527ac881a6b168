"""Letters about applications and conversations: to whom, in which language, once, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.applicants import Applicant, an_applicant, an_approver
from tests.world import NOON, WORLD, a_member, a_seller, acting_for, an_order
from toiya.core.actor import Actor
from toiya.domain.conversations.actions import talking
from toiya.domain.conversations.models import Conversation
from toiya.domain.conversations.queries import with_untold
from toiya.domain.members.actions import approving, reapplying
from toiya.domain.members.models import Seller
from toiya.domain.notifications import rendering
from toiya.domain.notifications.actions.telling_approval import tell_applicant, tell_desk, tell_desk_of_answer
from toiya.domain.notifications.actions.telling_conversations import tell_of_words
from toiya.domain.notifications.models import Message

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def our_address(settings: Settings) -> None:
    settings.TOIYA_URL = "https://toiya.example"


def text_of(message: Message) -> tuple[str, str]:
    """Subject and body as a reader gets them."""
    letter = rendering.written(Message(kind=message.kind, language="en", words=message.words), "")
    return letter.subject, letter.text


@pytest.mark.seed("A025", "A026")
def test_the_desk_gets_the_mail_of_the_original_in_its_language_and_answers_the_seller() -> None:
    applicant = an_applicant()
    tell_desk(application_id=applicant.application.pk, actor=WORLD, at=NOON)
    tell_desk(application_id=applicant.application.pk, actor=WORLD, at=LATER)
    message = Message.objects.get()
    assert (message.recipient, message.language) == ("contact@qxpress.net", "ko")
    assert message.words["reply_to"] == applicant.user.email
    subject, body = text_of(message)
    assert subject == "Application for smart ship use approval"
    for line in (
        f"- ID/Email: {applicant.user.email}",
        "- Sales site (platform): Qoo10, Gmarket",
        "- Sales items: green tea",
        "- Number of deliveries per month: 300",
        "- Desired Service: Fulfillment",
        f"https://toiya.example/office/applications/{applicant.code}/",
    ):
        assert line in body


def step(applicant: Applicant) -> list[tuple[str, str]]:
    """The letters that this step wrote, job run twice: kind and language."""
    before = set(Message.objects.values_list("pk", flat=True))
    for _ in range(2):
        tell_applicant(application_id=applicant.application.pk, actor=WORLD, at=LATER)
    return list(Message.objects.exclude(pk__in=before).order_by("pk").values_list("kind", "language"))


@pytest.mark.seed("A024", "L34")
def test_the_sellers_people_are_told_at_each_step_once_in_their_languages() -> None:
    applicant, approver = an_applicant(), an_approver()
    manager = a_member(applicant.seller, "manager")
    manager.language = "ja"
    manager.save()
    a_member(applicant.seller, "viewer")

    assert step(applicant) == [("application_received", "ko"), ("application_received", "ja")]
    approving.ask_seller(application_code=applicant.code, question="Which <tea>?", actor=approver, at=NOON)
    assert step(applicant) == [("application_asked", "ko"), ("application_asked", "ja")]
    assert "Which <tea>?" in text_of(Message.objects.filter(kind="application_asked").latest("pk"))[1]
    reapplying.answer_question(application_code=applicant.code, answer="Green", actor=applicant.actor, at=NOON)
    assert step(applicant) == []
    approving.ask_seller(application_code=applicant.code, question="And?", actor=approver, at=LATER)
    assert step(applicant) == [("application_asked", "ko"), ("application_asked", "ja")]
    approving.approve_application(application_code=applicant.code, service="both", actor=approver, at=LATER)
    assert step(applicant) == [("application_approved", "ko"), ("application_approved", "ja")]
    subject, body = text_of(Message.objects.latest("pk"))
    assert subject == f"Your application {applicant.code} is approved"
    assert "Smart Delivery and Fulfilment" in body


def test_the_desk_reads_question_and_answer() -> None:
    applicant = an_applicant()
    approving.ask_seller(application_code=applicant.code, question="Which?", actor=an_approver(), at=NOON)
    tell_desk_of_answer(application_id=applicant.application.pk, actor=WORLD, at=NOON)
    assert not Message.objects.exists()
    reapplying.answer_question(application_code=applicant.code, answer="Green", actor=applicant.actor, at=NOON)
    tell_desk_of_answer(application_id=applicant.application.pk, actor=WORLD, at=NOON)
    message = Message.objects.get()
    body = text_of(message)[1]
    assert "Which?" in body
    assert "Green" in body


def test_a_rejection_tells_the_reason() -> None:
    applicant = an_applicant()
    approving.reject_application(application_code=applicant.code, reason="No papers", actor=an_approver(), at=NOON)
    assert step(applicant) == [("application_rejected", "ko")]
    assert "No papers" in text_of(Message.objects.get())[1]


class Talk:
    """A conversation about an order."""

    def __init__(self) -> None:
        self.seller: Seller = a_seller()
        self.user = a_member(self.seller)
        self.owner: Actor = replace(acting_for(self.seller), id=str(self.user.pk))
        self.talk: Conversation = talking.start_conversation(
            kind="order", about=an_order(self.seller).code, text="Where?", actor=self.owner, at=NOON
        )

    def say(self, who: Actor, text: str, minutes: float) -> None:
        talking.answer(conversation_code=self.talk.code, text=text, actor=who, at=NOON + timedelta(minutes=minutes))

    def told(self, minutes: float) -> list[Message]:
        at = NOON + timedelta(minutes=minutes)
        before = set(Message.objects.values_list("pk", flat=True))
        for found in list(with_untold()):
            tell_of_words(conversation_id=found.pk, actor=WORLD, at=at)
            tell_of_words(conversation_id=found.pk, actor=WORLD, at=at)
        return list(Message.objects.exclude(pk__in=before).order_by("pk"))


@pytest.mark.seed("L48")
def test_what_was_said_is_collected_into_one_letter_to_the_other_side() -> None:
    talk = Talk()
    talk.say(talk.owner, "Hello?", 1)
    assert talk.told(2) == []
    (to_desk,) = talk.told(4)
    assert (to_desk.recipient, to_desk.language) == ("sales@qxpress.jp", "ja")
    assert "Where?\n\nHello?" in text_of(to_desk)[1]
    assert talk.told(30) == []
    approver = an_approver()
    talking.note(conversation_code=talk.talk.code, text="Internal.", actor=approver, at=NOON)
    talk.say(approver, "Shelf A.", 40)
    talk.say(approver, "Row 2.", 41)
    (to_seller,) = talk.told(44)
    assert to_seller.recipient == talk.user.email
    body = text_of(to_seller)[1]
    assert "Shelf A.\n\nRow 2." in body
    assert "Internal" not in body
    talk.say(talk.owner, "Thanks", 50)
    (to_colleague,) = talk.told(60)
    assert to_colleague.recipient.startswith("approver-")
    assert not with_untold().exists()
