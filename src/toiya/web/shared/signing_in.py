"""
The one way into a session. Every door ends here: `begin_sign_in` once somebody showed who they are.

Whoever has a second factor goes to the second step first. A session has a new id, limits, a row in the person's list,
and says when its owner last proved who they are.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language

from toiya.core.actor import Actor, ActorKind, Permission
from toiya.domain.members.actions.factors import ask_for_factor
from toiya.domain.members.actions.sessions import Device, begin_session, follow
from toiya.domain.members.models import Factor, User
from toiya.domain.members.queries import actor_of, needs_factor
from toiya.web.shared import devices

YEAR = 365 * 24 * 3600
HALF_IN = "half_in"  # who showed the password and owes the second step
GIVEN_FOR = "factor_given_for"  # whose second factor was given here, and when
HALF_FOR = timedelta(minutes=10)
BEGAN, SEEN, PROVED, FACE, FACTOR_DUE = "began_at", "seen_at", "proved_at", "face", "factor_due"
FRESH = timedelta(minutes=10)
WHOLE_WAYS = frozenset({"passkey", "app", "recovery_code"})  # these leave no second step to do


def begin_sign_in(request: Any, user: User, *, way: str = "password", next_address: str = "") -> HttpResponseRedirect:
    """
    Somebody showed that they are `user`, by a password or a link: let them in, or ask for the second step first.

    :param way: what they showed: password, link, passkey
    :param next_address: where to go on, within this site only
    """
    going_on = own_address(request, next_address)
    if way in WHOLE_WAYS or not Factor.objects.filter(user=user).exists():
        return enter(request, user, way=way, next_address=going_on)
    request.session.cycle_key()
    request.session[HALF_IN] = {"user": user.pk, "way": way, "next": going_on, "at": request.at.isoformat()}
    return HttpResponseRedirect(reverse("door:second-step"))


def second_factor(request: Any, user: User, back: str) -> HttpResponseRedirect | None:
    """
    The page that asks for another factor of this person and leads to `back`, before something is done in their name.

    None when they have none, or gave it within the last ten minutes in this browser.
    """
    given: dict[str, Any] = request.session.get(GIVEN_FOR) or {}
    is_given = given.get("user") == user.pk and request.at - datetime.fromisoformat(given["at"]) < FRESH
    if is_given or not Factor.objects.filter(user=user).exists():
        return None
    now = request.at.isoformat()
    request.session[HALF_IN] = {"user": user.pk, "way": "link", "next": back, "at": now, "stays_out": True}
    return HttpResponseRedirect(reverse("door:second-step"))


def second_step_done(request: Any, user: User, kept: dict[str, Any], way: str) -> HttpResponseRedirect:
    """Let the person in, or back to what asked for the factor without a session of theirs."""
    if not kept.get("stays_out"):
        return enter(request, user, way=way, next_address=kept["next"])
    request.session.pop(HALF_IN, None)
    request.session[GIVEN_FOR] = {"user": user.pk, "at": request.at.isoformat()}
    return HttpResponseRedirect(kept["next"])


def half_in(request: Any) -> dict[str, Any] | None:
    """Who stands between the two steps in this browser, when it is not too long ago."""
    kept: dict[str, Any] | None = request.session.get(HALF_IN)
    if kept and request.at - datetime.fromisoformat(kept["at"]) < HALF_FOR:
        return kept
    return None


def enter(request: Any, user: User, *, way: str, next_address: str = "") -> HttpResponseRedirect:
    """Whole signed in: the session begins, and the person goes on."""
    request.session.pop(HALF_IN, None)
    is_known = bool(devices.known_as(request, account_of(user)))
    open_session(request, user, way=way, is_known=is_known)
    response = HttpResponseRedirect(next_address or landing(user, request.at))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and check_for_language(user.language):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax")
    devices.remember(request, response, account_of(user), user.login, user.email)
    return response


def open_session(request: Any, user: User, *, way: str, is_known: bool = True) -> None:
    """A session with a new id, its limits and its row; used by itself where a device is shared, as on the floor."""
    login(request, user)
    actor = actor_of(user, at=request.at)
    now = request.at.isoformat()
    session = request.session
    session[BEGAN] = session[SEEN] = now
    session[FACE] = "floor" if way == "badge" else "office" if actor is not None and actor.is_operator else "portal"
    if way != "badge":
        session[PROVED] = now
        _ask_for_factor(request, user)
    device = Device(devices.name_of(request), devices.address_of(request), is_known)
    person = actor or Actor(kind=ActorKind.PERSON, id=str(user.pk), name=user.name)
    begin_session(user=user, key=session.session_key, device=device, way=way, actor=person, at=request.at)


def _ask_for_factor(request: Any, user: User) -> None:
    """Note until when this person has to add a second factor, if their role asks for one."""
    request.session.pop(FACTOR_DUE, None)
    if not settings.FACTORS_REQUIRED or not needs_factor(user) or Factor.objects.filter(user=user).exists():
        return
    person = Actor(kind=ActorKind.PERSON, id=str(user.pk), name=user.name)
    asked_at = ask_for_factor(user_id=user.pk, actor=person, at=request.at)
    request.session[FACTOR_DUE] = (asked_at + timedelta(days=settings.FACTOR_GRACE_DAYS)).isoformat()


def is_fresh(request: Any) -> bool:
    """Whether the person proved who they are within the last ten minutes."""
    proved = request.session.get(PROVED)
    return bool(proved) and request.at - datetime.fromisoformat(proved) < FRESH


def account_of(user: User) -> str:
    """How the device's cookie calls a person."""
    return f"user {user.pk}"


def own_address(request: HttpRequest, address: str) -> str:
    """The address when it is within this site, else empty."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and is_ours else ""


def landing(user: User, at: datetime) -> str:
    """The first page of this person's face."""
    actor = actor_of(user, at=at)
    if actor is None or not actor.is_operator:
        return "/"
    return "/office/" if actor.may(Permission.SEE_OFFICE) else "/floor/"


def prove_again(request: Any) -> None:
    """The person proved who they are once more: ten minutes for what matters, under a new session id."""
    renew_key(request)
    request.session[PROVED] = request.at.isoformat()


def renew_key(request: Any) -> None:
    """The same session under a new id; its row follows."""
    old = request.session.session_key
    request.session.cycle_key()
    follow(old, request.session.session_key)
