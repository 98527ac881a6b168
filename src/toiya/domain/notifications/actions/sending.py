"""
Sending a letter in three steps: claim an attempt · call with no transaction open (`jobs.py`) · store the answer.

A job lock is no fence (F04): an answer counts only while the letter waits and its attempt is the last one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from toiya.core import secrets
from toiya.core.actor import Actor
from toiya.core.errors import Rejected, Unreachable
from toiya.domain.members.actions.contact import record_mailbox_refused
from toiya.domain.members.models import User
from toiya.domain.notifications import rules
from toiya.domain.notifications.models import Message
from toiya.domain.notifications.port import NO_SUCH_RECIPIENT

_Status = Message.Status
_LONGEST_PROBLEM = 300


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt: send this letter with its secret, and give the attempt's number with the answer."""

    message: Message
    attempt: int
    secret: str = field(repr=False)


@transaction.atomic
def claim_message(*, message_id: int, at: datetime) -> Claim | None:
    """
    Begin an attempt; None when there is nothing to send (now).

    What would come too late to be of use is given up, and so is what nobody asked for when the mailbox refuses us.
    """
    message: Message | None = Message.objects.filter(pk=message_id).lock().first()
    if message is None or message.status != _Status.WAITING or message.next_try_at > at:
        return None
    if useless := _why_useless(message, at):
        _end(message, _Status.GIVEN_UP, useless)
        return None
    message.attempt += 1
    message.next_try_at = at + rules.CALL_LIMIT
    message.save(update_fields=["attempt", "next_try_at"])
    bound_to = f"message {message.key}"
    secret = secrets.unseal(message.sealed_secret, bound_to=bound_to) if message.sealed_secret else ""
    return Claim(message, message.attempt, secret)


@transaction.atomic
def record_sent(*, message_id: int, attempt: int, actor: Actor, at: datetime) -> None:
    """The server took it; its secret is forgotten. A late answer is left aside."""
    message = _still_sending(message_id, attempt)
    if message is None:
        return
    message.sent_at = at
    _end(message, _Status.SENT, "")


@transaction.atomic
def record_refused(*, message_id: int, attempt: int, refused: Rejected, actor: Actor, at: datetime) -> None:
    """Declined for good: it is not sent again, and where the mailbox is at fault its person is told at the portal."""
    message = _still_sending(message_id, attempt)
    if message is None:
        return
    is_mailbox = refused.code == NO_SUCH_RECIPIENT
    _end(message, _Status.BOUNCED if is_mailbox else _Status.GIVEN_UP, str(refused))
    if is_mailbox:
        _blame_mailbox(message, actor, at)


@transaction.atomic
def record_unanswered(*, message_id: int, attempt: int, failure: Unreachable, actor: Actor, at: datetime) -> None:
    """Store when to try again: waits grow, and end after 72 hours."""
    message = _still_sending(message_id, attempt)
    if message is None:
        return
    again_at = rules.next_try(wanted_at=message.wanted_at, attempt=attempt, at=at)
    if again_at is None:
        _end(message, _Status.GIVEN_UP, str(failure))
        return
    message.next_try_at, message.problem = again_at, str(failure)[:_LONGEST_PROBLEM]
    message.save(update_fields=["next_try_at", "problem"])


@transaction.atomic
def record_bounce(*, message_id: int, status: str, words: str, actor: Actor, at: datetime) -> bool:
    """A letter that was taken came back later; False when we know of no such letter, or knew already."""
    message: Message | None = Message.objects.filter(pk=message_id).lock().first()
    if message is None or message.status not in (_Status.SENT, _Status.WAITING):
        return False
    _end(message, _Status.BOUNCED, f"{status} {words}".strip())
    if rules.is_mailbox_at_fault(status):
        _blame_mailbox(message, actor, at)
    return True


def _why_useless(message: Message, at: datetime) -> str:
    words: dict[str, Any] = message.words
    if "useless_after" in words and datetime.fromisoformat(str(words["useless_after"])) <= at:
        return "too_late"
    is_ours_to_say = message.kind not in rules.ASKED_FOR and message.channel == Message.Channel.MAIL
    if is_ours_to_say and message.user_id is not None:
        refusing = User.objects.filter(pk=message.user_id, email=message.recipient, mail_bounced_at__isnull=False)
        return "mailbox_refuses" if refusing.exists() else ""
    return ""


def _blame_mailbox(message: Message, actor: Actor, at: datetime) -> None:
    if message.user_id is not None and message.channel == Message.Channel.MAIL:
        record_mailbox_refused(user_id=message.user_id, mailbox=message.recipient, actor=actor, at=at)


def _still_sending(message_id: int, attempt: int) -> Message | None:
    """The letter, locked, if this attempt is its last and it still waits."""
    message: Message | None = Message.objects.filter(pk=message_id).lock().first()
    is_ours = message is not None and message.status == _Status.WAITING and message.attempt == attempt
    return message if is_ours else None


def _end(message: Message, status: str, problem: str) -> None:
    message.move_to(status)
    message.sealed_secret, message.problem = "", problem[:_LONGEST_PROBLEM]
    message.save(update_fields=["status", "sealed_secret", "problem", "sent_at"])
