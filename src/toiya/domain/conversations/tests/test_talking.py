"""Asking, answering, noting, handing over, settling, closing; what another seller's people cannot do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.floor_world import a_person, acting_as
from tests.world import NOON, a_member, a_seller, a_warehouse, acting_for, an_order
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.core.texts import NothingWritten, TextTooLong, UnseenCharacters
from toiya.domain.conversations import queries
from toiya.domain.conversations.actions import talking
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.conversations.subjects import owner_of
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
Status = Conversation.Status
LATER = NOON + timedelta(hours=1)


class World:
    """A seller with an order, and somebody of the operator's."""

    def __init__(self, name: str = "Hanataba", building: str = "FNB") -> None:
        self.seller: Seller = a_seller(name)
        self.order: Order = an_order(self.seller)
        self.owner: Actor = replace(acting_for(self.seller), id=str(a_member(self.seller).pk))
        self.staff: Actor = acting_as(a_person(a_warehouse(building, building), "floor_lead"))

    def asked(self, text: str = "Where is it?") -> Conversation:
        return talking.start_conversation(kind="order", about=self.order.code, text=text, actor=self.owner, at=NOON)


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.seed("L48")
def test_a_question_about_an_order_is_promised_an_answer(world: World) -> None:
    asked = world.asked()
    assert asked.status == Status.WAITING_FOR_OPERATOR
    assert (asked.seller_id, asked.about_kind, asked.about_code) == (world.seller.pk, "order", world.order.code)
    assert asked.due_at == NOON + timedelta(hours=2)
    assert [entry.text for entry in queries.entries_of(asked, world.owner)] == ["Where is it?"]
    event = EventRow.objects.get(name="conversation.started")
    assert (event.subject, event.seller_id, event.data["about"]) == (asked.code, world.seller.pk, world.order.code)


@pytest.mark.seed("L48")
def test_the_answer_is_measured_against_the_promise(world: World) -> None:
    asked = world.asked()
    talking.answer(conversation_code=asked.code, text="On the shelf.", actor=world.staff, at=LATER)
    asked.refresh_from_db()
    said = Entry.objects.get(side="operator")
    assert (said.waited_seconds, said.was_in_time) == (3600, True)
    assert (asked.status, asked.due_at, asked.waits_since) == (Status.WAITING_FOR_SELLER, None, None)
    assert asked.assigned_to_id == int(world.staff.id)
    talking.answer(conversation_code=asked.code, text="Which one?", actor=world.owner, at=LATER)
    late = LATER + timedelta(days=4)
    talking.answer(conversation_code=asked.code, text="The left one.", actor=world.staff, at=late)
    measured = queries.measured(late)
    assert (measured.answers, measured.in_time) == (2, 1)


def test_more_words_do_not_postpone_the_promise(world: World) -> None:
    asked = world.asked()
    talking.answer(conversation_code=asked.code, text="Hello?", actor=world.owner, at=LATER)
    asked.refresh_from_db()
    assert asked.due_at == NOON + timedelta(hours=2)
    assert asked.last_said_at == LATER


def test_asking_again_about_the_same_thing_goes_on_where_it_was(world: World) -> None:
    first = world.asked()
    second = world.asked("And today?")
    assert first.pk == second.pk
    assert Entry.objects.count() == 2
    talking.close(conversation_code=first.code, actor=world.owner, at=LATER)
    assert world.asked("Once more").pk != first.pk


def test_a_note_is_the_operators_alone(world: World) -> None:
    asked = world.asked()
    talking.note(conversation_code=asked.code, text="Lost by us.", actor=world.staff, at=LATER)
    asked.refresh_from_db()
    assert asked.status == Status.WAITING_FOR_OPERATOR
    assert [entry.text for entry in queries.entries_of(asked, world.owner)] == ["Where is it?"]
    assert [entry.text for entry in queries.entries_of(asked, world.staff)] == ["Where is it?", "Lost by us."]
    assert not EventRow.objects.visible_to(world.owner).filter(name="conversation.noted").exists()
    with pytest.raises(NotFound):
        talking.note(conversation_code=asked.code, text="x", actor=world.owner, at=LATER)


