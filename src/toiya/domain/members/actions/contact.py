"""What a person wants to be written, and what their mailbox told us."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.members.events import MailboxRefused, OrderMailsSet
from toiya.domain.members.models import User


@transaction.atomic
def set_order_mails(*, user_id: int, wants: bool, actor: Actor, at: datetime) -> None:
    """Whether the person is written about new orders (A046)."""
    user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user_id)

    user.wants_order_mails = wants
    user.save(update_fields=["wants_order_mails"])

    event = OrderMailsSet(seller_id=None, subject=str(user.pk), user_id=user.pk, wants=wants)
    events.record(event, actor=actor, at=at)


@transaction.atomic
def record_mailbox_refused(*, user_id: int, mailbox: str, actor: Actor, at: datetime) -> bool:
    """
    Keep that the registered mailbox sends our letters back; False when it is not the registered one any more.

    The first refusal counts; it is forgotten when the person proves a mailbox.
    """
    user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user_id)
    if user.email != mailbox.lower() or user.mail_bounced_at is not None:
        return False

    user.mail_bounced_at = at
    user.save(update_fields=["mail_bounced_at"])

    events.record(MailboxRefused(seller_id=None, subject=str(user.pk), user_id=user.pk), actor=actor, at=at)
    return True
