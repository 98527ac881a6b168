"""People of the operator: role, building, PIN, switched off and on."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members.actions.sessions import end_rows
from toiya.domain.members.actions.team import RoleAboveOwn, own_permissions
from toiya.domain.members.events import PinReset, RoleChanged, StaffPlaced, StaffSwitched
from toiya.domain.members.models import SignedIn, Staff, User
from toiya.domain.members.queries import person_code
from toiya.domain.members.rules.people import ADMINISTRATOR, may_give


class LastAdministrator(Refusal):
    """An operator without an administrator locks itself out."""

    code = "last_administrator"
    message = gettext_lazy("This is the last administrator. Make somebody else an administrator first.")


class WeakPin(Refusal):
    """A PIN that a bystander guesses."""

    code = "weak_pin"
    message = gettext_lazy("A PIN has 4 to 8 digits that are not all the same. Choose another one.")


@transaction.atomic
def change_staff_role(*, user_id: int, role: str, warehouse_id: int | None, actor: Actor, at: datetime) -> None:
    """
    Give a person of the operator another role or building.

    :raises RoleAboveOwn:
    :raises LastAdministrator:
    """
    staff = _locked(user_id, actor)
    if not may_give(own_permissions(actor, None), role, None):
        raise RoleAboveOwn()
    if role != ADMINISTRATOR:
        _keep_an_administrator(staff)

    old, was_at = staff.role, staff.warehouse_id
    staff.role, staff.warehouse_id = role, warehouse_id
    staff.save(update_fields=["role", "warehouse_id"])

    subject = person_code(user_id)
    if old != role:
        event = RoleChanged(seller_id=None, subject=subject, user_id=user_id, old=old, new=role)
        events.record(event, actor=actor, at=at)
    if was_at != warehouse_id:
        moved = StaffPlaced(seller_id=None, subject=subject, user_id=user_id, old=was_at, new=warehouse_id)
        events.record(moved, actor=actor, at=at)


@transaction.atomic
def switch_staff(*, user_id: int, is_on: bool, actor: Actor, at: datetime) -> None:
    """
    Switch a person of the operator off, which ends their sessions at once (R24), or on again.

    :raises RoleAboveOwn:
    :raises LastAdministrator:
    """
    staff = _locked(user_id, actor)
    if staff.user.is_active == is_on:
        return
    if not is_on:
        _keep_an_administrator(staff)

    User.objects.filter(pk=user_id).update(is_active=is_on)
    if not is_on:
        end_rows(SignedIn.objects.filter(user_id=user_id).lock())

    event = StaffSwitched(seller_id=None, subject=person_code(user_id), user_id=user_id, is_on=is_on)
    events.record(event, actor=actor, at=at)


@transaction.atomic
def set_pin(*, user_id: int, pin: str, actor: Actor, at: datetime) -> None:
    """
    Set a new PIN and open the badge again, which five wrong ones had locked.

    :raises WeakPin:
    :raises RoleAboveOwn:
    """
    staff = _locked(user_id, actor)
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8) or len(set(pin)) == 1:
        raise WeakPin()

    staff.pin_hash, staff.wrong_pins = make_password(pin), 0
    staff.save(update_fields=["pin_hash", "wrong_pins"])

    events.record(PinReset(seller_id=None, subject=person_code(user_id), user_id=user_id), actor=actor, at=at)


def _locked(user_id: int, actor: Actor) -> Staff:
    """The person, all administrators held: of two who switch each other off, one comes too late."""
    list(Staff.objects.filter(role=ADMINISTRATOR).lock())
    found: Staff | None = Staff.objects.filter(user_id=user_id).select_related("user").lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("person"), code=person_code(user_id))
    if not may_give(own_permissions(actor, None), found.role, None):
        raise RoleAboveOwn()
    return found


def _keep_an_administrator(staff: Staff) -> None:
    others = Staff.objects.filter(role=ADMINISTRATOR, user__is_active=True).exclude(pk=staff.pk)
    if staff.role == ADMINISTRATOR and not others.exists():
        raise LastAdministrator()
