"""Asking for a link to set a new password, on the way to something else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.members.events import PasswordResetAsked
from toiya.domain.members.models import User


@transaction.atomic
def ask_password_reset(*, login: str, actor: Actor, at: datetime) -> None:
    """
    Have a reset link mailed to that account, if there is one: the answer is the same either way.

    The link itself, its letter and its page belong to whoever reacts to the event.
    """
    user: User | None = User.objects.filter(login=login.strip().lower(), is_active=True).first()

    if user is not None:
        asked = PasswordResetAsked(seller_id=None, subject=str(user.pk), user_id=user.pk, way="joining")
        events.record(asked, actor=actor, at=at)
