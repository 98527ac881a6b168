"""The first person of an installation, made from the command line by whoever runs the machine (S27)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.members.actions.joining import add_staff
from toiya.domain.members.events import FirstAdministratorMade
from toiya.domain.members.models import Staff, User

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('members.first_user'))"


class OfficeHasPeople(Refusal):
    """Whoever comes later is invited by an administrator."""

    code = "office_has_people"
    message = gettext_lazy("The office has an administrator already. Ask them for an invitation.")


@transaction.atomic
def make_first_administrator(*, email: str, name: str, password: str, pin: str, actor: Actor, at: datetime) -> User:
    """
    An administrator of the office who signs in with this password.

    :raises OfficeHasPeople: there is one, or the address is taken
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    has_one = Staff.objects.filter(role="administrator", user__is_active=True).exists()
    if has_one or User.objects.filter(login=email).exists():
        raise OfficeHasPeople()

    user = User.objects.create_user(email=email, name=name, password=password, email_verified_at=at)
    add_staff(user=user, role="administrator", warehouse_id=None, badge=f"ADMIN-{user.pk:04d}", pin=pin)

    made = FirstAdministratorMade(seller_id=None, subject=str(user.pk), user_id=user.pk)
    events.record(made, actor=actor, at=at)
    return user