def test_it_is_handed_over_to_somebody_who_answers_sellers(world: World) -> None:
    asked = world.asked()
    warehouse = a_warehouse("KWG", "Kawagoe")
    approver, picker = a_person(warehouse, "approver"), a_person(warehouse, "picker")
    talking.hand_over(conversation_code=asked.code, to_user_id=approver.user_id, actor=world.staff, at=LATER)
    asked.refresh_from_db()
    assert asked.assigned_to_id == approver.user_id
    for nobody in (picker.user_id, int(world.owner.id), 0):
        with pytest.raises(talking.NotAColleague):
            talking.hand_over(conversation_code=asked.code, to_user_id=nobody, actor=world.staff, at=LATER)
    asked.refresh_from_db()
    assert asked.assigned_to_id == approver.user_id


def test_a_thank_you_is_settled(world: World) -> None:
    asked = world.asked("Thank you")
    talking.settle(conversation_code=asked.code, actor=world.staff, at=LATER)
    asked.refresh_from_db()
    assert (asked.status, asked.due_at) == (Status.OPEN, None)
    with pytest.raises(talking.NothingOwed):
        talking.settle(conversation_code=asked.code, actor=world.staff, at=LATER)
    with pytest.raises(NotFound):
        talking.settle(conversation_code=asked.code, actor=world.owner, at=LATER)


def test_a_closed_one_takes_no_more_words(world: World) -> None:
    asked = world.asked()
    talking.close(conversation_code=asked.code, actor=world.staff, at=LATER)
    for who in (world.owner, world.staff):
        with pytest.raises(talking.ConversationOver):
            talking.answer(conversation_code=asked.code, text="x", actor=who, at=LATER)
    with pytest.raises(talking.ConversationOver):
        talking.close(conversation_code=asked.code, actor=world.owner, at=LATER)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("  ", NothingWritten), ("x" * 4001, TextTooLong), ("a\x00b", UnseenCharacters), ("a\u202eb", UnseenCharacters)],
)
def test_texts_that_cannot_be_kept_are_refused_and_nothing_is_left(
    world: World, text: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        world.asked(text)
    assert (Conversation.objects.count(), Entry.objects.count()) == (0, 0)
    assert not EventRow.objects.filter(name__startswith="conversation").exists()


@pytest.mark.parametrize("kind", [*Conversation.Kind.values, "warehouse", ""])
def test_an_unknown_object_is_not_there(world: World, kind: str) -> None:
    for code in ("ORD-222222-2", "", "a\x00b", "x" * 300):
        with pytest.raises(NotFound):
            owner_of(kind, code, world.owner)


def test_another_sellers_object_and_conversation_are_not_there(world: World) -> None:
    asked = world.asked()
    stranger = World("Kumo", "KWG").owner
    with pytest.raises(NotFound):
        talking.start_conversation(kind="order", about=world.order.code, text="mine", actor=stranger, at=NOON)
    with pytest.raises(NotFound):
        talking.start_conversation(kind="seller", about=world.seller.code, text="mine", actor=stranger, at=NOON)
    for act in (talking.answer, talking.note):
        with pytest.raises(NotFound):
            act(conversation_code=asked.code, text="mine", actor=stranger, at=NOON)
    for end in (talking.close, talking.settle):
        with pytest.raises(NotFound):
            end(conversation_code=asked.code, actor=stranger, at=NOON)
    asked.refresh_from_db()
    assert asked.status == Status.WAITING_FOR_OPERATOR
    assert Entry.objects.count() == 1


def test_what_was_said_cannot_be_changed(world: World) -> None:
    world.asked()
    for change in (lambda: Entry.objects.update(text="other"), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_the_operator_may_begin_and_then_waits_for_the_seller(world: World) -> None:
    begun = talking.start_conversation(
        kind="seller", about=world.seller.code, text="Your papers end soon.", actor=world.staff, at=NOON
    )
    assert (begun.seller_id, begun.status) == (world.seller.pk, Status.WAITING_FOR_SELLER)
    assert queries.waiting_count(world.owner) == 1
    assert queries.waiting_count(world.staff) == 0
