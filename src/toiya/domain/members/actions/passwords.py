"""A person's own password."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.members.actions.sessions import end_rows
from toiya.domain.members.events import PasswordChanged
from toiya.domain.members.models import SignedIn, User
from toiya.domain.members.queries import person_code


class OldPasswordWrong(Refusal):
    """Whoever changes a password shows the old one."""

    code = "old_password_wrong"
    message = gettext_lazy("That is not your password of now. Enter it once more.")


@transaction.atomic
def change_password(*, user_id: int, old: str, new: str, keep: str, actor: Actor, at: datetime) -> User:
    """
    Set a new password and end every session but the one with key `keep`.

    :raises OldPasswordWrong:
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if user.has_usable_password() and not user.check_password(old):
        raise OldPasswordWrong()

    user.set_password(new)
    user.save(update_fields=["password"])
    end_rows(SignedIn.objects.filter(user=user).exclude(key=keep).lock())

    events.record(PasswordChanged(seller_id=None, subject=person_code(user_id), user_id=user_id), actor=actor, at=at)
    return user
