"""Asking about an object, answering, noting; handing over, settling and closing."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor, Permission
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.conversations import queries, rules, subjects
from toiya.domain.conversations.events import (
    ConversationAnswered,
    ConversationClosed,
    ConversationHandedOver,
    ConversationNoted,
    ConversationSettled,
    ConversationStarted,
)
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.members.models import Staff, User
from toiya.domain.members.rules import OPERATOR_ROLES

Status = Conversation.Status
Side = Entry.Side
_ANSWERING = [role for role, permissions in OPERATOR_ROLES.items() if Permission.ANSWER_SELLERS in permissions]


class ConversationOver(Refusal):
    """A closed conversation takes no more words."""

    code = "conversation_over"
    message = gettext_lazy("%(code)s is closed. Start a new conversation about the same thing.")


class NotAColleague(Refusal):
    """The one to hand over to does not answer sellers."""

    code = "not_a_colleague"
    message = gettext_lazy("Nobody who answers sellers has this number. Choose a colleague from the list.")


class NothingOwed(Refusal):
    """The seller waits for no answer."""

    code = "nothing_owed"
    message = gettext_lazy("%(code)s waits for no answer of ours. Reload the page to see where it stands.")


@transaction.atomic
def start_conversation(*, kind: str, about: str, text: str, actor: Actor, at: datetime) -> Conversation:
    """
    Ask or tell something about an object. Where a conversation about it is under way, the words go there.

    :raises NotFound: no such object for this actor
    :raises Refusal: the text cannot be kept
    """
    seller_id = subjects.owner_of(kind, about, actor)
    text = texts.plain(text, most=rules.MOST_LETTERS)
    found, is_new = _live(seller_id, kind, about, at)

    _say(found, text, actor, at)

    side = _side(actor)
    told: events.Event = ConversationAnswered(
        seller_id=seller_id, subject=found.code, conversation_id=found.pk, side=side
    )
    if is_new:
        told = ConversationStarted(
            seller_id=seller_id, subject=found.code, conversation_id=found.pk, about=about, side=side
        )
    events.record(told, actor=actor, at=at)
    return found


@transaction.atomic
def answer(*, conversation_code: str, text: str, actor: Actor, at: datetime) -> Conversation:
    """
    Say something more; the other side owes an answer then.

    :raises NotFound: no such conversation for this actor
    :raises ConversationOver: it is closed
    """
    conversation = _locked(conversation_code, actor)
    text = texts.plain(text, most=rules.MOST_LETTERS)

    _say(conversation, text, actor, at)

    told = ConversationAnswered(
        seller_id=conversation.seller_id, subject=conversation.code, conversation_id=conversation.pk, side=_side(actor)
    )
    events.record(told, actor=actor, at=at)
    return conversation


@transaction.atomic
def note(*, conversation_code: str, text: str, actor: Actor, at: datetime) -> Conversation:
    """
    Write down something that only the operator sees. Nobody's turn changes.

    :raises NotFound: no such conversation, or the actor is not of the operator
    """
    conversation = _operators(conversation_code, actor)
    text = texts.plain(text, most=rules.MOST_LETTERS)

    _entry(conversation, text, actor, at, is_internal=True).save()

    noted = ConversationNoted(seller_id=None, subject=conversation.code, conversation_id=conversation.pk)
    events.record(noted, actor=actor, at=at)
    return conversation


@transaction.atomic
def hand_over(*, conversation_code: str, to_user_id: int, actor: Actor, at: datetime) -> Conversation:
    """
    Give the conversation to a colleague.

    :raises NotAColleague: that person does not answer sellers
    """
    conversation = _operators(conversation_code, actor)
    colleague = User.objects.filter(pk=to_user_id, is_active=True).first()
    if colleague is None or not Staff.objects.filter(user=colleague, role__in=_ANSWERING).exists():
        raise NotAColleague()

    conversation.assigned_to_id = to_user_id
    conversation.save(update_fields=["assigned_to_id"])

    handed = ConversationHandedOver(
        seller_id=None, subject=conversation.code, conversation_id=conversation.pk, to=colleague.name
    )
    events.record(handed, actor=actor, at=at)
    return conversation


@transaction.atomic
def settle(*, conversation_code: str, actor: Actor, at: datetime) -> Conversation:
    """
    The last word needs no answer, such as a thank-you: nothing is owed.

    :raises NothingOwed: no answer of the operator's is waited for
    """
    conversation = _operators(conversation_code, actor)
    if conversation.status != Status.WAITING_FOR_OPERATOR:
        raise NothingOwed(code=conversation.code)

    _turn(conversation, Status.OPEN, None, None)
    conversation.save()

    settled = ConversationSettled(
        seller_id=conversation.seller_id, subject=conversation.code, conversation_id=conversation.pk
    )
    events.record(settled, actor=actor, at=at)
    return conversation


@transaction.atomic
def close(*, conversation_code: str, actor: Actor, at: datetime) -> Conversation:
    """
    End it, by either side.

    :raises ConversationOver: it is closed already
    """
    conversation = _locked(conversation_code, actor)

    _turn(conversation, Status.CLOSED, None, None)
    conversation.closed_at = at
    conversation.save()

    closed = ConversationClosed(
        seller_id=conversation.seller_id, subject=conversation.code, conversation_id=conversation.pk, side=_side(actor)
    )
    events.record(closed, actor=actor, at=at)
    return conversation


def note_told(*, conversation_id: int, side: str, upto: int, actor: Actor, at: datetime) -> None:
    """Keep up to which entry a side was written to. Part of the action that writes the letter."""
    field = "told_seller_upto" if side == Side.SELLER else "told_operator_upto"
    Conversation.objects.filter(pk=conversation_id, **{f"{field}__lt": upto}).update(**{field: upto})


def _side(actor: Actor) -> str:
    return Side.OPERATOR if actor.is_operator else Side.SELLER


def _live(seller_id: int, kind: str, about: str, at: datetime) -> tuple[Conversation, bool]:
    """The conversation about that object that is not closed, locked; made where there is none."""
    live = Conversation.objects.filter(seller_id=seller_id, about_kind=kind, about_code=about).exclude(
        status=Status.CLOSED
    )
    found: Conversation | None = live.lock().first()
    if found is not None:
        return found, False
    number = next_ids("conversations_conversation_id_seq", 1)[0]
    new = Conversation(
        pk=number,
        seller_id=seller_id,
        code=code_for("CNV", number),
        about_kind=kind,
        about_code=about,
        opened_at=at,
        last_said_at=at,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:  # somebody asked about the same thing at the same moment
        return live.lock().get(), False
    return new, True


def _locked(code: str, actor: Actor) -> Conversation:
    found: Conversation | None = Conversation.objects.visible_to(actor).filter(code=code).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("conversation"), code=code)
    if found.status == Status.CLOSED:
        raise ConversationOver(code=code)
    return found


def _operators(code: str, actor: Actor) -> Conversation:
    if not actor.is_operator:
        raise NotFound(kind=gettext_lazy("conversation"), code=code)
    return _locked(code, actor)


def _entry(conversation: Conversation, text: str, actor: Actor, at: datetime, *, is_internal: bool = False) -> Entry:
    return Entry(
        seller_id=conversation.seller_id,
        conversation=conversation,
        side=_side(actor),
        author_id=int(actor.id),
        author_name=actor.name,
        is_internal=is_internal,
        text=text,
        said_at=at,
    )


def _say(conversation: Conversation, text: str, actor: Actor, at: datetime) -> None:
    """Append the words, measure the answer they are, and turn to the other side."""
    entry = _entry(conversation, text, actor, at)
    if not actor.is_operator:
        if conversation.status != Status.WAITING_FOR_OPERATOR:  # more words do not postpone the promise
            due = rules.promised_at(conversation.about_kind, at, queries.desk_hours())
            _turn(conversation, Status.WAITING_FOR_OPERATOR, at, due)
    else:
        if conversation.waits_since is not None and conversation.due_at is not None:
            entry.waited_seconds = max(0, int((at - conversation.waits_since).total_seconds()))
            entry.was_in_time = at <= conversation.due_at
        if conversation.status != Status.WAITING_FOR_SELLER:
            _turn(conversation, Status.WAITING_FOR_SELLER, None, None)
        conversation.assigned_to_id = conversation.assigned_to_id or int(actor.id)
    conversation.last_said_at = at
    entry.save()
    conversation.save()


def _turn(conversation: Conversation, status: str, since: datetime | None, due: datetime | None) -> None:
    conversation.move_to(status)
    conversation.waits_since, conversation.due_at = since, due
