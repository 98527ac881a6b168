"""People at the door with factors, for the tests of the door and of the pages behind it."""

from __future__ import annotations

from datetime import datetime

from django.test import Client
from django.utils import timezone

from tests.authenticator import Authenticator
from tests.world import PASSWORD, actor_for
from toiya.domain.members.actions.factors import add_app
from toiya.domain.members.models import Factor, User
from toiya.domain.members.rules import totp

SEED = totp.seed_from(bytes(range(20)))


def entered(user: User, password: str = PASSWORD) -> Client:
    """Signed in through the door."""
    client = Client()
    answer = client.post("/sign-in/", {"email": user.login, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def with_app(user: User, at: datetime | None = None) -> Factor:
    """The person with an authenticator app, added a while ago."""
    then = at or timezone.now()
    code = totp.code_at(SEED, totp.step_of(then))
    factor = add_app(user_id=user.pk, seed=SEED, code=code, name="app", actor=actor_for(user), at=then)
    Factor.objects.filter(pk=factor.pk).update(last_step=0)
    return factor


def code_now() -> str:
    """What the app shows."""
    return totp.code_at(SEED, totp.step_of(timezone.now()))


def with_passkey(client: Client, key: Authenticator, start: str = "/settings/security/passkeys/") -> Authenticator:
    """The signed-in person adds this passkey."""
    options = client.post(f"{start}options/").json()
    assert client.post(start, {"credential": key.make(options), "name": "phone"}).status_code in {200, 302}
    return key
