"""Putting a letter or SMS on its way: stored with its cause, sent by a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from toiya.core import secrets
from toiya.core.jobs import WakeUp, wake_all
from toiya.domain.members.models import User
from toiya.domain.notifications.models import Message

QUEUE = "notifications"


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom, in which language; `address` is an e-mail address or a phone number."""

    address: str
    language: str
    name: str = ""
    user_id: int | None = None
    seller_id: int | None = None


def to_user(user: User, seller_id: int | None = None) -> Recipient:
    """The mailbox a person registered (A046)."""
    return Recipient(user.email, user.language, user.name, user.pk, seller_id)


@dataclass(frozen=True, slots=True)
class Letter:
    """
    What to say: `kind` names the template `notifications/mail/<kind>.txt` (or `sms/`), `words` fill its blanks.

    `secret` (a code, a link's token) is the blank `secret`; it is kept sealed, and only until the letter was sent.
    """

    kind: str
    words: Mapping[str, str | int]
    secret: str = ""
    channel: str = Message.Channel.MAIL


@transaction.atomic
def write_letter(*, letter: Letter, to: Recipient, key: str, at: datetime) -> bool:
    """
    Store a letter and wake the job that sends it, once per `key`; False when that cause has written already.

    :param key: names the cause, such as `application-12-approved`
    """
    message = Message(
        key=key,
        channel=letter.channel,
        kind=letter.kind,
        recipient=to.address,
        name=to.name,
        language=to.language,
        seller_id=to.seller_id,
        user_id=to.user_id,
        words=dict(letter.words),
        sealed_secret=secrets.seal(letter.secret, bound_to=f"message {key}") if letter.secret else "",
        wanted_at=at,
        next_try_at=at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    written = Message.objects.filter(key=key, wanted_at=at, attempt=0, status=Message.Status.WAITING).first()
    if written is None:
        return False

    wake_all([WakeUp("notifications.send", "message_id", written.pk, QUEUE)])
    return True
