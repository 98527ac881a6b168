"""Where people are signed in: beginning, noting, ending. Django's own session row lives and dies with ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.members.events import NewDeviceSignedIn, SessionsEnded, SignInFailed
from toiya.domain.members.models import SignedIn, User
from toiya.domain.members.queries import person_code
from toiya.domain.members.rules.people import MOST_SESSIONS


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody signs in with: the browser in words, the network address, and whether we know it already."""

    name: str
    address: str
    is_known: bool = False


@transaction.atomic
def begin_session(*, user: User, key: str, device: Device, way: str, actor: Actor, at: datetime) -> SignedIn:
    """
    Note a new session of this person, and end the oldest ones past ten. A device we did not know is an event.

    :param key: of Django's session, which exists already
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    open_ones = list(SignedIn.objects.filter(user=user).order_by("-began_at", "-pk"))
    too_many = [row.pk for row in open_ones[MOST_SESSIONS - 1 :]]

    end_rows(SignedIn.objects.filter(pk__in=too_many))
    row = SignedIn.objects.create(
        user=user, key=key, device=device.name[:200], address=device.address[:45], began_at=at, seen_at=at
    )

    if not device.is_known:
        event = NewDeviceSignedIn(
            seller_id=None, subject=person_code(user.pk), user_id=user.pk, device=device.name, way=way
        )
        events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def record_failure(*, subject: str, device: str, actor: Actor, at: datetime) -> None:
    """A sign-in that was refused, whether such an account exists or not: the work is the same."""
    events.record(SignInFailed(seller_id=None, subject=subject, device=device), actor=actor, at=at)


def note_seen(*, key: str, at: datetime) -> None:
    """The session was used just now."""
    SignedIn.objects.filter(key=key).update(seen_at=at)


def follow(old_key: str | None, new_key: str) -> None:
    """The session has a new id; its row goes with it."""
    SignedIn.objects.filter(key=old_key).update(key=new_key)


@transaction.atomic
def end_session(*, session_id: int, user_id: int, actor: Actor, at: datetime) -> bool:
    """End one session of this person; False when it is over already, or somebody else's."""
    ended = end_rows(SignedIn.objects.filter(pk=session_id, user_id=user_id).lock())
    if ended:
        _record(user_id, ended, actor, at)
    return bool(ended)


@transaction.atomic
def end_other_sessions(*, user_id: int, but: str, actor: Actor, at: datetime) -> int:
    """End all sessions of this person but the one with this key (empty: all); returns how many ended."""
    ended = end_rows(SignedIn.objects.filter(user_id=user_id).exclude(key=but).lock())
    if ended:
        _record(user_id, ended, actor, at)
    return ended


def end_rows(rows: object) -> int:
    """These sessions are over at once, in the browser too; part of an action."""
    keys = list(rows.values_list("key", flat=True))  # type: ignore[attr-defined]
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        SignedIn.objects.filter(key__in=keys).delete()
    return len(keys)


def _record(user_id: int, ended: int, actor: Actor, at: datetime) -> None:
    event = SessionsEnded(seller_id=None, subject=person_code(user_id), user_id=user_id, sessions=ended)
    events.record(event, actor=actor, at=at)
