"""One letter about all that was said in a conversation since the last one, once it has been quiet for a while (L48)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.conversations import rules
from toiya.domain.conversations.actions.talking import note_told
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.members import policy
from toiya.domain.members.models import Membership, User
from toiya.domain.members.rules.approval import language_of_desk
from toiya.domain.notifications.actions.writing import Letter, Recipient, to_user, write_letter

Side = Entry.Side
ROLES_TOLD = ("owner", "manager")


@transaction.atomic
def tell_of_words(*, conversation_id: int, actor: Actor, at: datetime) -> int:
    """
    Write to each side about what the other one said, if it is due; returns how many letters were written.

    To the seller's people who take part, else its owners and managers; to the colleague who has the conversation, else
    the desk of the seller's country.
    """
    conversation = Conversation.objects.filter(pk=conversation_id).lock().select_related("seller").get()
    to_seller = _untold(conversation, Side.OPERATOR, conversation.told_seller_upto, at)
    to_operator = _untold(conversation, Side.SELLER, conversation.told_operator_upto, at)

    written = 0
    for side, entries in ((Side.SELLER, to_seller), (Side.OPERATOR, to_operator)):
        if entries:
            recipients = _sellers(conversation) if side == Side.SELLER else _operators(conversation)
            written += _write(conversation, side, entries, recipients, at)
            note_told(conversation_id=conversation.pk, side=side, upto=entries[-1].pk, actor=actor, at=at)
    return written


def _untold(conversation: Conversation, side: str, upto: int, at: datetime) -> list[Entry]:
    said = Entry.objects.filter(conversation=conversation, side=side, is_internal=False, id__gt=upto).order_by("id")
    entries = list(said)
    is_due = entries and rules.is_letter_due(entries[0].said_at, entries[-1].said_at, at)
    return entries if is_due else []


def _write(
    conversation: Conversation, side: str, entries: Sequence[Entry], recipients: Sequence[Recipient], at: datetime
) -> int:
    face = "" if side == Side.SELLER else "/office"
    words = {
        "code": conversation.code,
        "about": conversation.about_code,
        "author": entries[-1].author_name,
        "text": "\n\n".join(entry.text for entry in entries),
        "path": f"{face}/conversations/{conversation.code}/",
    }
    key = f"conversation-{conversation.pk}-{side}-{entries[-1].pk}"
    letters = [
        write_letter(letter=Letter("conversation_said", words), to=to, key=f"{key}-{place}", at=at)
        for place, to in enumerate(recipients)
    ]
    return sum(letters)


def _sellers(conversation: Conversation) -> list[Recipient]:
    members = Membership.objects.filter(seller_id=conversation.seller_id, user__is_active=True).select_related("user")
    talking = Entry.objects.filter(conversation=conversation, side=Side.SELLER).values("author_id")
    found = list(members.filter(user_id__in=talking).order_by("user_id"))
    found = found or list(members.filter(role__in=ROLES_TOLD).order_by("user_id"))
    return [to_user(member.user, conversation.seller_id) for member in found]


def _operators(conversation: Conversation) -> list[Recipient]:
    colleague = User.objects.filter(pk=conversation.assigned_to_id or 0, is_active=True).first()
    if colleague is not None:
        return [to_user(colleague, conversation.seller_id)]
    country = conversation.seller.country
    desk = policy.desk_for(country)
    return [Recipient(desk.email, language_of_desk(country), seller_id=conversation.seller_id)]
